import { expect, test } from '@jest/globals';
import { fieldNames } from '../../../../src/core/model/fields.ts';
import { noteUnknownFields, reading } from '../../../../src/core/model/reading.ts';
import { lastOf } from '../../../support/core/looks.ts';

const stored: Record<string, unknown> & { task: Record<string, unknown> } = JSON.parse(
  JSON.stringify(lastOf([{ on: true, bar: [3, 10] }])),
);

test('a stored reading with every field knows them all', () => {
  expect(reading.parse(stored).unknownFields).toEqual([]);
});

test('what an earlier release did not write is noted before it gets a default, and stays noted', () => {
  const { remark: _, ringTimeout: __, ...task } = stored.task;
  const noted = noteUnknownFields({ ...stored, task });
  expect(noted).toMatchObject({ unknownFields: ['ring_timeout', 'remark'], state: 'dialing' });
  expect(noteUnknownFields({ ...stored, unknownFields: ['remark'] })).toMatchObject({ unknownFields: ['remark'] });
  expect(fieldNames).toEqual(expect.arrayContaining(['ring_timeout', 'remark']));
});

test('what is no reading stays what it is, for the schema to refuse', () => {
  for (const nothing of [null, 'text', 7, {}, { task: null }]) expect(noteUnknownFields(nothing)).toBe(nothing);
});
