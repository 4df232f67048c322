import { expect, test } from '@jest/globals';
import { fields } from '../../../../src/core/model/fields.ts';
import { isTyping } from '../../../../src/slack/bolt/typing.ts';

const report = (action_id: string, change: object = {}) => ({
  type: 'block_actions',
  view: { callback_id: 'task_create' },
  actions: [{ action_id }],
  ...change,
});

test.each(fields)('the input of $name in a new form', ({ name }) => {
  // A line draws the form again.
  expect(isTyping(report(name))).toBe(name !== 'line');
  expect(isTyping(report(name, { view: { callback_id: 'task_edit' } }))).toBe(false);
  expect(isTyping(report(name, { type: 'view_submission' }))).toBe(false);
});

test.each([
  null,
  {},
  report('task_start'),
  report('name', { actions: [] }),
  report('name', { actions: [{ action_id: 'name' }, { action_id: 'task_start' }] }),
])('%j asks for something', (body) => {
  expect(isTyping(body)).toBe(false);
});
