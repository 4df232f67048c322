import { expect, test } from '@jest/globals';
import { findLine } from '../../../../src/core/subscriptions/find-line.ts';

const lines = [
  { id: 'l1', name: 'East 1' },
  { id: 'l2', name: 'East 12' },
  { id: 'l3', name: '华东-专线' },
  { id: 'l3', name: '华东-专线' },
  { id: 'East', name: 'West' },
];

test.each([
  ['l2', ['l2']],
  ['east 1', ['l1']],
  ['12', ['l2']],
  ['华东', ['l3']],
  ['east', ['East']],
  ['ast', ['l1', 'l2']],
  ['north', []],
  ['', []],
])('%s', (text, ids) => {
  const found = findLine(text, lines);
  const many = found.kind === 'many' ? found.lines : found.kind === 'one' ? [found.line] : [];
  expect(many.map(({ id }) => id)).toEqual(ids);
});
