import { AppError } from '../../../src/core/errors.ts';
import { readBody } from '../../../src/dialer/body.ts';
import type { Answer } from '../../../src/dialer/unwrap.ts';

export function answer(status: number, text: string, retryAfterMs: number | null = null): Answer {
  return { status, body: readBody(text), retryAfterMs };
}

/** The error of what must fail. */
export function thrownBy(run: () => unknown): AppError {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
