import { expect, test } from '@jest/globals';
import { unwrap } from '../../../src/dialer/unwrap.ts';
import { answer, thrownBy } from '../../support/dialer/refusals.ts';

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
