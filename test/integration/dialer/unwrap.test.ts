import { expect, test } from '@jest/globals';
import { AppError } from '../../../src/core/errors.ts';
import { readBody } from '../../../src/dialer/body.ts';
import { type Answer, unwrap } from '../../../src/dialer/unwrap.ts';

function answer(status: number, text: string, retryAfterMs: number | null = null): Answer {
  return { status, body: readBody(text), retryAfterMs };
}
function thrownBy(run: () => unknown): AppError {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

test('words of a refusal are bounded, and masked before they are cut', () => {
  const sentence = `${'x'.repeat(290)} 13800138000 ${'y'.repeat(5_000)}`;
  const errors = Object.fromEntries(
    Array.from({ length: 100 }, (_, index) => [`field${index}`, Array(50).fill(sentence)]),
  );
  const { details } = thrownBy(() => unwrap(answer(422, JSON.stringify({ message: sentence, errors })), true));
  expect(details.platformMessage).toMatch(/^x{290} 138\*{4}8…$/);
  expect(Object.keys(details.fields ?? {})).toHaveLength(20);
  expect(details.fields?.field0).toHaveLength(5);
});
