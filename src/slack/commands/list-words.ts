import { type CardFilter, cardFilters } from '../../core/tasks/filter.ts';
import { type ListRequest, wholeList } from '../../core/tasks/finder.ts';
import { fold } from '../../core/text/fold.ts';
import { en } from '../../i18n/en.ts';
import { zhCN } from '../../i18n/zh-CN.ts';

/** What people call a filter besides its name, and besides what the catalogues call it and its states. */
const otherWords: Record<CardFilter, readonly string[]> = {
  running: ['on', 'active', '运行', '进行中', '启动', '已启动', '在跑'],
  dialing: ['calling', '呼叫', '拨打', '拨打中', '外呼中', '拨号中'],
  waiting: ['wait', '等待'],
  stalled: ['stuck', '卡住', '停滞中', '停住', '不动', '无进展'],
  redial: ['redialing', '重呼', '重呼中', '等待重呼'],
  paused: ['off', 'stopped', '暂停', '停止', '已停止', '暂停中'],
  draft: ['drafts', 'new', '草稿', '未开始', '没启动'],
  done: ['finished', 'complete', 'completed', '完成', '结束', '已结束'],
};
const mineWords: ReadonlySet<string> = new Set(['mine', 'my', '我的', '我', '本人']);
const everyWords: ReadonlySet<string> = new Set(['all', '全部', '所有', '*']);

/** The state that a card names, and the filter that shows it. */
const stateFilters = {
  draft: 'draft',
  dialing: 'dialing',
  waiting: 'waiting',
  awaiting_redial: 'redial',
  paused: 'paused',
  finished: 'done',
} as const;

const filterWords: ReadonlyMap<string, CardFilter> = new Map(
  cardFilters.flatMap((filter) => {
    const states = Object.entries(stateFilters).flatMap(([state, by]) => (by === filter ? [state] : []));
    const named = states.flatMap((state) => [en, zhCN].map((t) => t.states[state as keyof typeof stateFilters]));
    const words = [filter, en.list.filters[filter], zhCN.list.filters[filter], ...named, ...otherWords[filter]];
    return words.map((word): [string, CardFilter] => [fold(word), filter]);
  }),
);

/** Chinese is written without blanks: a longer word before its beginning. */
const hanWords: readonly string[] = [...filterWords.keys(), ...mineWords]
  .filter((word) => word.length > 1 && /^\p{Script=Han}/u.test(word))
  .sort((a, b) => b.length - a.length);

/** A state of two words, in either language: `awaiting redial`. */
const maxWordsOfState = 2;

type Narrowing = Partial<Pick<ListRequest, 'filter' | 'mine'>>;

/** What a word asks for, unless that was asked for already: then the word is one that is searched for. */
function meaningOf(word: string, known: Narrowing): Narrowing | null {
  const plain = fold(word);
  const filter = filterWords.get(plain);
  if (filter !== undefined) return known.filter === undefined ? { filter } : null;
  if (mineWords.has(plain)) return known.mine === undefined ? { mine: true } : null;
  return null;
}

/**
 * What `list` is asked for: states and *mine* at either end, in both languages and in any order, and a text between them.
 * What is quoted is text. At the end, and written in one with other Chinese words, a state is one only where no task has
 * all of that in its name (`isName`).
 */
export function readListWords(typed: string, isName: (text: string) => boolean): ListRequest {
  let rest: Rest = { words: typed.split(/\s+/).filter(Boolean), asked: {} };
  for (let next: Rest | null = rest; next !== null; next = takenFirst(rest) ?? takenInOne(rest, isName)) rest = next;
  if (!isName(rest.words.join(' '))) {
    for (let next: Rest | null = rest; next !== null; next = takenLast(rest)) rest = next;
  }
  const { words, asked } = rest;
  const isEverything = words.length === 1 && everyWords.has(fold(words.join('')));
  return { ...wholeList, ...asked, text: isEverything ? '' : unquoted(words.join(' ')) };
}

/** The words that are not understood yet, and what the others ask for. */
interface Rest {
  words: readonly string[];
  asked: Narrowing;
}

function takenFirst({ words, asked }: Rest): Rest | null {
  for (let count = Math.min(maxWordsOfState, words.length); count > 0; count -= 1) {
    const meaning = meaningOf(words.slice(0, count).join(' '), asked);
    if (meaning !== null) return { words: words.slice(count), asked: { ...asked, ...meaning } };
  }
  return null;
}

function takenLast({ words, asked }: Rest): Rest | null {
  for (let count = Math.min(maxWordsOfState, words.length - 1); count > 0; count -= 1) {
    const meaning = meaningOf(words.slice(-count).join(' '), asked);
    if (meaning !== null) return { words: words.slice(0, -count), asked: { ...asked, ...meaning } };
  }
  return null;
}

/** `运行中春季`, `我的暂停任务`. */
function takenInOne({ words, asked }: Rest, isName: (text: string) => boolean): Rest | null {
  const [first = '', ...others] = words;
  const plain = fold(first);
  const word = hanWords.find((one) => plain.startsWith(one) && meaningOf(one, asked) !== null);
  if (word === undefined || isName(first)) return null;
  const behind = plain
    .slice(word.length)
    .replace(/^的/, '')
    .replace(/^任务$/, '');
  return {
    words: behind === '' ? others : [behind, ...others],
    asked: { ...asked, ...meaningOf(word, asked) },
  };
}

/** What is quoted may be a word that would mean a state otherwise. */
function unquoted(text: string): string {
  const quoted = /^["“「『＂](.*)["”」』＂]$/u.exec(text)?.[1];
  return quoted ?? text;
}
