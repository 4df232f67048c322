import type { Catalogue } from '../en.ts';

export const work: Catalogue['work'] = {
  working: '正在处理：外呼平台响应较慢，结果稍后显示在这里。',
  busy: '这个任务的另一项操作尚未完成，请稍后查看任务卡片。',
  overtaken: '启动过程中有人暂停了这个任务，暂停始终优先。如需运行，请重新启动。',
  notReady: '外呼平台的数据仍在加载。已填写的内容不会丢失，请几秒后重新提交。',
  oneByOne: (command) =>
    `启动需要指定任务，不能一次启动全部任务，因此没有做任何改动。请先用 \`${command} 列表\` 查看任务，再用序号指定多个任务：\`1 3 4\`。`,
  tooMany: '一条命令最多可指定 10 个任务，因此没有做任何改动。请分几次指定。',
  cutOff: (name) => `创建 *${name}* 时应用重启，平台上没有这个任务。请打开表单重新创建。`,
  copyOf: (name) => `${name}（副本）`,
  nothingGiven: '请在此粘贴号码，或在下方上传文件。',
  bothGiven: '粘贴号码和上传文件只能选择一种。如要使用文件，请清空此处。',
  noTask: '请选择要导入号码的任务。',
  sentBefore: '这次导入已经提交过，号码不会重复提交。',
};
