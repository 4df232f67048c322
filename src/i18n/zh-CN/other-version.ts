import type { Catalogue } from '../en.ts';

export const otherVersion: Catalogue['otherVersion'] = {
  command: (theirs, ours) =>
    `这里的命令不是 ${theirs}，因此没有执行任何操作。请改用 ${ours}。如果 ${theirs} 本应可用，请管理员核对 \`SLACK_COMMAND\` 与应用清单是否一致。`,
  button: (ours) => `这个按钮来自其他版本的 Dialdeck，因此没有执行任何操作。请输入 ${ours} 获取最新内容。`,
  form: (ours) =>
    `这个表单来自其他版本的 Dialdeck，因此没有执行任何操作。填写的内容仍在：请复制需要的部分，再用 ${ours} 重新打开表单。`,
  shortcut: (help) => `这个快捷方式来自其他版本的 Dialdeck，因此没有执行任何操作。请输入 ${help} 查看可用功能。`,
  other: (ours) => `Slack 发来了当前版本的 Dialdeck 不认识的内容，因此没有执行任何操作。请输入 ${ours} 继续。`,
  menu: '这个表单已过期，请关闭后重新打开。',
};
