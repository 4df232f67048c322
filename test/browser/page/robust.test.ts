import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Json } from '../../../sandbox/slack/protocol.ts';
import { describeInBrowser } from '../../support/browser.ts';
import { channelOf, messageOf, snapshotOf, viewOf } from '../../support/sandbox/page-samples.ts';
import { blocksOfMessages } from '../every-block.ts';
import { everyInput, showcase } from '../probe-views.ts';
import { type ScriptedServer, startScriptedServer } from './scripted-server.ts';
import { composer } from './stage.ts';

describeInBrowser('the page under bad conditions', (visitor) => {
  let server: ScriptedServer;
  beforeEach(async () => {
    server = await startScriptedServer();
  });
  afterEach(() => server.close());

  test('a skeleton is shown until the workspace responds, then everything is there', async () => {
    const page = await visitor.open(server.url);
    await page.getByRole('status').filter({ hasText: 'Connecting to the workspace…' }).waitFor();
    await visitor.shot(page, 'skeleton');
    server.show(snapshotOf());
    await composer(page).waitFor();
  });

  test('a lost connection is reported and restored without a reload', async () => {
    server.show(snapshotOf());
    const page = await visitor.open(server.url);
    await composer(page).fill('half a thought');
    server.breakStreams();
    await page.getByText('Connection lost. Trying to reconnect…').waitFor();
    await composer(page).press('Enter');
    await page.getByText('The workspace did not answer. Please try again.').waitFor();
    expect(await composer(page).inputValue()).toBe('half a thought');
    server.restore();
    server.show(snapshotOf({ channels: [channelOf([messageOf('1.0', { text: 'here again' })])] }));
    await page.getByText('here again').waitFor();
    await page.getByText('Connection lost.').waitFor({ state: 'detached' });
  });

  test('a garbled frame is passed over', async () => {
    server.show(snapshotOf());
    const page = await visitor.open(server.url);
    await composer(page).waitFor();
    server.raw('data: {"revision": 2, "now"\n\n');
    server.raw('data: null\n\n');
    server.show(snapshotOf({ channels: [channelOf([messageOf('1.0', { text: 'after the noise' })])] }));
    await page.getByText('after the noise').waitFor();
  });

  test('no block, however malformed, blanks the page or hides the good ones', async () => {
    const odd: unknown[] = [
      null,
      'text',
      7,
      [],
      {},
      { type: 'nonsense' },
      { type: 'section' },
      { type: 'section', text: 'bare', fields: {}, accessory: null },
      { type: 'section', text: { type: 'mrkdwn', text: { deep: true } }, accessory: { type: 'button', text: null } },
      { type: 'actions', elements: 'none' },
      {
        type: 'actions',
        elements: [null, { type: 'static_select', options: [null, { text: 4 }], initial_option: 'x' }],
      },
      { type: 'context', elements: { type: 'mrkdwn' } },
      { type: 'header', text: { type: 'plain_text', text: ['a'] } },
      { type: 'image', image_url: 5, alt_text: {} },
      { type: 'rich_text', elements: [{ type: 'rich_text_list', elements: [null, { elements: 3 }] }] },
      { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'date', timestamp: 1e20 }] }] },
      { type: 'table', rows: [[null], 'x', [{ type: 'raw_text' }]] },
      { type: 'input', label: null, element: { type: 'datetimepicker', initial_date_time: 'soon' } },
      { type: 'input', element: { type: 'checkboxes', options: 'all' } },
      { type: 'markdown', text: { a: 1 } },
      { type: 'section', text: { type: 'mrkdwn', text: '<!date^99999999999999999999^{date}|fallback>' } },
    ];
    const good = { type: 'section', text: { type: 'plain_text', text: 'the good block' } };
    const blocks = [...odd, good] as Json[];
    server.show(
      snapshotOf({
        channels: [channelOf([messageOf('1.0', { blocks }), messageOf('2.0', { blocks: { not: 'a list' } as never })])],
        home: { id: 'VH', hash: '', view: { type: 'home', blocks: odd } as Json },
      }),
    );
    const page = await visitor.open(server.url);
    await page.getByText('the good block').waitFor();
    await page.getByText('Blocks of type “nonsense” cannot be shown here.').waitFor();
    server.show(snapshotOf({ views: [viewOf([...odd, good]), viewOf('none', { id: 'V2' })] }));
    await page.getByRole('dialog').waitFor();
    server.show(snapshotOf({ views: [viewOf([...odd, good])] }));
    await page.getByRole('dialog').getByText('the good block').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    expect(await composer(page).count()).toBe(1);
  });

  test('three hundred mutations of a message and a modal leave the page standing', async () => {
    const page = await visitor.open(server.url);
    server.show(snapshotOf());
    await composer(page).waitFor();
    const next = lcg(7);
    for (let round = 0; round < 30; round++) {
      const messages = Array.from({ length: 9 }, (_, n) =>
        messageOf(`${round}${n}.0`, {
          blocks: mutate(structuredClone(n % 2 ? showcase().blocks : blocksOfMessages), next) as Json[],
        }),
      );
      const views = [viewOf(mutate(structuredClone(everyInput().blocks), next), { id: `V${round}` })];
      server.show(snapshotOf({ revision: round + 2, channels: [channelOf(messages)], views }));
    }
    server.show(snapshotOf({ revision: 99, channels: [channelOf([messageOf('999.0', { text: 'still standing' })])] }));
    await page.getByText('still standing').waitFor();
  }, 90_000);
});

/** A small generator of pseudo-random numbers below 1, so that a failure repeats. */
function lcg(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const strange: unknown[] = [
  null,
  '',
  -1,
  [],
  {},
  true,
  '<!date^x^{y}|z>',
  ['a'],
  { type: 'mrkdwn' },
  { toString: 1, valueOf: 1 },
  'x'.repeat(4_000),
];

/** The value with about one node in twelve replaced by something that does not belong there. */
function mutate(value: unknown, next: () => number): unknown {
  if (next() < 0.08) return strange[Math.floor(next() * strange.length)];
  if (Array.isArray(value)) return value.map((item) => mutate(item, next));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mutate(item, next)]));
}
