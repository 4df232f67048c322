import type { Task } from '../model/task.ts';
import { distanceWithin } from '../text/edit-distance.ts';
import { alsoFoundBy } from '../text/search.ts';
import type { PlainTask } from './plain-text.ts';

const maxSuggestions = 3;
/** Names longer than any real one are not compared letter by letter. */
const maxComparedLength = 60;
/** Nor are more names than this: each takes ten microseconds, and the person waits for it. */
const maxCompared = 1_500;

/**
 * The tasks, at most three, that may have been meant: those that hold every word of it apart or in their details, then
 * those whose names hold something close to what was typed; the likeliest first.
 */
export function suggest(wanted: string, tasks: readonly PlainTask[]): Task[] {
  if (wanted === '') return [];
  const found = alsoFoundBy(tasks, (task) => task, wanted).map(({ task }) => task);
  const near = found.length < maxSuggestions ? mistyped(wanted, tasks) : [];
  return [...new Set([...found, ...near])].slice(0, maxSuggestions);
}

function mistyped(wanted: string, tasks: readonly PlainTask[]): Task[] {
  const typed = [...wanted].slice(0, maxComparedLength);
  const typos = allowedTypos(typed);
  return alike(typed, typos, tasks)
    .map(({ task, name }) => {
      const letters = [...name].slice(0, maxComparedLength);
      const distance = distanceWithin(typed.join(''), letters.join(''));
      return { task, distance, surplus: Math.abs(letters.length - typed.length) };
    })
    .filter(({ distance }) => distance <= typos)
    .sort((a, b) => a.distance - b.distance || a.surplus - b.surplus)
    .slice(0, maxSuggestions)
    .map(({ task }) => task);
}

/** One typo per four letters. Two Chinese characters already are a word: there it is two in five, but at least one. */
function allowedTypos(typed: readonly string[]): number {
  const { length } = typed;
  const isHan = length > 1 && /\p{Script=Han}/u.test(typed.join(''));
  return isHan ? Math.min(3, Math.max(1, Math.floor(length * 0.4))) : Math.min(3, Math.floor(length / 4));
}

/** Tasks in whose names no more letters are missing than typos are allowed: all others differ more. */
function alike(typed: readonly string[], typos: number, tasks: readonly PlainTask[]): PlainTask[] {
  const found: PlainTask[] = [];
  for (const task of tasks) {
    let missing = 0;
    for (const letter of typed) {
      if (!task.name.includes(letter)) missing += 1;
      if (missing > typos) break;
    }
    if (missing <= typos && found.push(task) === maxCompared) break;
  }
  return found;
}
