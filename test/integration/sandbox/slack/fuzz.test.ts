import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { createSlackSandbox, type SlackSandbox } from '../../../../sandbox/slack/server.ts';
import { blocksOfMessages } from '../../../browser/every-block.ts';
import { eventually } from '../../../support/eventually.ts';
import { webClient } from '../../../support/sandbox/bolt.ts';
import { createManualClock } from '../../../support/sandbox/manual-clock.ts';
import { button, modal, option, plain, section, textInput } from '../../../support/sandbox/views.ts';

const clock = createManualClock();
let sandbox: SlackSandbox;
beforeEach(async () => {
  sandbox = await createSlackSandbox({ clock, waitMs: 60_000 });
});
afterEach(() => sandbox.close());

/**
 * What bounds these tests is the number of their calls. The time limit, in milliseconds, only catches a call that never
 * returns, on however slow a machine.
 */
const neverMs = 300_000;

/** The same numbers in every run, so that a failure can be found again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const oddities: unknown[] = [
  null,
  {},
  [],
  '',
  0,
  -1,
  1e21,
  true,
  'x'.repeat(5_000),
  [null],
  { type: null },
  { type: '__proto__' },
  { type: 'constructor', blocks: 'x' },
  [[[]]],
  '\u0000\ud800',
  { text: { text: { text: {} } } },
  { toString: 1, valueOf: 1 },
];

/** A copy with one to three places changed for something odd, left out, or repeated. */
function mutate<T>(original: T, next: () => number): unknown {
  let copy: unknown = structuredClone(original);
  const pick = <V>(list: V[]): V => list[Math.floor(next() * list.length)] as V;
  const places: { holder: Record<string, unknown>; key: string }[] = [];
  const visit = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    const holder = value as Record<string, unknown>;
    for (const key of Object.keys(holder)) {
      places.push({ holder, key });
      visit(holder[key]);
    }
  };
  visit(copy);
  const changes = 1 + Math.floor(next() * 3);
  for (let i = 0; i < changes; i += 1) {
    if (next() < 0.05 || places.length === 0) {
      copy = pick(oddities);
      break;
    }
    const { holder, key } = pick(places);
    const way = next();
    if (way < 0.6) holder[key] = structuredClone(pick(oddities));
    else if (way < 0.8) delete holder[key];
    else if (way < 0.9) holder[key] = Array.from({ length: 120 }, () => holder[key]);
    else holder[`odd_${i}`] = pick(oddities);
  }
  return copy;
}

const blocks = [
  { ...section('text'), block_id: 's', accessory: button('b1', { confirm: { title: plain('t'), text: plain('x') } }) },
  {
    type: 'actions',
    block_id: 'a',
    elements: [
      button('b2', { value: 'v' }),
      { type: 'overflow', action_id: 'o', options: [option('1')] },
      { type: 'static_select', action_id: 'l', option_groups: [{ label: plain('g'), options: [option('1')] }] },
      { type: 'checkboxes', action_id: 'c', options: [option('1')], initial_options: [option('1')] },
    ],
  },
  { type: 'context', elements: [plain('c'), { type: 'image', image_url: 'https://x.test/a.png', alt_text: 'a' }] },
  {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'x' }] }],
  },
];
const view = modal('Form', [
  textInput('name', { initial_value: 'x' }),
  {
    type: 'input',
    block_id: 'line',
    label: plain('Line'),
    element: { type: 'multi_static_select', action_id: 'line', options: [option('1'), option('2')] },
  },
  ...(blocks as never[]),
]);

/** Nothing broke: everybody still sees their workspace, and the Web API responds. */
async function expectAlive() {
  for (const who of ['alice', 'limei', 'bob']) JSON.stringify(sandbox.snapshot(who));
  expect(await webClient(sandbox).auth.test()).toMatchObject({ ok: true });
  expect(sandbox.traffic.exchanges('server_error')).toEqual([]);
}

/** Calls a method as JSON, whatever the body is, and expects an answer in Slack's form. */
async function call(method: string, body: unknown): Promise<{ ok: boolean; error?: string }> {
  const response = await fetch(`${sandbox.apiUrl}${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sandbox.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body) ?? '',
  });
  expect(response.status).toBe(200);
  const answer = (await response.json()) as { ok: boolean; error?: string };
  expect([method, body, answer.error]).not.toEqual([method, body, 'internal_error']);
  return answer;
}

describe('the workspace survives whatever the app sends', () => {
  test(
    '1,200 mutated calls',
    async () => {
      const next = random(1);
      const { web, channel } = { web: webClient(sandbox), channel: 'C0GENERAL1' };
      const { ts } = await web.chat.postMessage({ channel, text: 'x', blocks: blocks as never });
      const trigger_id = () => sandbox.workspace.ids.token();
      const calls: [string, object][] = [
        ['chat.postMessage', { channel, text: 'x', blocks, metadata: { event_type: 'e', event_payload: {} } }],
        ['chat.postMessage', { channel, attachments: [{ color: '#000000', blocks }], thread_ts: ts }],
        ['chat.update', { channel, ts, text: 'y', blocks }],
        ['chat.postMessage', { channel, text: 'x', blocks: blocksOfMessages }],
        ['chat.scheduleMessage', { channel, text: 'x', blocks, post_at: Math.floor(clock.now() / 1000) + 9 }],
        ['chat.postEphemeral', { channel, user: 'U0ALICE001', blocks }],
        ['views.publish', { user_id: 'U0ALICE001', view: { type: 'home', blocks } }],
        ['views.open', { trigger_id: trigger_id(), view }],
        ['views.update', { external_id: 'x', view }],
        ['conversations.history', { channel, limit: 2, oldest: ts }],
        ['conversations.list', { types: 'public_channel', limit: 2 }],
        ['files.completeUploadExternal', { files: [{ id: 'F1', title: 't' }], channel_id: channel }],
        ['users.info', { user: 'U0ALICE001', include_locale: true }],
        ['reactions.add', { channel, timestamp: ts, name: 'eyes' }],
      ];
      let accepted = 0;
      for (let i = 0; i < 1_200; i += 1) {
        const [method, body] = calls[i % calls.length] ?? ['auth.test', {}];
        if ((await call(method, mutate(body, next))).ok) accepted += 1;
      }
      expect(accepted).toBeGreaterThan(50);
      await expectAlive();
    },
    neverMs,
  );

  test(
    '400 mutated acknowledgements and views that did open',
    async () => {
      const next = random(2);
      const { url } = await webClient(sandbox, sandbox.appToken).apps.connections.open();
      const socket = new WebSocket(url ?? '');
      let answer: unknown;
      socket.on('message', (data) => {
        const { envelope_id } = JSON.parse(String(data)) as { envelope_id?: string };
        if (envelope_id) socket.send(JSON.stringify({ envelope_id, payload: answer }));
      });
      await new Promise((resolve) => socket.once('open', resolve));
      const alice = sandbox.as('alice');
      const answers = [
        { response_action: 'update', view },
        { response_action: 'push', view },
        { response_action: 'errors', errors: { name: 'no' } },
        { response_action: 'clear' },
        { options: [option('1')] },
        { text: 'x', blocks, response_type: 'in_channel' },
      ];
      let failed = 0;
      for (let i = 0; i < 400; i += 1) {
        answer = undefined;
        if (alice.snapshot().views.length === 0) {
          const trigger = sandbox.as('alice');
          await trigger.command('/dial');
          const [last] = sandbox.traffic.exchanges('slash_commands').slice(-1);
          await call('views.open', { trigger_id: last?.sent.trigger_id, view });
        }
        answer = mutate(answers[i % answers.length], next);
        if (i % 6 === 5) await alice.command('/dial');
        else {
          const form = await alice.expectModal();
          const sent = await form.submit();
          if (!sent.ok) failed += 1;
          if (!sent.ok && alice.snapshot().views.length > 0) await form.close({ all: true });
        }
      }
      expect(failed).toBeGreaterThan(80);
      socket.close();
      await expectAlive();
    },
    neverMs,
  );

  test(
    '200 mutated frames',
    async () => {
      const next = random(3);
      const { url } = await webClient(sandbox, sandbox.appToken).apps.connections.open();
      const socket = new WebSocket(url ?? '');
      await new Promise((resolve) => socket.once('open', resolve));
      for (let i = 0; i < 200; i += 1) {
        const frame = mutate({ envelope_id: 'e', payload: { response_action: 'clear' }, retry: 1 }, next);
        socket.send(i % 10 === 0 ? String(JSON.stringify(frame)).slice(1) : (JSON.stringify(frame) ?? ''));
      }
      await eventually(() => sandbox.traffic.exchanges('frame').length >= 200);
      expect(sandbox.traffic.exchanges('frame')).toHaveLength(200);
      socket.close();
      await expectAlive();
    },
    neverMs,
  );

  test(
    '200 mutated actions of a page',
    async () => {
      const next = random(4);
      const web = webClient(sandbox);
      const { ts } = await web.chat.postMessage({ channel: 'C0GENERAL1', text: 'x', blocks: blocks as never });
      await web.views.publish({ user_id: 'U0ALICE001', view: { type: 'home', blocks: blocks as never } });
      const as = 'U0ALICE001';
      const container = { type: 'message', channel: 'C0GENERAL1', ts };
      const actions: [string, object][] = [
        ['message', { as, channel: 'C0GENERAL1', text: 'x', threadTs: ts }],
        ['action', { as, container, blockId: 'a', actionId: 'l', value: { selected_option: option('1') }, values: {} }],
        [
          'action',
          { as, container: { type: 'home' }, blockId: 'a', actionId: 'o', value: { selected_option: option('1') } },
        ],
        ['suggest', { as, container, blockId: 'a', actionId: 'l', query: 'x' }],
        ['submit', { as, viewId: 'V1', values: { a: { b: { type: 'x' } } } }],
        ['react', { as, channel: 'C0GENERAL1', ts, name: 'eyes' }],
      ];
      for (let i = 0; i < 200; i += 1) {
        const [verb, body] = actions[i % actions.length] ?? ['reset', {}];
        const response = await fetch(`${sandbox.url}/control/${verb}`, {
          method: 'POST',
          body: JSON.stringify(mutate(body, next)) ?? '',
        });
        expect([verb, response.status]).toEqual([verb, 200]);
      }
      await expectAlive();
    },
    neverMs,
  );
});
