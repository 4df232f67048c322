import { expect, test } from '@jest/globals';
import { fields } from '../../../../src/core/model/fields.ts';
import { isTyping } from '../../../../src/slack/bolt/typing.ts';

const report = (action_id: string, change: object = {}) => ({
  type: 'block_actions',
  view: { callback_id: 'task_create' },
  actions: [{ action_id }],
  ...change,
});

test.each(fields)('the input of $name in a form of a task', ({ name }) => {
  // A line draws the form again.
  for (const form of ['task_create', 'task_edit']) {
    expect(isTyping(report(name, { view: { callback_id: form } }))).toBe(name !== 'line');
  }
  expect(isTyping(report(name, { view: { callback_id: 'task_import' } }))).toBe(false);
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
