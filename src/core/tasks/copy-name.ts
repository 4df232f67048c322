import { fields } from '../model/fields.ts';
import { fold } from '../text/fold.ts';

/** The date at the end of a name, as an earlier copy or a person wrote it, and the counter behind it. */
const dated =
  /[\s_·-]{0,3}(?:(?:\d{4}[-./])?(?:0?[1-9]|1[0-2])[-./](?:[12]\d|3[01]|0?[1-9])|\d{1,2}月\d{1,2}日)(?: \(\d{1,3}\))?$/u;

const [maxLength = 0] = fields.flatMap((field) => (field.name === 'name' ? [field.max] : []));
const maxCounter = 99;

/**
 * The name that a copy begins with: that of the task with the day (`11-26`) in place of an earlier one, and a counter
 * where another task has that name.
 */
export function copyName(name: string, day: string, taken: readonly string[]): string {
  const whole = name.trim();
  const base = whole.replace(dated, '').trim() || whole;
  const names = new Set(taken.map(fold));
  for (let counter = 1; counter < maxCounter; counter += 1) {
    const copy = withSuffix(base, counter === 1 ? ` ${day}` : ` ${day} (${counter})`);
    if (!names.has(fold(copy))) return copy;
  }
  return withSuffix(base, ` ${day}`);
}

const withSuffix = (base: string, suffix: string): string =>
  `${[...base]
    .slice(0, maxLength - suffix.length)
    .join('')
    .trimEnd()}${suffix}`;
