import { z } from 'zod';

/**
 * How the platform's values are read: numbers may come as text, flags as 0 and 1, ids as either, and anything may be
 * missing. None of these fails except `requiredId`; what cannot be read is null (flags: false, lists: empty).
 */

/** The longest texts that enter the product, in characters: far beyond what the platform itself allows. */
const longest = { name: 1_000, remark: 4_000, moment: 64, id: 200 };

/** Text that is not blank, cut after `most` characters; a number as its digits. */
const textUpTo = (most: number) =>
  z
    .unknown()
    .optional()
    .transform((value) => {
      if (typeof value === 'number') return String(value);
      return typeof value === 'string' && value.trim() !== '' ? cut(value, most) : null;
    });

/** Never between the halves of a character. A slice would keep the whole text in memory: this is a copy. */
function cut(value: string, most: number): string {
  if (value.length <= most) return value;
  const end = /[\ud800-\udbff]/.test(value.charAt(most - 1)) ? most - 1 : most;
  return Buffer.from(value.slice(0, end)).toString();
}

/** A name, or a word of the platform's. */
export const text = textUpTo(longest.name);
export const remark = textUpTo(longest.remark);
/** A datetime; what is longer is none. */
export const moment = textUpTo(longest.moment);
/** An id: opaque text here, whatever the platform's type. A longer one is none, since part of it is another id. */
export const id = textUpTo(longest.id + 1).transform((value) => {
  const trimmed = value?.trim() ?? null;
  return trimmed !== null && trimmed.length > longest.id ? null : trimmed;
});
/** Without an id an entry cannot be told from others: this fails. */
export const requiredId = id.transform((value, context) => {
  if (value !== null) return value;
  context.addIssue({ code: 'custom', message: 'no id' });
  return z.NEVER;
});
/** A whole number, cut if need be. */
export const whole = z
  .unknown()
  .optional()
  .transform((value) => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? Math.trunc(number) : null;
  });
/** True for true, 1, "1" and "true"; false for everything else, also for numbers without a meaning. */
export const flag = z
  .unknown()
  .optional()
  .transform((value) => value === true || value === 1 || value === '1' || value === 'true');

/** What does not fit the schema is null: a nested object of the platform may be missing or of another shape. */
export function orNull<S extends z.ZodType>(schema: S) {
  return z
    .unknown()
    .optional()
    .transform((value): z.output<S> | null => {
      const parsed = schema.safeParse(value);
      return parsed.success ? parsed.data : null;
    });
}

/** A missing array is empty; entries that cannot be identified are left out. */
export function listOf<S extends z.ZodType>(entry: S) {
  return z
    .unknown()
    .optional()
    .transform((value): z.output<S>[] =>
      (Array.isArray(value) ? value : []).flatMap((one: unknown) => {
        const parsed = entry.safeParse(one);
        return parsed.success ? [parsed.data] : [];
      }),
    );
}
