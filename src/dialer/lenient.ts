import { z } from 'zod';
import { cleaned } from '../core/text/printable.ts';

/**
 * How the platform's values are read: numbers may come as text, flags as 0 and 1, ids as either, and anything may be
 * missing. None of these fails except `requiredId`; what cannot be read becomes null (flags: false, lists: empty).
 */

/** The longest texts that enter the product, in characters: far beyond what the platform itself allows. */
const maxLength = { name: 1_000, remark: 4_000, moment: 64, id: 200 };

/** Text that is not blank, cut after `max` characters; a number as its digits. */
const textUpTo = (max: number) =>
  z
    .unknown()
    .optional()
    .transform((value) => {
      if (typeof value === 'number') return String(value);
      return typeof value === 'string' && value.trim() !== '' ? cut(value, max) : null;
    });

/** Never between the halves of a character. A slice would keep the whole text in memory: this is a copy. */
function cut(value: string, max: number): string {
  if (value.length <= max) return value;
  const end = /[\ud800-\udbff]/.test(value.charAt(max - 1)) ? max - 1 : max;
  return Buffer.from(value.slice(0, end)).toString();
}

/** As `textUpTo`, without what must not be shown. */
const shownUpTo = (max: number) =>
  textUpTo(max).transform((value) => {
    const shown = value === null ? '' : cleaned(value);
    return shown.trim() === '' ? null : shown;
  });

/** A name, or a word of the platform's. */
export const text = shownUpTo(maxLength.name);
export const remark = shownUpTo(maxLength.remark);
/** A datetime; a longer one is none. */
export const moment = textUpTo(maxLength.moment);
/**
 * An id: opaque text here, whatever the platform's type. Nothing is taken out of it, and a longer one is none: that
 * would name another.
 */
export const id = textUpTo(maxLength.id + 1).transform((value) => {
  const trimmed = value?.trim() ?? null;
  return trimmed !== null && trimmed.length > maxLength.id ? null : trimmed;
});
/** Without an id an entry cannot be distinguished from others: this fails. */
export const requiredId = id.transform((value, context) => {
  if (value !== null) return value;
  context.addIssue({ code: 'custom', message: 'no id' });
  return z.NEVER;
});
/** A whole number, truncated if needed. */
export const whole = z
  .unknown()
  .optional()
  .transform((value) => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? Math.trunc(number) : null;
  });
function isOn(value: unknown): boolean {
  return value === true || value === 1 || value === '1' || value === 'true';
}

/** True for true, 1, "1" and "true"; false for everything else, including any other number. */
export const flag = z.unknown().optional().transform(isOn);

/** The same, and null when it is missing. */
export const flagOrNull = z
  .unknown()
  .optional()
  .transform((value) => (value === undefined || value === null || value === '' ? null : isOn(value)));

/** Anything that does not match the schema becomes null: a nested object may be missing or of another shape. */
export function orNull<S extends z.ZodType>(schema: S) {
  return z
    .unknown()
    .optional()
    .transform((value): z.output<S> | null => {
      const parsed = schema.safeParse(value);
      return parsed.success ? parsed.data : null;
    });
}

/** A missing array is empty; entries that cannot be identified are skipped. */
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
