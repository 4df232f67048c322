import type { Task } from '../model/task.ts';
import { distanceWithin } from '../text/edit-distance.ts';

/** What a reference to a task matches. `many` has ≥ 2 tasks; `suggestions` are at most 3, the likeliest first. */
export type Found =
  | { kind: 'one'; task: Task }
  | { kind: 'many'; tasks: Task[] }
  | { kind: 'none'; suggestions: Task[] };

/** The start of an id must be at least this long to count. */
const minIdStart = 4;
const maxSuggestions = 3;
/** Names longer than any real one are not compared letter by letter. */
const maxComparedLength = 60;

/** Text as used for comparing names: full-width forms, case and runs of blanks make no difference. */
export function plainText(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/**
 * The task a person means, by its number in their last list (from 1), its id, the start of its id, its name, or part of
 * its name. A quoted reference is a name. Several candidates are returned as such, never guessed between.
 * @param lastList ids of the tasks in the order this person last saw them.
 */
export function findTask(ref: string, tasks: readonly Task[], lastList: readonly string[]): Found {
  const name = quoted(ref);
  if (name !== null) return byName(plainText(name), tasks);

  const wanted = plainText(ref);
  if (wanted === '') return { kind: 'none', suggestions: [] };
  const place = listNumber(ref);
  if (place !== null && isOnList(place, lastList)) {
    const task = tasks.find(({ id }) => id === lastList[place - 1]);
    return task ? { kind: 'one', task } : { kind: 'none', suggestions: [] };
  }

  const exact = tasks.find(({ id }) => plainText(id) === wanted);
  if (exact) return { kind: 'one', task: exact };
  const byIdStart = wanted.length >= minIdStart ? tasks.filter(({ id }) => plainText(id).startsWith(wanted)) : [];
  // A number that is not in the list must not start some task that happens to have the digit in its name; a year may.
  if (
    place !== null &&
    place < 1000 &&
    byIdStart.length === 0 &&
    !tasks.some((task) => plainText(task.name) === wanted)
  ) {
    return { kind: 'none', suggestions: suggest(wanted, tasks) };
  }
  return byName(wanted, tasks, byIdStart);
}

function byName(wanted: string, tasks: readonly Task[], others: readonly Task[] = []): Found {
  if (wanted === '') return { kind: 'none', suggestions: [] };
  const exact = tasks.filter((task) => plainText(task.name) === wanted);
  const named = exact.length > 0 ? exact : tasks.filter((task) => plainText(task.name).includes(wanted));
  const candidates = [...new Set([...others, ...named])];
  const [first] = candidates;
  if (!first) return { kind: 'none', suggestions: suggest(wanted, tasks) };
  return candidates.length === 1 ? { kind: 'one', task: first } : { kind: 'many', tasks: candidates };
}

function suggest(wanted: string, tasks: readonly Task[]): Task[] {
  const typed = [...wanted].slice(0, maxComparedLength).join('');
  const length = [...typed].length;
  // One typo per four letters. Two Chinese characters already are a word: there it is two in five, but at least one.
  const isHan = length > 1 && /\p{Script=Han}/u.test(typed);
  const slips = isHan ? Math.min(3, Math.max(1, Math.floor(length * 0.4))) : Math.min(3, Math.floor(length / 4));
  return tasks
    .map((task) => {
      const name = [...plainText(task.name)].slice(0, maxComparedLength);
      return { task, distance: distanceWithin(typed, name.join('')), surplus: Math.abs(name.length - length) };
    })
    .filter(({ distance }) => distance <= slips)
    .sort((a, b) => a.distance - b.distance || a.surplus - b.surplus)
    .slice(0, maxSuggestions)
    .map(({ task }) => task);
}

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

/** A number in a list: `3`, `#3`, `３`. */
function listNumber(ref: string): number | null {
  const digits = /^#?(\d{1,6})$/.exec(plainText(ref))?.[1];
  return digits === undefined ? null : Number(digits);
}

function isOnList(place: number | null, lastList: readonly string[]): boolean {
  return place !== null && place >= 1 && place <= lastList.length;
}

interface FoundRef {
  /** As typed. */
  ref: string;
  found: Found;
}

/**
 * The tasks of a list of references such as `1 3 外呼A, "Spring sale"`. Commas separate; so do blanks, except within
 * quotes and within a name that contains blanks itself (the longest such name wins). A task named twice is returned
 * once.
 * @internal Exported for tests.
 */
export function findTasks(text: string, tasks: readonly Task[], lastList: readonly string[]): FoundRef[] {
  const whole = findTask(text, tasks, lastList);
  if (whole.kind === 'one' && plainText(whole.task.name) === plainText(text))
    return [{ ref: text.trim(), found: whole }];

  const refs = splitRefs(text).flatMap((words) => readWords(words, tasks, lastList));
  if (refs.length > 0 && refs.every(({ found }) => found.kind === 'none')) return [{ ref: text.trim(), found: whole }];
  const seen = new Set<Task>();
  return refs.filter(({ found }) => {
    if (found.kind !== 'one') return true;
    if (seen.has(found.task)) return false;
    seen.add(found.task);
    return true;
  });
}

/** References between commas, each as its words; a quoted text is one word. */
function splitRefs(text: string): string[][] {
  const parts: string[][] = [[]];
  const words = /"[^"]*"|“[^”]*”|「[^」]*」|『[^』]*』|＂[^＂]*＂|[,，、;；]|[^\s,，、;；]+/g;
  for (const [word] of text.matchAll(words)) {
    if (/^[,，、;；]$/.test(word)) parts.push([]);
    else parts.at(-1)?.push(word);
  }
  return parts.filter((part) => part.length > 0);
}

function readWords(words: readonly string[], tasks: readonly Task[], lastList: readonly string[]): FoundRef[] {
  const refs: FoundRef[] = [];
  let start = 0;
  while (start < words.length) {
    let end = words.length;
    let next = readSpan(words.slice(start, end), tasks, lastList);
    while (next === null) {
      end -= 1;
      next = readSpan(words.slice(start, end), tasks, lastList);
    }
    refs.push(next);
    start = end;
  }
  return refs;
}

/** Words read as one reference; null when together they are none. A single word always is one. */
function readSpan(words: readonly string[], tasks: readonly Task[], lastList: readonly string[]): FoundRef | null {
  const ref = words.join(' ');
  const found = findTask(ref, tasks, lastList);
  if (words.length === 1) return { ref, found };
  if (found.kind === 'none') return null;
  const exact = found.kind === 'one' && plainText(found.task.name) === plainText(ref);
  const onList = words.some((word) => isOnList(listNumber(word), lastList));
  if (exact || !onList) return { ref, found };
  // `Wave 1` may be part of the name "Wave 1 Beijing", or a name and the first task of the list: the person decides.
  const together = found.kind === 'one' ? [found.task] : found.tasks;
  const apart = words.flatMap((word) => tasksOf(findTask(word, tasks, lastList)));
  return { ref, found: { kind: 'many', tasks: [...new Set([...together, ...apart])] } };
}

function tasksOf(found: Found): Task[] {
  if (found.kind === 'one') return [found.task];
  return found.kind === 'many' ? found.tasks : [];
}

/** What a person who named several tasks meant. `unclear` holds the first reference that fits none or more than one. */
export type FoundSeveral =
  | { kind: 'tasks'; tasks: Task[] }
  | { kind: 'everything' }
  | { kind: 'unclear'; ref: string; found: Exclude<Found, { kind: 'one' }> };

/** Words that mean every task, and never one task with such a word in its name; they start and stop nothing. */
const everything = /^(?:all|every|everything|\*|全部|所有|全部任务|所有任务)$/i;

/** The tasks of a list of references, all of them clear or none. */
export function findSeveral(text: string, tasks: readonly Task[], lastList: readonly string[]): FoundSeveral {
  if (everything.test(text) && !tasks.some((task) => plainText(task.name) === plainText(text))) {
    return { kind: 'everything' };
  }
  const clear: Task[] = [];
  for (const { ref, found } of findTasks(text, tasks, lastList)) {
    if (found.kind !== 'one') return { kind: 'unclear', ref, found };
    clear.push(found.task);
  }
  return { kind: 'tasks', tasks: clear };
}
