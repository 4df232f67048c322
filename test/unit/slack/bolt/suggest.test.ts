import { expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import { en } from '../../../../src/i18n/en.ts';
import { onQuery, type Query } from '../../../../src/slack/bolt/suggest.ts';
import type { SlackDeps } from '../../../../src/slack/deps.ts';
import { createManualClock } from '../../../support/manual-clock.ts';
import { recordingApp } from '../../../support/recording-app.ts';

/** Slack waits three seconds for an answer; a second of them may pass before the reading begins. */
const withinMs = 2_000;

interface Rig {
  atHand?: string[];
  /** What reading gives: entries after so many ms, or a failure. */
  read?: { afterMs: number; entries: string[] } | AppError;
  atLast?: string[];
  view?: { private_metadata: string };
}

/** Types `sp` into a menu of such entries. */
async function typed({ atHand, read = { afterMs: 0, entries: [] }, atLast = [], view }: Rig) {
  const clock = createManualClock();
  const { app, registered } = recordingApp();
  const deps: Partial<SlackDeps> = { clock, catalogueFor: async () => en };
  const queries: Query[] = [];
  let reads = 0;
  onQuery<string[]>(app, deps as SlackDeps, 'task', {
    atHand(query) {
      queries.push(query);
      return atHand ?? null;
    },
    async read() {
      reads += 1;
      if (read instanceof AppError) throw read;
      await clock.sleep(read.afterMs);
      return read.entries;
    },
    atLast: () => atLast,
    options: (entries, text, t) =>
      entries.map((entry) => ({
        text: { type: 'plain_text', text: `${entry} ${text} ${t.buttons.close}` },
        value: entry,
      })),
  });
  const answers: { options: { value?: string }[] }[] = [];
  const began = clock.now();
  const payload = {
    ack: async (answer: (typeof answers)[number]) => void answers.push(answer),
    payload: { value: 'sp' },
    body: { user: { id: 'U0ALICE' }, ...(view && { view }) },
    client: {},
    context: {},
  };
  await clock.until(registered[0]?.handle(payload) ?? Promise.resolve());
  return { answers, queries, reads, waitedMs: clock.now() - began, listener: registered[0] };
}

const valuesOf = ({ answers }: { answers: { options: { value?: string }[] }[] }) =>
  answers.map(({ options }) => options.map(({ value }) => value));

test('what is at hand is answered without reading', async () => {
  const result = await typed({ atHand: ['a'], read: { afterMs: 0, entries: ['b'] } });
  expect(valuesOf(result)).toEqual([['a']]);
  expect([result.reads, result.waitedMs]).toEqual([0, 0]);
  expect(result.listener).toMatchObject({ kind: 'block_suggestion', id: 'task' });
});

test('nothing at hand, it is read', async () => {
  const result = await typed({ read: { afterMs: withinMs - 1, entries: ['b'] }, atLast: ['old'] });
  expect(valuesOf(result)).toEqual([['b']]);
});

test.each([
  ['fails', new AppError('platform_timeout', 'slow'), 0],
  ['takes too long', { afterMs: withinMs + 1, entries: ['b'] }, withinMs],
])('a reading that %s gives way to the last resort, in time and once', async (_, read, waitedMs) => {
  const result = await typed({ read, atLast: ['old'] });
  expect(valuesOf(result)).toEqual([['old']]);
  expect(result.waitedMs).toBe(waitedMs);
});

test('the options get what was typed and the words of the person', async () => {
  const { answers } = await typed({ atHand: ['a'] });
  expect(answers).toEqual([
    { options: [{ text: { type: 'plain_text', text: `a sp ${en.buttons.close}` }, value: 'a' }] },
  ]);
});

test('the query has the data of the view, or just the person where there is none', async () => {
  const data = { channel: 'C0SALES', current: { line: 'l', concurrency: 2 } };
  const inView = await typed({ atHand: [], view: { private_metadata: JSON.stringify(data) } });
  expect(inView.queries).toEqual([{ typed: 'sp', data }]);
  expect((await typed({ atHand: [] })).queries).toEqual([{ typed: 'sp', data: { channel: 'U0ALICE' } }]);
});
