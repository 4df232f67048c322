import { fold } from './fold.ts';

/** What stops all calls, or asks which tasks are to be paused: `rest` means all of them, or is empty. */
export interface Stopping {
  name: 'pause' | 'panic';
  rest: string;
}

/** By what names the commands that stop calls go. */
export type StoppingNames = Record<Stopping['name'], readonly string[]>;

type Kind = Stopping['name'] | 'all' | 'object' | 'filler';

const listed = (words: string): readonly string[] => words.split(' ');

/**
 * What else such a sentence is made of. A word that is not here has a meaning of its own: it may negate it, or, as `了`, say
 * what has happened.
 */
const others: Record<Kind, readonly string[]> = {
  pause: ['停'],
  panic: ['emergency stop'],
  all: listed('all every everything 全部 所有 一切 全 都'),
  object: listed('tasks task calls call calling dialing campaigns campaign 任务 外呼 呼叫 拨打 拨号 电话'),
  filler: [
    ...listed('the of them it please pls right now immediately at once asap running'),
    ...listed('的 请 快 赶紧 赶快 立即 立刻 马上 现在 把 将 给我 正在 运行中 运行 吧 掉 一下 下来 啊'),
  ],
};

/** Longer sentences hold a name. */
const maxLength = 60;

/** A question stops nothing, a quotation is a name, and a star stands for all tasks by itself. */
const meansMore = /[?"'「」『』]|\s\*$/;

const isWordSign = /[\p{L}\p{N}]/u;

/**
 * What stops one kind of calls or all, however it is said: with emphasis (`*STOP!*`), politely or urgently, without a
 * blank, and with what is meant first (`全部暂停`). null for everything else.
 */
export function readStopping(typed: string, names: StoppingNames): Stopping | null {
  if (typed.length > maxLength) return null;
  // Slack writes code in these, and so do people for emphasis.
  const said = fold(typed.replaceAll('`', ' '));
  if (meansMore.test(said)) return null;
  const kinds = kindsIn(said, vocabularyOf(names));
  if (kinds === null) return null;
  if (kinds.has('panic')) return { name: 'panic', rest: '' };
  if (!kinds.has('pause')) return null;
  if (kinds.has('all')) return { name: 'pause', rest: /\p{Script=Han}/u.test(said) ? '全部' : 'all' };
  // A task may be called so.
  return kinds.has('object') ? null : { name: 'pause', rest: '' };
}

/** The words with their kinds, a longer one before its beginning. */
function vocabularyOf(names: StoppingNames): (readonly [word: string, kind: Kind])[] {
  const words = { ...others, pause: [...names.pause, ...others.pause], panic: [...names.panic, ...others.panic] };
  return (Object.keys(words) as Kind[])
    .flatMap((kind) => words[kind].map((word) => [word, kind] as const))
    .sort(([a], [b]) => b.length - a.length);
}

/** The kinds of all words of a text; null when one of them is not known. */
function kindsIn(text: string, vocabulary: ReturnType<typeof vocabularyOf>): ReadonlySet<Kind> | null {
  const kinds = new Set<Kind>();
  for (let place = 0; place < text.length; ) {
    const [word, kind] = vocabulary.find(([known]) => text.startsWith(known, place)) ?? [];
    if (word !== undefined && kind !== undefined) {
      kinds.add(kind);
      place += word.length;
      continue;
    }
    const sign = String.fromCodePoint(text.codePointAt(place) ?? 0);
    if (isWordSign.test(sign)) return null;
    place += sign.length;
  }
  return kinds;
}
