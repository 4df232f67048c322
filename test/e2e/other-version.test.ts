import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { en } from '../../src/i18n/en.ts';
import { zhCN } from '../../src/i18n/zh-CN.ts';
import { eventually } from '../support/eventually.ts';
import { channel, startWorld, type World } from '../support/world.ts';

/** What another version of the app has left in Slack, of every kind that Slack can send, with ids of many shapes. */

let world: World;
beforeAll(async () => {
  world = await startWorld({
    mode: 'http',
    // Nobody uses that much of another version.
    config: { access: { allowGuests: false, share: { interactions: 10_000, windowMs: 1_000 } } },
  });
});
afterAll(() => world.close());

async function send(body: string): Promise<{ status: number; answer: string }> {
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const hash = createHmac('sha256', world.slack.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  const response = await fetch(`http://127.0.0.1:${world.app.port}/slack/events`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${hash}`,
    },
  });
  return { status: response.status, answer: await response.text() };
}

const interaction = (payload: object) => send(new URLSearchParams({ payload: JSON.stringify(payload) }).toString());

const channelId = (): string => world.slack.workspace.channel(channel)?.id ?? '';
const from = (who: string) => ({
  team: { id: 'T0SANDBOX1' },
  user: { id: world.slack.workspace.resolve(who), team_id: 'T0SANDBOX1' },
  api_app_id: 'A0SANDBOX1',
  trigger_id: randomUUID(),
});
const here = () => ({ channel: { id: channelId() } });
const view = (callback_id: string, values: object = {}) => ({
  id: 'V0GONE',
  type: 'modal',
  callback_id,
  title: { type: 'plain_text', text: 'Form' },
  private_metadata: '{"of":"another version"}',
  state: { values },
  blocks: [],
});
const typed = { of_then: { of_then: { type: 'plain_text_input', value: 'what was typed' } } };

/** Every kind: how it is sent with an id, and how its person is answered. */
type Answered = 'privately' | 'at_the_field' | 'above_the_form' | 'in_the_menu' | 'not_at_all';
const kinds: Record<string, { payload(id: string, who: string): object; answered: Answered }> = {
  'a button in a message': {
    payload: (id, who) => ({
      ...from(who),
      ...here(),
      type: 'block_actions',
      actions: [{ type: 'button', action_id: id }],
    }),
    answered: 'privately',
  },
  'a menu in a message': {
    payload: (id, who) => ({
      ...from(who),
      ...here(),
      type: 'block_actions',
      actions: [{ type: 'overflow', action_id: id, selected_option: { value: 'archive:t1' } }],
    }),
    answered: 'privately',
  },
  'a button on Home': {
    payload: (id, who) => ({
      ...from(who),
      type: 'block_actions',
      view: { ...view(''), type: 'home' },
      actions: [{ type: 'button', action_id: id }],
    }),
    answered: 'privately',
  },
  'a form': {
    payload: (id, who) => ({ ...from(who), type: 'view_submission', view: view(id, typed) }),
    answered: 'at_the_field',
  },
  'a form without inputs': {
    payload: (id, who) => ({ ...from(who), type: 'view_submission', view: view(id) }),
    answered: 'above_the_form',
  },
  'a form that is closed': {
    payload: (id, who) => ({ ...from(who), type: 'view_closed', view: view(id) }),
    answered: 'not_at_all',
  },
  'the options of a menu': {
    payload: (id, who) => ({ ...from(who), type: 'block_suggestion', action_id: id, value: 'a', view: view('old') }),
    answered: 'in_the_menu',
  },
  'a shortcut': {
    payload: (id, who) => ({ ...from(who), type: 'shortcut', callback_id: id }),
    answered: 'privately',
  },
  'a shortcut of a message': {
    payload: (id, who) => ({
      ...from(who),
      ...here(),
      type: 'message_action',
      callback_id: id,
      message: { type: 'message', ts: '1700000000.000100', text: 'x' },
    }),
    answered: 'privately',
  },
  'a button of an attachment': {
    payload: (id, who) => ({
      ...from(who),
      ...here(),
      type: 'interactive_message',
      callback_id: 'old',
      actions: [{ name: id, type: 'button', value: '1' }],
    }),
    answered: 'privately',
  },
  'something that Slack may invent': {
    payload: (id, who) => ({ ...from(who), ...here(), type: 'hologram', callback_id: id }),
    answered: 'privately',
  },
};

/** Near misses of ours, ids of other apps, long ones, and other scripts. */
const ids = [
  'task_startt',
  'start_task',
  'x',
  'wf/123:step.4',
  '外呼',
  'A'.repeat(255),
  '__proto__',
  'a b\tc',
  '"quoted"',
];

/** What the log says of payloads without a listener since the last look. */
let lines = 0;
function unknown(): Record<string, unknown>[] {
  const all = world.logLines.slice(lines).map((line) => JSON.parse(line) as Record<string, unknown>);
  return all.filter(({ message }) => message === 'a payload has no listener');
}

/** What the app has posted since the last look. */
let exchanges = 0;
function posted(): string[] {
  const all = world.slack.traffic.exchanges().slice(exchanges);
  return all.filter(({ name }) => /^(chat\.post|response)/.test(name)).map(({ sent }) => JSON.stringify(sent));
}

function look(): void {
  lines = world.logLines.length;
  exchanges = world.slack.traffic.exchanges().length;
}

describe.each(Object.entries(kinds))('%s', (_name, { payload, answered }) => {
  test('with any id: acknowledged, logged once with type and id, answered in words, and nothing is done', async () => {
    const before = world.dialer.requests.filter(({ route }) => !['list', 'init'].includes(route ?? '')).length;
    for (const [index, id] of ids.entries()) {
      const [who, words] = index % 2 === 0 ? (['alice', en] as const) : (['limei', zhCN] as const);
      const sent = payload(id, who);
      look();
      const { status, answer } = await interaction(sent);
      expect(status).toBe(200);
      await eventually(() => unknown().length > 0);
      expect(unknown()).toEqual([
        expect.objectContaining({ level: 'warn', type: (sent as { type: string }).type, id }),
      ]);
      const sentences = Object.values(words.otherVersion).map((one) =>
        typeof one === 'string'
          ? one
          : (one as (ours: string) => string)(one === words.otherVersion.shortcut ? '`/dial help`' : '`/dial`'),
      );
      const says = (text: string): boolean => sentences.some((one) => text.includes(JSON.stringify(one).slice(1, -1)));
      if (answered === 'privately') {
        await eventually(() => posted().length > 0);
        expect(posted().filter(says).length).toBe(1);
        expect(answer).toBe('');
      } else {
        expect(posted()).toEqual([]);
        expect(says(answer)).toBe(answered !== 'not_at_all');
      }
      if (answered === 'at_the_field') {
        expect(JSON.parse(answer)).toMatchObject({
          response_action: 'errors',
          errors: { of_then: expect.any(String) },
        });
      }
      if (answered === 'above_the_form') expect(JSON.parse(answer)).toMatchObject({ response_action: 'update' });
      if (answered === 'in_the_menu') expect(JSON.parse(answer).options).toHaveLength(1);
    }
    expect(world.dialer.requests.filter(({ route }) => !['list', 'init'].includes(route ?? '')).length).toBe(before);
    expect(world.logLines.slice(lines).filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });
});

describe('a slash command', () => {
  const command = (name: string, who = 'alice'): string =>
    new URLSearchParams({
      command: name,
      text: 'pause all',
      user_id: world.slack.workspace.resolve(who),
      team_id: 'T0SANDBOX1',
      api_app_id: 'A0SANDBOX1',
      channel_id: channelId(),
      trigger_id: randomUUID(),
    }).toString();

  test.each(['/calls', '/dial2', '/外呼'])(
    'other than ours, %s: answered with ours, and not carried out',
    async (name) => {
      look();
      expect(await send(command(name))).toEqual({ status: 200, answer: '' });
      await eventually(() => posted().length > 0);
      expect(posted()).toHaveLength(1);
      expect(posted()[0]).toContain(`\`${name}\` is not my command here`);
      expect(posted()[0]).toContain('Type `/dial` instead');
      expect(unknown()).toEqual([expect.objectContaining({ type: 'command', id: name })]);
      expect(world.dialer.effects('stop')).toBe(0);
    },
  );
});

test('a press in an open form is answered in the form, which keeps what was typed', async () => {
  const { alice, slack } = world;
  await alice.command('/dial new Autumn');
  const form = await alice.expectModal('task_create');
  const open = slack.snapshot('alice').views.at(-1);
  look();
  await interaction({
    ...from('alice'),
    type: 'block_actions',
    view: { ...open?.view, id: open?.id },
    actions: [{ type: 'button', action_id: 'of_another_version' }],
  });
  await eventually(() => form.text().includes('from another version of Dialdeck'));
  expect(form.value('name')).toBe('Autumn');
  expect(posted()).toEqual([]);
  expect(unknown()).toHaveLength(1);
});

test('the value of a button that this version does not understand is answered in words, with a reference', async () => {
  look();
  await interaction({
    ...from('alice'),
    ...here(),
    type: 'block_actions',
    actions: [{ type: 'button', action_id: 'form_open', value: '{"form":"schedule"}' }],
  });
  await eventually(() => posted().length > 0);
  expect(posted()[0]).toContain('made by another version of Dialdeck');
  const failures = world.logLines.slice(lines).filter((line) => line.includes('an interaction failed'));
  expect(failures).toHaveLength(1);
  expect(JSON.parse(failures[0] ?? '')).toMatchObject({ code: 'other_version', where: 'action form_open' });
});
