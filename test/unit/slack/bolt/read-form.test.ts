import { describe, expect, test } from '@jest/globals';
import { type Field, fieldNames, fields } from '../../../../src/core/model/fields.ts';
import { readFile, readForm, readState, readValue } from '../../../../src/slack/bolt/read-form.ts';
import { noChoice } from '../../../../src/slack/views/menus.ts';
import { sampleRaw } from '../../../support/samples.ts';

const chosen = (value: string) => ({
  type: 'static_select',
  selected_option: { text: { type: 'plain_text', text: 'x' }, value },
});
const typed = (value: string | null) => ({ type: 'plain_text_input', value });
const filled = sampleRaw({ name: ' 春季回访 ', pause_seconds: '', agent_group: '', remark: '' });
const elementOf = ({ name, kind, optional }: Field) => {
  if (kind === 'choice') return chosen(filled[name] === '' && optional ? noChoice : filled[name]);
  return kind === 'number' ? { type: 'number_input', value: filled[name] || null } : typed(filled[name] || null);
};
const form = Object.fromEntries(fields.map((field) => [field.name, { [field.name]: elementOf(field) }]));

test('a complete form', () => {
  expect(readForm(form)).toEqual(filled);
  expect(readForm({ ...form, agent_group: { agent_group: chosen('21') } }).agent_group).toBe('21');
});

describe('odd payloads', () => {
  test.each([undefined, null, 1, 'text', [], { name: null }, { name: 'x' }, { name: { name: null } }])(
    '%j: every field is there and empty',
    (values) => {
      expect(readForm(values)).toEqual(Object.fromEntries(fieldNames.map((name) => [name, ''])));
    },
  );

  test.each([
    ['a number where a text belongs', { name: { value: 5 } }],
    ['an option without a value', { name: { selected_option: {} } }],
    ['an option that is a text', { name: { selected_option: 'line-a' } }],
    ['files that are none', { name: { files: 'F1' } }],
    ['no element', { name: null }],
    ['a text instead of an element', { name: 'x' }],
    ['a text instead of a block', 'x'],
  ])('%s costs that field only', (_, broken) => {
    const read = readForm({ ...form, name: broken });
    expect(read.name).toBe('');
    expect(read).toEqual({ ...readForm(form), name: '' });
  });

  test('blocks and actions that are not ours change nothing', () => {
    const more = { ...form, hint: { other: { type: 'rich_text_input', rich_text_value: { type: 'rich_text' } } } };
    expect(readForm(more)).toEqual(readForm(form));
    expect(readForm({ name: { other: typed('not this one') } }).name).toBe('');
  });
});

describe('files', () => {
  const files = (list: unknown) => readState({ file: { file: { type: 'file_input', files: list } } });
  test('the first one, by its id', () => {
    expect(readFile(files([{ id: 'F1', size: null, mode: 'hosted' }, { id: 'F2' }]), 'file')).toEqual({
      id: 'F1',
      name: 'F1',
    });
  });
  test.each([[[]], [null], [undefined], ['F1'], [[{}]]])('%j is none', (list) => {
    expect(readFile(files(list), 'file')).toBeNull();
    expect(readFile(readState({}), 'file')).toBeNull();
  });
});

test('one wrong part of an element does not cost its other parts', () => {
  const values = readState({ a: { a: { value: 5, files: 'none', selected_option: { value: 'menu' } } } });
  expect(readValue(values, 'a')).toBe('menu');
});

test('a menu wins over a text, an empty value is empty', () => {
  const values = readState({
    a: { a: { value: 'text', selected_option: { value: 'menu' } } },
    b: { b: { value: '' } },
  });
  expect(readValue(values, 'a')).toBe('menu');
  expect(readValue(values, 'b')).toBe('');
  expect(readValue(values, 'absent')).toBe('');
});
