import { expect, test } from '@jest/globals';
import { copyName } from '../../../../src/core/tasks/copy-name.ts';

test.each([
  ['Spring renewal', 'Spring renewal 11-26'],
  ['Spring renewal 11-25', 'Spring renewal 11-26'],
  ['Spring renewal 2026-11-25', 'Spring renewal 11-26'],
  ['春季续费_11.25', '春季续费 11-26'],
  ['春季续费11月25日', '春季续费 11-26'],
  ['Spring renewal 11-25 (2)', 'Spring renewal 11-26'],
  // No date: it stays.
  ['Wave 13-99', 'Wave 13-99 11-26'],
  ['Room 2024', 'Room 2024 11-26'],
  ['11-25', '11-25 11-26'],
])('a copy of %s is %s', (name, copy) => {
  expect(copyName(name, '11-26', [])).toBe(copy);
});

test('a name that is taken gets a counter, and none is too long', () => {
  expect(copyName('Spring 11-26', '11-26', ['Spring 11-26'])).toBe('Spring 11-26 (2)');
  expect(copyName('Spring', '11-26', ['spring 11-26', 'Spring 11-26 (2)'])).toBe('Spring 11-26 (3)');
  const long = copyName('续'.repeat(100), '11-26', []);
  expect([...long]).toHaveLength(100);
  expect(long.endsWith(' 11-26')).toBe(true);
});
