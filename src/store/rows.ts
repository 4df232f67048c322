import { z } from 'zod';
import { AppError } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import { spread } from '../core/time/spread.ts';

/** Maximum rows per statement: on SQLite it runs on the event loop, and engines limit the number of parameters. */
export const maxRows = 1_000;

/** `items` in chunks of at most `maxRows`; with `key`, no chunk contains the same key twice. */
export function* pieces<T>(items: readonly T[], keyOf?: (item: T) => string): Generator<readonly T[]> {
  if (keyOf === undefined && items.length <= maxRows) {
    if (items.length > 0) yield items;
    return;
  }
  let piece: T[] = [];
  const keys = new Set<string>();
  for (const item of items) {
    const key = keyOf?.(item);
    if (piece.length === maxRows || (key !== undefined && keys.has(key))) {
      yield piece;
      piece = [];
      keys.clear();
    }
    piece.push(item);
    if (key !== undefined) keys.add(key);
  }
  if (piece.length > 0) yield piece;
}

/** A column of JSON text, parsed and validated. */
export function fromJson<T>(schema: z.ZodType<T>) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);
}

/**
 * One row as the domain type. Throws `store_failed` naming the table and the invalid properties, never their values.
 */
export function parseRow<T>(table: string, schema: z.ZodType<T>, row: unknown): T {
  const parsed = schema.safeParse(row);
  if (parsed.success) return parsed.data;
  throw new AppError('store_failed', `store: unreadable row in ${table}: ${faults(parsed.error)}`);
}

/**
 * Rows that are independent of each other: an unreadable one is logged and skipped, so that it does not block the rest.
 * Between many rows, everything else that waits has its turn.
 */
export async function parseRows<T>(
  table: string,
  schema: z.ZodType<T>,
  rows: readonly unknown[],
  log: Log,
): Promise<T[]> {
  const read: T[] = [];
  for await (const piece of spread(rows)) {
    for (const row of piece) {
      const parsed = schema.safeParse(row);
      if (parsed.success) read.push(parsed.data);
      else log.warn('unreadable row skipped', { table, faults: faults(parsed.error) });
    }
  }
  return read;
}

function faults(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || '(row)'} ${issue.code}`)
    .join(', ');
}

/**
 * Text from people or the platform in a form both engines accept: PostgreSQL refuses the character NUL. (JSON escapes
 * it.)
 */
export function storable(text: string): string {
  return text.replaceAll('\0', '');
}
