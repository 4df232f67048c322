import { z } from 'zod';
import { cleaned } from '../core/text/printable.ts';

/**
 * How the platform's values are read: numbers may come as text, flags as 0 and 1, ids as either, and anything may be
 * missing. None of these fails except `requiredId`; what cannot be read becomes null (flags: false, lists: empty).
 */

const asGiven = z
  .unknown()
  .optional()
  .transform((value) => {
    if (typeof value === 'number') return String(value);
    return typeof value === 'string' && value.trim() !== '' ? value : null;
  });
/** Text that is not blank, without what must not be shown; a number as its digits. */
export const text = asGiven.transform((value) => {
  const shown = value === null ? '' : cleaned(value);
  return shown.trim() === '' ? null : shown;
});
/** An id: opaque text here, whatever the platform's type. Nothing is taken out of it: that would name another. */
export const id = asGiven.transform((value) => value?.trim() ?? null);
/** Without an id an entry cannot be told from others: this fails. */
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
/** True for true, 1, "1" and "true"; false for everything else, including any other number. */
export const flag = z
  .unknown()
  .optional()
  .transform((value) => value === true || value === 1 || value === '1' || value === 'true');

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
