import type { Catalogue } from '../en.ts';
import { grouped } from '../format.ts';

export const startMany: Catalogue['startMany'] = {
  question: (n) => `确定启动 ${grouped(n)} 个任务？`,
  unknownNumbers: '部分任务的待拨号码数量未知。',
  start: (n, numbers) =>
    numbers === null ? `启动 ${grouped(n)} 个任务` : `启动 ${grouped(n)} 个任务，呼叫 ${grouped(numbers)} 个号码`,
  none: '这些任务都无法启动。',
  noneOf: (what) => `没有已暂停且有待拨号码的任务：${what}。`,
  tooMany: (what, n, max) =>
    `${what}：可启动的任务有 ${grouped(n)} 个，一次最多启动 ${grouped(max)} 个，因此没有启动任何任务。请用列表中的序号指定任务：\`启动 1-5\`。`,
  started: (n) => `已启动 ${grouped(n)} 个任务。`,
  partly: (started, failed) =>
    started === 0
      ? `${grouped(failed)} 个任务未能启动。`
      : `${grouped(failed)} 个任务未能启动，已启动 ${grouped(started)} 个。`,
  alreadyOn: (n) => `${grouped(n)} 个任务此前已在运行。`,
  asks: '需要再次确认。',
};
