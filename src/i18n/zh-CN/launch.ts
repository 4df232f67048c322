import type { Catalogue } from '../en.ts';

export const launch: Catalogue['launch'] = {
  button: '创建、导入并启动',
  submit: '创建并导入',
  into: (name) => `导入到新任务 *${name}*`,
  clear: '可以启动，没有发现问题。',
  refused: '现在无法启动这个任务。可以先创建并导入号码，稍后再启动：',
  created: (name) => `*${name}* 已创建。`,
  withoutTask: (name) => `*${name}* 的号码没有导入，也没有启动：未能确认任务已创建。`,
  continues: (name) =>
    `尚不清楚 *${name}* 是否已创建。号码会保留；任务一旦创建，后续步骤会自动继续，结果将以私信告知你。`,
  waits: '在此之前号码会保留：任务一旦创建，就会自动导入。',
};
