import { describe, expect, test } from '@jest/globals';
import {
  changedFields,
  draftFromRaw,
  draftOf,
  fields,
  rawDraft,
  rawOf,
  sameDefinition,
  taskDraft,
} from '../../../../src/core/model/fields.ts';
import { draftOtherIn, sampleDraft, sampleRaw, sampleTask } from '../../../support/samples.ts';

const id = { id: 'other', name: null };

describe.each(fields)('$name', (field) => {
  const { name, key, kind } = field;
  const other = draftOtherIn(field);

  test('is read from the task', () => {
    const value = kind === 'choice' ? { ...sampleTask()[key], ...id } : other[key];
    expect(draftOf({ ...sampleTask(), [key]: value })).toEqual(other);
  });

  test('is shown as text and read from it', () => {
    const raw = rawOf(other);
    expect(raw).toEqual({ ...sampleRaw(), [name]: String(other[key]) });
    expect(draftFromRaw(raw)).toEqual(other);
  });

  test('distinguishes two definitions', () => {
    expect(changedFields(sampleDraft(), other)).toEqual([name]);
    expect(sameDefinition(sampleDraft(), other)).toBe(false);
    expect(sameDefinition(other, { ...other })).toBe(true);
  });

  test('is stored, in a draft and as it was typed', () => {
    expect(taskDraft.parse(JSON.parse(JSON.stringify(other)))).toEqual(other);
    expect(rawDraft.parse(JSON.parse(JSON.stringify(rawOf(other))))).toEqual(rawOf(other));
  });
});

test.each(fields.filter(({ optional, kind }) => optional && kind !== 'number'))('no $name is null', ({ name, key }) => {
  const none = sampleDraft({ [key]: null });
  expect(rawOf(none)[name]).toBe('');
  expect(draftFromRaw(rawOf(none))).toEqual(none);
  expect(draftOf({ ...sampleTask(), [key]: null })).toEqual(none);
});

test('texts are the same with blanks around them, and an empty one is none', () => {
  const draft = sampleDraft({ name: 'Renewal', remark: null });
  expect(changedFields(draft, { ...draft, name: ' Renewal ', remark: ' ' })).toEqual([]);
  expect(changedFields(draft, { ...draft, name: 'Re newal', remark: '-' })).toEqual(['name', 'remark']);
});

test('what an earlier release kept and no field has any more is dropped', () => {
  expect(rawDraft.parse({ ...sampleRaw(), was_a_field: 'y' })).toEqual(sampleRaw());
  expect(taskDraft.parse({ ...sampleDraft(), wasAField: 1 })).toEqual(sampleDraft());
});
