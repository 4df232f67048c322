import { expect, test } from '@jest/globals';
import { asksForPause } from '../../../../src/slack/bolt/asks-for-pause.ts';

const press = (action_id: string, value = 't') => ({ type: 'block_actions', actions: [{ action_id, value }] });
const bot = 'U0BOT';
const said = (text: string, more: object = {}) => ({
  type: 'event_callback',
  authorizations: [{ user_id: bot, is_bot: true }],
  event: { type: 'app_mention', user: 'U1', channel: 'C1', ts: '1.2', text, ...more },
});
const direct = { type: 'message', channel: 'D1', channel_type: 'im' };
const alert = { type: 'overflow', selected_option: { value: 'pause:t1' } };

test.each([
  [{ command: '/dial', text: 'pause 1' }],
  [{ command: '/dial', text: '  STOP Spring' }],
  [{ command: '/dial', text: '暂停 春季' }],
  [press('task_pause')],
  [press('pick:3', JSON.stringify({ op: 'pause', id: 't' }))],
  [{ command: '/dial', text: '暂停会员' }],
  [press('pause_all', 'all')],
  [press('board_pause')],
  [press('list_row:pause:7', JSON.stringify({ task: 't1' }))],
  [press('tasks_selected_pause', 'pause')],
  [press('run_words:0', 'pause 3')],
  [press('alert_pause:0', 'pause:t1')],
  [{ type: 'block_actions', actions: [{ action_id: 'alert_more:0', ...alert }] }],
  [{ type: 'shortcut', callback_id: 'pause_all_calling' }],
  [said(`<@${bot}> pause 3`)],
  [said(`快 <@${bot}|dialdeck>，暂停 全部`)],
  [said('暂停3', direct)],
  [said('`/dial pause 3`', direct)],
])('%j asks for a pause', (body) => {
  expect(asksForPause(body)).toBe(true);
});

test.each([
  [{ command: '/dial', text: 'start pause' }],
  [{ command: '/dial' }],
  [press('task_start', 'pause')],
  [press('list_row:start:7', JSON.stringify({ task: 'pause' }))],
  [press('tasks_select', 'pause')],
  [press('pick:3', JSON.stringify({ op: 'start', id: 'pause' }))],
  [press('pick:3', 'pause')],
  [press('run_words:0', 'start 3')],
  [press('alert_start:0', 'start:pause')],
  [{ type: 'shortcut', callback_id: 'new_calling_task' }],
  [said(`<@${bot}> start pause`)],
  [said('pause 3', { ...direct, bot_id: 'B1' })],
  [said('pause 3', { ...direct, subtype: 'message_changed' })],
  [{ type: 'view_submission', actions: 'task_pause' }],
  [null],
  ['pause'],
])('%j does not', (body) => {
  expect(asksForPause(body)).toBe(false);
});
