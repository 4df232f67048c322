import type { Catalogue } from '../en.ts';

export const work: Catalogue['work'] = {
  working: '处理中：外呼平台还没有响应。',
  busy: '这个任务正在被上一次操作修改，请稍后查看它的卡片。',
  overtaken: '启动过程中有人要求暂停这个任务，暂停总是优先。如确实需要运行，请重新启动。',
  notReady: '还没有读到外呼平台的数据。已填写的内容不会丢失，请过几秒再提交。',
  oneByOne: (command) =>
    `启动和暂停要指明任务，不能一次操作全部，现在没有做任何改动。先用 \`${command} 列表\` 查看任务，再用编号指定多个：\`1 3 4\`。`,
  cutOff: (name) => `创建 *${name}* 时应用正好重启，平台上没有这个任务。请打开表单重新创建。`,
  copyOf: (name) => `${name}（副本）`,
  nothingGiven: '请在这里粘贴号码，或在下方上传文件。',
  bothGiven: '粘贴号码和上传文件只能选一种：要用文件，请清空这里。',
  noTask: '请选择要导入号码的任务。',
  sentBefore: '这次导入已经发送过，号码不会重复发送。',
};
