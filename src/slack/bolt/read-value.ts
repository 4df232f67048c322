import type { z } from 'zod';
import { AppError } from '../../core/errors.ts';
import { readJson } from '../views/json-value.ts';

/**
 * The value of a button of ours, or what a view of ours carried. It comes back through Slack, perhaps from the message of
 * another release. Throws `other_version` for anything that this one does not understand.
 */
export function readValue<T>(schema: z.ZodType<T>, text: string): T {
  return understood(schema, jsonOf(text));
}

/** The same of a value that is no JSON. */
export function understood<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  // What it contains stays out of the log.
  const where = parsed.error.issues
    .slice(0, 3)
    .map(({ path, code }) => `${path.slice(0, 5).join('.') || 'value'} ${code}`);
  throw new AppError('other_version', `a value of another version: ${where.join(', ')}`);
}

function jsonOf(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    throw new AppError('other_version', 'a value of another version: no JSON');
  }
}
