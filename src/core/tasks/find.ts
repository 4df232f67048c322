import type { Task } from '../model/task.ts';
import { meantBy, minIdStart, plainText, type Searchable, search } from '../text/search.ts';
import { withoutTrailing } from '../text/trailing.ts';
import { firstYear, isListPlace, isOnList, listNumber, maxReferenceLength, rangeOnList } from './list-numbers.ts';
import { type PlainTask, plainOf } from './plain-text.ts';
import { splitRefs } from './refs.ts';
import { suggest } from './suggest.ts';

/**
 * What a reference to a task matches. `many` has ≥ 2 tasks; `suggestions` are at most 3, the likeliest first. `unlisted`:
 * it is a number in a list, and the person has not seen one yet.
 */
export type Found =
  | { kind: 'one'; task: Task }
  | { kind: 'many'; tasks: Task[] }
  | { kind: 'none'; suggestions: Task[]; unlisted?: true };

/** `Found`, before a similar name has been looked for: that takes longer than all the rest. */
type Located = Exclude<Found, { kind: 'none' }> | { kind: 'none'; wanted: string; unlisted?: true };

/** What references are looked up in. */
interface Where {
  tasks: readonly PlainTask[];
  /** Ids of the tasks in the order in which the person last saw them; null when the store does not say. */
  lastList: readonly string[] | null;
}

/**
 * More references than these are refused.
 * @internal Exported for tests.
 */
export const maxReferences = 10;

/**
 * The task a person means, by its number in their last list (from 1), its id, the start of its id, its name, or part of
 * its name. A quoted reference is a name. Several candidates are returned as such, never guessed between.
 * @param ref of at most `maxReferenceLength` characters; a longer one matches nothing.
 * @param lastList ids of the tasks in the order this person last saw them.
 */
export function findTask(ref: string, tasks: readonly Task[], lastList: readonly string[]): Found {
  const where = { tasks: tasks.map(plainOf), lastList };
  return foundOf(locate(ref, where), where);
}

function foundOf(located: Located, { tasks }: Where): Found {
  if (located.kind !== 'none') return located;
  const { wanted, ...none } = located;
  return { ...none, suggestions: suggest(wanted, tasks) };
}

const none: Located = { kind: 'none', wanted: '' };

function locate(ref: string, where: Where): Located {
  if (ref.length > maxReferenceLength) return none;
  const located = lookUp(ref, where);
  const isUnlisted = located.kind === 'none' && where.lastList?.length === 0 && isListPlace(ref);
  return isUnlisted ? { ...located, unlisted: true } : located;
}

/** @param ref of at most `maxReferenceLength` characters. */
function lookUp(ref: string, { tasks, lastList }: Where): Located {
  const name = quoted(ref);
  if (name !== null) return byName(plainText(name), tasks);

  const wanted = plainText(ref);
  if (wanted === '') return none;
  const place = listNumber(ref);
  if (place !== null && isOnList(place, lastList)) {
    // What the number stands for is not known now, and it is not guessed.
    if (lastList === null) return none;
    const id = lastList[place - 1];
    const listed = tasks.find(({ task }) => task.id === id);
    return listed ? { kind: 'one', task: listed.task } : none;
  }

  const exact = tasks.find(({ id }) => id === wanted);
  if (exact) return { kind: 'one', task: exact.task };
  const byIdStart = wanted.length >= minIdStart ? tasks.filter(({ id }) => id.startsWith(wanted)) : [];
  // A number that is not in the list must not start some task that happens to have the digit in its name; a year may.
  if (place !== null && place < firstYear && byIdStart.length === 0 && !tasks.some((task) => task.name === wanted)) {
    return { kind: 'none', wanted };
  }
  return byName(wanted, tasks, byIdStart);
}

function byName(wanted: string, tasks: readonly PlainTask[], others: readonly PlainTask[] = []): Located {
  if (wanted === '') return none;
  const meant = new Set([...others, ...meantBy(tasks, nameOf, wanted)]);
  const inOrder = search(
    others.length === 0 ? [...meant] : tasks.filter((task) => meant.has(task)),
    (task) => task,
    wanted,
  );
  const candidates = inOrder.map(({ task }) => task);
  const [first] = candidates;
  if (!first) return { kind: 'none', wanted };
  return candidates.length === 1 ? { kind: 'one', task: first } : { kind: 'many', tasks: candidates };
}

/** What is quoted, or was no id before, is a name. */
const nameOf = ({ name }: PlainTask): Searchable => ({ name, id: '', said: name });

const quotePairs: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '“': '”',
  '‘': '’',
  '「': '」',
  '『': '』',
  '＂': '＂',
};

/** The text between quotes when all of `ref` is quoted, else null. */
function quoted(ref: string): string | null {
  const text = ref.trim();
  const closing = quotePairs[text.charAt(0)];
  return closing !== undefined && text.length >= 2 && text.endsWith(closing) ? text.slice(1, -1) : null;
}

/** The name that a reference may be, made plain. */
export const nameIn = (ref: string): string => plainText(quoted(ref) ?? ref);

/** Whether a reference names what it found in full: by a number in a list, an id or a whole name, and not by a part. */
export function isNamedInFull(ref: string, found: Found): boolean {
  if (found.kind === 'none') return false;
  const tasks = found.kind === 'one' ? [found.task] : found.tasks;
  const name = nameIn(ref);
  return listNumber(ref) !== null || tasks.some((task) => task.id === ref.trim() || plainText(task.name) === name);
}

interface FoundRef {
  /** As typed. */
  ref: string;
  found: Found;
}

/** A reference with what it matches, before a similar name has been looked for. */
interface LocatedRef {
  ref: string;
  located: Located;
}

/**
 * The tasks of a list of references such as `1 3 5-7 外呼A, "Spring sale"`. Commas separate; so do blanks, except within
 * quotes and within a name that contains blanks itself (the longest such name wins). A task named twice is returned
 * once. Reading ends with the reference that is one too many: more than `maxReferences` say that there are more.
 * Suggestions are made for the first reference that matches nothing.
 * @internal Exported for tests.
 */
export function findTasks(text: string, tasks: readonly Task[], lastList: Where['lastList']): FoundRef[] {
  const where = { tasks: tasks.map(plainOf), lastList };
  const whole = locate(text, where);
  if (whole.kind === 'one' && isExactly(whole, text)) return [{ ref: text.trim(), found: whole }];

  const refs: LocatedRef[] = [];
  for (const words of splitRefs(text)) {
    refs.push(...readWords(words, maxReferences + 1 - refs.length, where));
    if (refs.length > maxReferences) break;
  }
  if (refs.length > 0 && refs.every(({ located }) => located.kind === 'none')) {
    const [first] = refs;
    const unlisted = first?.located.kind === 'none' && first.located.unlisted === true;
    return [{ ref: text.trim(), found: { ...foundOf(whole, where), ...(unlisted && { unlisted }) } }];
  }
  const first = refs.find(({ located }) => located.kind === 'none');
  const found = refs.map((one): FoundRef => {
    const { ref, located } = one;
    if (located.kind !== 'none') return { ref, found: located };
    return { ref, found: one === first ? foundOf(located, where) : { kind: 'none', suggestions: [] } };
  });
  return refs.length > maxReferences ? found : withoutRepeats(found);
}

function withoutRepeats(refs: readonly FoundRef[]): FoundRef[] {
  const seen = new Set<Task>();
  return refs.filter(({ found }) => {
    if (found.kind !== 'one') return true;
    if (seen.has(found.task)) return false;
    seen.add(found.task);
    return true;
  });
}

/** At most `most` references, each the longest that its words make. */
function readWords(words: readonly string[], most: number, where: Where): LocatedRef[] {
  const refs: LocatedRef[] = [];
  let rest = words;
  while (rest.length > 0 && refs.length < most) {
    const together = rest.slice(0, spanIn(rest, where));
    const [first = ''] = together;
    const span = together.length > 1 ? readSpan(together, where) : null;
    refs.push(...(span === null ? readWord(first, most - refs.length, where) : [span]));
    rest = rest.slice(span === null ? 1 : together.length);
  }
  return refs;
}

/**
 * How many of the words, from the first on, are part of one name or the start of one id; 1 where not even two are.
 * Fewer words are part of it too, so the number is found by halving.
 */
function spanIn(words: readonly string[], { tasks }: Where): number {
  const isPart = (count: number): boolean => {
    const wanted = plainText(words.slice(0, count).join(' '));
    return tasks.some(
      ({ id, name }) => name.includes(wanted) || (wanted.length >= minIdStart && id.startsWith(wanted)),
    );
  };
  let [least, most] = [1, words.length];
  // Nearly always it is one word, or a few.
  for (let step = 1; least < most; step *= 2) {
    const tried = Math.min(most, least + step);
    if (!isPart(tried)) {
      most = tried - 1;
      break;
    }
    least = tried;
  }
  while (least < most) {
    const tried = Math.ceil((least + most) / 2);
    if (isPart(tried)) least = tried;
    else most = tried - 1;
  }
  return least;
}

/** One word as a reference, or as the numbers of a range, of which at most `most` count. */
function readWord(ref: string, most: number, where: Where): LocatedRef[] {
  const located = locate(ref, where);
  const numbers = rangeOnList(ref, where.lastList, most);
  if (numbers === null || isExactly(located, ref)) return [{ ref, located }];
  const listed = numbers.map(String).map((number) => ({ ref: number, located: locate(number, where) }));
  if (located.kind === 'none') return listed;
  // `1-3` is part of a name as well: the person decides.
  const tasks = [located, ...listed.map((one) => one.located)].flatMap(tasksOf);
  return [{ ref, located: { kind: 'many', tasks: [...new Set(tasks)] } }];
}

function isExactly(located: Located, ref: string): boolean {
  return located.kind === 'one' && plainText(located.task.name) === plainText(ref);
}

/** Several words read as one reference; null when they make none together. */
function readSpan(words: readonly string[], where: Where): LocatedRef | null {
  const ref = words.join(' ');
  const located = locate(ref, where);
  if (located.kind === 'none') return null;
  const exact = isExactly(located, ref);
  const onList = words.some((word) => isOnList(listNumber(word), where.lastList));
  if (exact || !onList) return { ref, located };
  // `Wave 1` may be part of the name "Wave 1 Beijing", or a name and the first task of the list: the person decides.
  const together = located.kind === 'one' ? [located.task] : located.tasks;
  const apart = [...new Set(words)].slice(0, maxReferences).flatMap((word) => tasksOf(locate(word, where)));
  return { ref, located: { kind: 'many', tasks: [...new Set([...together, ...apart])] } };
}

function tasksOf(located: Located): Task[] {
  if (located.kind === 'one') return [located.task];
  return located.kind === 'many' ? located.tasks : [];
}

/**
 * What a person who named several tasks meant. `unclear` holds the first reference that fits none or more than one, and
 * the others by which the same can be asked for again once that one is clear; `too_many` is more than `maxReferences`, or more text than `maxReferenceLength`.
 */
export type FoundSeveral =
  | { kind: 'tasks'; tasks: Task[] }
  | { kind: 'too_many' }
  | { kind: 'everything' }
  | { kind: 'unclear'; ref: string; found: Exclude<Found, { kind: 'one' }>; others: string[] };

/** Words that mean every task, and never one task with such a word in its name; they start and stop nothing. */
const everything =
  /^(?:all|every|everything|\*|(?:all )?running tasks|all running|(?:全部|所有)(?:运行中的?)?(?:任务)?|(?:正在运行|运行中)的任务)$/i;

/** Words for what tasks do: all of it where no task is called so, or has that in its name. */
const anyCalls = /^(?:the )?(?:calls|calling|dialing)$|^(?:外呼|呼叫|拨打|拨号|打电话)$/i;

/** The tasks of a list of references, all of them clear or none. @param lastList null when the store does not say. */
export function findSeveral(text: string, tasks: readonly Task[], lastList: Where['lastList']): FoundSeveral {
  if (text.length > maxReferenceLength) return { kind: 'too_many' };
  if (everything.test(text) && !tasks.some((task) => plainOf(task).name === plainText(text))) {
    return { kind: 'everything' };
  }
  const refs = findTasks(text, tasks, lastList);
  if (refs.length > maxReferences) return { kind: 'too_many' };
  const clear: Task[] = [];
  for (const one of refs) {
    const { ref, found } = one;
    if (found.kind !== 'one') {
      if (found.kind === 'none' && anyCalls.test(withoutTrailing(text, '!！.。~～ '))) return { kind: 'everything' };
      return { kind: 'unclear', ref, found, others: refs.filter((other) => other !== one).map(again) };
    }
    clear.push(found.task);
  }
  return { kind: 'tasks', tasks: clear };
}

/** A reference in words that mean the same once more: what it found, or what was typed as one word. */
function again({ ref, found }: FoundRef): string {
  if (found.kind === 'one') return found.task.id;
  return /[\s,，、;；]/.test(ref) && !ref.includes('"') ? `"${ref}"` : ref;
}
