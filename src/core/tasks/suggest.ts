import type { Task } from '../model/task.ts';
import { distanceWithin } from '../text/edit-distance.ts';
import type { PlainTask } from './plain-text.ts';

const mostSuggestions = 3;
/** Names longer than any real one are not compared letter by letter. */
const longestCompared = 60;
/** Nor are more names than these: it takes ten microseconds each, and whoever mistyped waits for it. */
const mostCompared = 1_500;

/** The tasks, at most three, whose names hold something close to what was typed; the likeliest first. */
export function suggest(wanted: string, tasks: readonly PlainTask[]): Task[] {
  if (wanted === '') return [];
  const typed = [...wanted].slice(0, longestCompared);
  const slips = allowedSlips(typed);
  return alike(typed, slips, tasks)
    .map(({ task, name }) => {
      const letters = [...name].slice(0, longestCompared);
      const distance = distanceWithin(typed.join(''), letters.join(''));
      return { task, distance, surplus: Math.abs(letters.length - typed.length) };
    })
    .filter(({ distance }) => distance <= slips)
    .sort((a, b) => a.distance - b.distance || a.surplus - b.surplus)
    .slice(0, mostSuggestions)
    .map(({ task }) => task);
}

/** One slip in four letters. Two Chinese characters already are a word: there it is two in five, but at least one. */
function allowedSlips(typed: readonly string[]): number {
  const { length } = typed;
  const isHan = length > 1 && /\p{Script=Han}/u.test(typed.join(''));
  return isHan ? Math.min(3, Math.max(1, Math.floor(length * 0.4))) : Math.min(3, Math.floor(length / 4));
}

/** Tasks in whose names no more letters are missing than may be slips: all others are further away. */
function alike(typed: readonly string[], slips: number, tasks: readonly PlainTask[]): PlainTask[] {
  const found: PlainTask[] = [];
  for (const task of tasks) {
    let missing = 0;
    for (const letter of typed) {
      if (!task.name.includes(letter)) missing += 1;
      if (missing > slips) break;
    }
    if (missing <= slips && found.push(task) === mostCompared) break;
  }
  return found;
}
