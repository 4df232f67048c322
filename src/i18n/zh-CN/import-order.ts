import type { Catalogue } from '../en.ts';
import { grouped } from '../format.ts';

export const importOrder: Catalogue['importOrder'] = {
  buttons: { import_start: '导入并启动', pause_import_start: '暂停、导入、启动' },
  offers: {
    import_start: (n) => `*导入并启动*：全部号码导入后自动启动任务，将拨打 ${grouped(n)} 个号码。`,
    launch: (n) => `*创建、导入并启动*：先创建任务，再导入号码，全部号码导入后自动启动，将拨打 ${grouped(n)} 个号码。`,
    pause_import_start: (n) =>
      `任务正在运行，平台可能拒绝新号码，也可能立即拨打。*暂停、导入、启动*：先暂停任务，全部号码导入后重新启动，届时将拨打 ${grouped(n)} 个号码。`,
  },
  confirms: (n) => `导入完成后，将立即拨打 ${grouped(n)} 个号码。`,
  confirmTitle: (n) => `拨打 ${grouped(n)} 个号码？`,
  follows: '全部号码导入后会自动启动任务。',
  pending: (name) => `*${name}* 尚未启动。启动后会私信通知你。`,
  running: (name) => `*${name}* 已在运行。`,
  started: (name) => `*${name}* 已启动。`,
  asks: (name) => `*${name}* 尚未启动：启动前有事项需要确认。点击“启动”查看。`,
  stopped: (name) => `*${name}* 未启动：任务当前无法启动。点击“启动”查看原因。`,
  refused: (name, why) => `*${name}* 未启动。${why}`,
  busy: (name) => `*${name}* 未启动：任务的另一项操作当时尚未完成。`,
  overtaken: (name) => `*${name}* 未启动：有人或定时暂停了任务，暂停始终优先。`,
  cancelled: (name) => `*${name}* 未启动：导入已被结束。`,
  incomplete: (name) => `*${name}* 未启动：导入在全部完成之前停了下来。`,
  nothing: (name) => `*${name}* 未启动：这些号码都没有导入。`,
  unknown: (name) => `暂时无法确认 *${name}* 是否已启动。`,
  pausedBefore: '任务已为这次导入暂停。',
};
