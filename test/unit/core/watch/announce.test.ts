import { expect, test } from '@jest/globals';
import { announcementsOf } from '../../../../src/core/watch/announce.ts';
import { readingAfter } from '../../../../src/core/watch/record-action.ts';
import { lastOf, t0, taskOf, tick } from '../../../support/core/looks.ts';

const paused = taskOf({ on: false, bar: [1, 9] });
const act = { person: 'U1', action: 'paused', at: t0 + tick } as const;

/** What is announced of a pause whose outcome was lost and is found by a poll, and how often the audience was read. */
async function announced(runBy: string | null) {
  const before = { ...lastOf([{ on: true, bar: [1, 9] }]), runBy };
  let reads = 0;
  const audience = async () => {
    reads += 1;
    const settings = { kinds: [], threads: true, style: 'cards', mutedUntil: null } as const;
    return {
      watches: [],
      subscriptions: [],
      settingsOf: (channel: string) => ({ channel, ...settings, kinds: [...settings.kinds] }),
      personSettingsOf: (person: string) => ({ person, alertsBy: 'mention' as const }),
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

test.each(['U1', null])('it is nothing to announce when the task is run by %s', async (runBy) => {
  expect(await announced(runBy)).toEqual({ notices: [], reads: 0 });
});
