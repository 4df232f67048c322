import { describe, expect, test } from '@jest/globals';
import { defaultChannelSettings } from '../../../../src/core/model/channel-settings.ts';
import type { Notice } from '../../../../src/core/model/notice.ts';
import { defaultPersonSettings } from '../../../../src/core/model/person-settings.ts';
import type { ActorAction, Reading } from '../../../../src/core/model/reading.ts';
import type { Task } from '../../../../src/core/model/task.ts';
import type { Audience } from '../../../../src/core/subscriptions/audience.ts';
import { actNotices, announcementsOf } from '../../../../src/core/watch/announce.ts';
import { readingAfter } from '../../../../src/core/watch/record-action.ts';
import { issued, lastOf, t0, taskOf, tick } from '../../../support/core/looks.ts';

const paused = taskOf({ on: false, bar: [1, 9] });
const act = { person: 'U1', action: 'paused', at: t0 + tick } as const;

/** What is announced of a pause whose outcome was lost and is found by a poll, and how often the audience was read. */
async function announced(runBy: string | null) {
  const before = { ...lastOf([{ on: true, bar: [1, 9] }]), runBy };
  let reads = 0;
  const audience = async () => {
    reads += 1;
    const settings = { kinds: [], threads: true, style: 'cards', mutedUntil: null, digest: null } as const;
    return {
      watches: [],
      subscriptions: [],
      settingsOf: (channel: string) => ({ channel, ...settings, kinds: [...settings.kinds] }),
      personSettingsOf: (person: string) => ({ person, alertsBy: 'mention' as const }),
      reaches: () => true,
    };
  };
  const reading = readingAfter(before, paused, act);
  const change = { before, reading, known: new Set(['paused'] as const), acts: [act] };
  return { notices: await announcementsOf(change, audience), reads };
}

test('an act whose outcome was lost reaches who runs the task when it is found', async () => {
  const { notices } = await announced('U2');
  expect(notices).toMatchObject([
    { channel: 'U2', once: 'revision', body: { notice: { kind: 'acted', act: { person: 'U1', action: 'paused' } } } },
  ]);
});

test('it is nothing to announce when they run the task themselves, and nobody is asked for', async () => {
  expect(await announced('U1')).toEqual({ notices: [], reads: 0 });
});

test('where nobody is known to run it, nor watches it, nobody is notified', async () => {
  expect((await announced(null)).notices).toEqual([]);
});

const everybody: Audience = {
  watches: [
    {
      id: 'w',
      taskId: 'task-1',
      channel: 'C1',
      owner: 'UOWNER',
      cardRef: null,
      cardHash: null,
      brokenBy: null,
      createdAt: 0,
    },
  ],
  subscriptions: [],
  settingsOf: defaultChannelSettings,
  personSettingsOf: defaultPersonSettings,
  reaches: () => true,
};

/** A task that is on or off, run by URUNS. */
const known = (on: boolean, change: Partial<Reading> = {}): Reading => ({
  ...issued(lastOf([{ on, bar: [2, 10] }]), 1),
  runBy: 'URUNS',
  ...change,
});

interface Done {
  action: ActorAction;
  by?: string;
  change?: Partial<Task>;
  count?: number | null;
}

function actedOn(before: Reading | null, { action, by = 'UOTHER', change = {}, count = null }: Done) {
  const act = { person: by, action, at: t0 + tick, count };
  const task = { ...(before ?? known(false)).task, ...change };
  const reading = readingAfter(before, task, act);
  return actNotices(act, { before, reading }, everybody).map(({ channel, once, body }) => ({
    channel,
    once,
    mentions: body.type === 'notice' ? body.mentions : [],
    by: body.type === 'notice' ? body.by : null,
    notice: body.notice as Notice,
  }));
}

describe('what a colleague did', () => {
  test.each<[action: ActorAction, before: Reading, change: Partial<Task>, count: number | null]>([
    ['started', known(false), { started: true }, null],
    ['paused', known(true), { started: false }, null],
    ['edited', known(true), { concurrency: 9 }, null],
    ['imported', known(false), {}, 1_200],
    ['imported', known(false), {}, null],
    ['deleted', known(false), {}, null],
  ])('is said to the person who runs the task: %s', (action, before, change, count) => {
    expect(actedOn(before, { action, change, count })).toMatchObject([
      {
        channel: 'C1',
        once: 'revision',
        mentions: ['URUNS'],
        by: 'UOTHER',
        notice: { kind: 'acted', act: { person: 'UOTHER', action, count } },
      },
    ]);
  });

  test('where nobody is known to run it, is said to the one who has it watched', () => {
    const before = known(true, { runBy: null });
    expect(actedOn(before, { action: 'paused', change: { started: false } })).toMatchObject([{ mentions: ['UOWNER'] }]);
  });

  test('of a start: the person who ran it before is notified, and not the one who runs it now', () => {
    expect(actedOn(known(false), { action: 'started', change: { started: true } })).toMatchObject([
      { mentions: ['URUNS'] },
    ]);
  });

  test('is not said of what they did themselves', () => {
    expect(actedOn(known(true), { action: 'paused', by: 'URUNS', change: { started: false } })).toEqual([]);
    const unknown = known(true, { runBy: null });
    expect(actedOn(unknown, { action: 'paused', by: 'UOWNER', change: { started: false } })).toEqual([]);
  });

  test.each<[what: string, before: Reading | null, done: Done]>([
    ['a start of what is on', known(true), { action: 'started' }],
    ['a pause of what is off', known(false), { action: 'paused' }],
    ['an edit that changes nothing', known(true), { action: 'edited' }],
    ['an import of which nothing was taken', known(false), { action: 'imported', count: 0 }],
    ['a second deletion', known(false, { state: 'gone' }), { action: 'deleted' }],
    ['a creation', null, { action: 'created' }],
  ])('is not said of %s', (_, before, done) => {
    expect(actedOn(before, done)).toEqual([]);
  });
});

test('an edit says what it changed', () => {
  expect(actedOn(known(true), { action: 'edited', change: { concurrency: 9 } })).toMatchObject([
    { notice: { changes: [{ field: 'concurrency', before: known(true).task.concurrency, after: 9 }] } },
  ]);
});
