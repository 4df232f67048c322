import type { Catalogue } from '../en.ts';

export const settled: Catalogue['settled'] = {
  actions: {
    create: (at) => `${at} 的创建操作`,
    start: (at) => `${at} 的启动操作`,
    pause: (at) => `${at} 的暂停操作`,
    save: (at) => `${at} 的修改操作`,
    delete: (at) => `${at} 的删除操作`,
  },
  because: { lost: '当时无法确认结果', interrupted: '执行时应用重启', late: '延迟生效' },
  sentences: {
    done: {
      create: (name) => `*${name}* 已创建，当前为暂停状态，还没有号码。`,
      start: (name) => `*${name}* 已启动。`,
      pause: (name) => `*${name}* 已暂停。`,
      save: (name) => `*${name}* 的改动已保存。`,
      delete: (name) => `*${name}* 已删除。`,
    },
    notDone: {
      create: (name) => `*${name}* 未创建成功：平台上没有这个任务。请打开表单重新创建。`,
      start: (name) => `*${name}* 仍为暂停状态：启动未生效。`,
      pause: (name) => `*${name}* 仍在运行：暂停未生效。`,
      save: (name) => `*${name}* 的改动未保存：平台上的内容与此不同。请打开表单重新保存。`,
      delete: (name) => `*${name}* 仍然存在：删除未生效。请打开表单重新删除。`,
    },
    stillDialing: (name) => `*${name}* 仍在拨打：暂停未生效。`,
    gone: (name) => `*${name}* 在平台上已不存在。`,
    unsettled: '平台多次返回的结果不一致，请在平台上确认。',
  },
};
