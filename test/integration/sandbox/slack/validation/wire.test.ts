import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSlackSandbox, type SlackSandbox } from '../../../../../sandbox/slack/server.ts';
import { slackError, webClient } from '../../../../support/sandbox/bolt.ts';
import { createManualClock } from '../../../../support/sandbox/manual-clock.ts';

/** The payloads every stand-in for Slack must refuse, one by one, as a Bolt app would send them. */

const long = (length: number) => 'x'.repeat(length);
const many = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, index) => make(index));
const plain = (text: string) => ({ type: 'plain_text', text });
const section = (text: string, more: object = {}) => ({ type: 'section', text: { type: 'mrkdwn', text }, ...more });
const button = (text: string, more: object = {}) => ({ type: 'button', action_id: 'go', text: plain(text), ...more });
const actions = (...elements: object[]) => [{ type: 'actions', elements }];
const option = (value: string, text = value) => ({ text: plain(text), value });
const select = (options: object[]) => ({ type: 'static_select', action_id: 's', options });
const input = (more: object = {}) => ({
  type: 'input',
  label: plain('Name'),
  element: { type: 'plain_text_input', action_id: 'name' },
  ...more,
});
const fileInput = { type: 'input', label: plain('File'), element: { type: 'file_input', action_id: 'file' } };
const modal = (more: object) => ({
  type: 'modal',
  title: plain('Title'),
  submit: plain('Save'),
  blocks: [section('a')],
  ...more,
});
const blocks = (given: unknown) => ({ text: 'fallback', blocks: given });

interface Refused {
  method: 'chat.postMessage' | 'views.open' | 'views.publish';
  body: object;
  error: string;
  /** JSON pointer to the culprit. */
  pointer: string;
}
const message = (body: object, pointer: string, error = 'invalid_blocks'): Refused => {
  return { method: 'chat.postMessage', body, error, pointer };
};
const opened = (view: object, pointer: string): Refused => {
  return { method: 'views.open', body: { view }, error: 'invalid_arguments', pointer };
};

const refused: { [name: string]: Refused } = {
  'button text over 75': message(blocks(actions(button(long(76)))), '/blocks/0/elements/0/text/text'),
  'duplicate action_id in a block': message(blocks(actions(button('a'), button('b'))), '/blocks/0'),
  'select with 0 options': message(blocks(actions(select([]))), '/blocks/0/elements/0/options'),
  'select with 101 options': message(
    blocks(actions(select(many(101, (n) => option(`v${n}`))))),
    '/blocks/0/elements/0/options',
  ),
  'section over 3000': message(blocks([section(long(3001))]), '/blocks/0/text/text'),
  'section without text': message(blocks([{ type: 'section' }]), '/blocks/0'),
  'header over 150': message(blocks([{ type: 'header', text: plain(long(151)) }]), '/blocks/0/text/text'),
  'header in mrkdwn': message(blocks([{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }]), '/blocks/0/text/type'),
  'unknown block type': message(blocks([{ type: 'nonsense' }]), '/blocks/0/type'),
  '51 blocks in a message': message(blocks(many(51, () => ({ type: 'divider' }))), '/blocks'),
  'overflow with 6 options': message(
    blocks(actions({ type: 'overflow', action_id: 'o', options: many(6, (n) => option(`v${n}`)) })),
    '/blocks/0/elements/0/options',
  ),
  'option text over 75': message(
    blocks(actions(select([option('v', long(76))]))),
    '/blocks/0/elements/0/options/0/text/text',
  ),
  '11 fields': message(blocks([{ type: 'section', fields: many(11, () => plain('f')) }]), '/blocks/0/fields'),
  'duplicate block_id': message(
    blocks([section('a', { block_id: 'b' }), section('b', { block_id: 'b' })]),
    '/blocks/1/block_id',
  ),
  'file_input in a message': message(blocks([fileInput]), '/blocks/0/element/type'),
  'odd button style': message(blocks(actions(button('a', { style: 'pretty' }))), '/blocks/0/elements/0/style'),
  'neither text nor blocks': message({}, '', 'no_text'),
  'view title over 24': opened(modal({ title: plain(long(25)) }), '/view/title/text'),
  'view without title': opened(modal({ title: undefined }), '/view'),
  'input without submit': opened(modal({ submit: undefined, blocks: [input()] }), '/view'),
  '101 blocks in a view': opened(modal({ blocks: many(101, () => ({ type: 'divider' })) }), '/view/blocks'),
  'private_metadata over 3000': opened(modal({ private_metadata: long(3001) }), '/view/private_metadata'),
  'blocks that are no array': opened(modal({ blocks: {} }), '/view/blocks'),
  'label over 2000': opened(modal({ blocks: [input({ label: plain(long(2001)) })] }), '/view/blocks/0/label/text'),
  'file_input on Home': {
    method: 'views.publish',
    body: { user_id: 'U0ALICE001', view: { type: 'home', blocks: [fileInput] } },
    error: 'invalid_arguments',
    pointer: '/view/blocks/0/element/type',
  },
};

const clock = createManualClock();
let sandbox: SlackSandbox;
beforeAll(async () => {
  sandbox = await createSlackSandbox({ clock });
});
afterAll(() => sandbox.close());

/** A valid trigger id. Nobody acknowledges the command it comes from. */
async function trigger(): Promise<string> {
  await sandbox.as('alice').command('/dial');
  return String(sandbox.traffic.exchanges('slash_commands').at(-1)?.sent.trigger_id);
}

describe('refused over the wire', () => {
  test('25 payloads are in the set', () => {
    expect(Object.keys(refused)).toHaveLength(25);
  });

  test.each(Object.entries(refused))('%s', async (_name, { method, body, error, pointer }) => {
    const place = method === 'chat.postMessage' ? { channel: 'C0GENERAL1' } : {};
    const opens = method === 'views.open' ? { trigger_id: await trigger() } : {};
    const refusal = await slackError(webClient(sandbox).apiCall(method, { ...place, ...opens, ...body }));
    expect(refusal.error).toBe(error);
    if (pointer === '') return;
    expect(refusal.messages.join('\n')).toMatch(/^\[ERROR\] .+ \[json-pointer:\/.*\]$/m);
    expect(refusal.messages.join('\n')).toContain(pointer);
  });

  test('a trigger that is made up, spent or too old', async () => {
    const open = (trigger_id: string) =>
      slackError(webClient(sandbox).apiCall('views.open', { trigger_id, view: modal({}) }));
    expect((await open('1.2.made-up')).error).toBe('invalid_trigger_id');
    const spent = await trigger();
    await webClient(sandbox).apiCall('views.open', { trigger_id: spent, view: modal({}) });
    expect((await open(spent)).error).toBe('exchanged_trigger_id');
    const old = await trigger();
    await clock.advance(3_001);
    expect((await open(old)).error).toBe('expired_trigger_id');
    await sandbox
      .as('alice')
      .expectModal('Title')
      .then((form) => form.close());
  });

  test('nothing of all that was ever seen by anybody, and a legal look-alike passes', async () => {
    for (const who of ['alice', 'limei', 'bob']) {
      const { channels, views, home } = sandbox.snapshot(who);
      const public_ = channels.flatMap(({ messages }) => messages.filter((one) => !one.fromSlackbot));
      expect([public_, views, home]).toEqual([[], [], null]);
    }
    const web = webClient(sandbox);
    const nameless = { blocks: [input({ element: { type: 'plain_text_input' } })] };
    await web.apiCall('views.open', { trigger_id: await trigger(), view: modal(nameless) });
    const [view] = sandbox.snapshot('alice').views;
    expect(view?.view.blocks).toMatchObject([{ element: { action_id: expect.stringMatching(/.+/) } }]);
  });
});
