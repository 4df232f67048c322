import { plainText } from '../text/search.ts';
import { splitRefs } from './refs.ts';

/** More characters than this are no reference. */
export const maxReferenceLength = 4_000;

/** From here on, a number that is not in the list may be part of a name: a year. */
export const firstYear = 1_000;

/** Whether one of the references may be a number in the person's last list. */
export function mayNumber(text: string): boolean {
  if (text.length > maxReferenceLength) return false;
  for (const words of splitRefs(text)) {
    if (words.some((word) => listNumber(word) !== null || listRange(word) !== null)) return true;
  }
  return false;
}

/** Whether it is how tasks of a list are named: a number that a list has, or a range of them. */
export function isListPlace(ref: string): boolean {
  return (listNumber(ref) ?? firstYear) < firstYear || listRange(ref) !== null;
}

/** A number in a list: `3`, `#3`, `３`. */
export function listNumber(ref: string): number | null {
  const digits = /^#?(\d{1,6})$/.exec(plainText(ref))?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Numbers in a list: `1-3`, `1–3`, `1~3`, `1到3`; null where it does not ascend. */
function listRange(ref: string): { first: number; last: number } | null {
  const [, from, to] = /^#?(\d{1,6})(?:-|~|〜|到|至)#?(\d{1,6})$/.exec(plainText(ref)) ?? [];
  const [first, last] = [Number(from), Number(to)];
  return first < last ? { first, last } : null;
}

/** Of a list that is not known, every number that a list usually has may be on it. */
export function isOnList(place: number | null, lastList: readonly string[] | null): boolean {
  return place !== null && place >= 1 && (lastList === null ? place < firstYear : place <= lastList.length);
}

/**
 * The numbers of a range such as `1-3`, in the order of the list and at most `most` of them; null where it is no range,
 * or the known list does not have all of them.
 */
export function rangeOnList(ref: string, lastList: readonly string[] | null, most: number): number[] | null {
  const range = listRange(ref);
  if (range === null || !isOnList(range.first, lastList) || !isOnList(range.last, lastList)) return null;
  return Array.from({ length: Math.min(most, range.last - range.first + 1) }, (_, index) => range.first + index);
}
