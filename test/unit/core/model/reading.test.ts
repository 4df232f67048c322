import { expect, test } from '@jest/globals';
import { fieldNames } from '../../../../src/core/model/fields.ts';
import { completed, reading } from '../../../../src/core/model/reading.ts';
import { lastOf } from '../../../support/core/looks.ts';

const stored: Record<string, unknown> & { task: Record<string, unknown> } = JSON.parse(
  JSON.stringify(lastOf([{ on: true, bar: [3, 10] }])),
);

test('a stored reading with every field knows them all', () => {
  expect(reading.parse(stored).unknownFields).toEqual([]);
});

test('what an earlier release did not write is noted before it gets a default, and stays noted', () => {
  const { remark: _, ringTimeout: __, ...task } = stored.task;
  const noted = completed({ ...stored, task });
  expect(noted).toMatchObject({ unknownFields: ['ring_timeout', 'remark'], state: 'dialing' });
  expect(completed({ ...stored, unknownFields: ['remark'] })).toMatchObject({ unknownFields: ['remark'] });
  expect(fieldNames).toEqual(expect.arrayContaining(['ring_timeout', 'remark']));
});

test.each([
  ['started', 'U1'],
  ['created', 'U1'],
  ['paused', null],
] as const)('of an earlier release, the last act is known: %s', (action, runBy) => {
  const { acts: _, runBy: __, ...earlier } = stored;
  const actor = { person: 'U1', action, at: 7 };
  expect(reading.parse({ ...earlier, actor })).toMatchObject({ acts: [{ ...actor, count: null }], runBy });
  expect(reading.parse({ ...earlier, actor: null })).toMatchObject({ acts: [], runBy: null });
});

test('what is no reading stays what it is, for the schema to refuse', () => {
  for (const nothing of [null, 'text', 7, {}, { task: null }]) expect(completed(nothing)).toBe(nothing);
});
