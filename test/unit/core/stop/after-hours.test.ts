import { expect, test } from '@jest/globals';
import type { NewOutboxItem } from '../../../../src/core/model/outbox.ts';
import { type AfterHoursDeps, createAfterHours } from '../../../../src/core/stop/after-hours.ts';
import { cardOf } from '../../../../src/core/watch/card.ts';
import { memoryClaims } from '../../../support/memory-claims.ts';
import { reading } from '../../../support/store/samples.ts';

const hour = 3_600_000;

test('where the hours are over for days, what is switched on after the announcement is paused as an act of its own', async () => {
  let now = 1_000 * hour;
  const closedAt = now;
  const announced: NewOutboxItem[] = [];
  const asked: Parameters<AfterHoursDeps['tasks']['pause']>[0][] = [];
  const afterHours = createAfterHours({
    hours: { closedSince: () => closedAt },
    store: {
      ...memoryClaims(() => now),
      watches: async () => [],
      subscriptions: async () => [],
      channelSettings: async () => [],
      personSettings: async () => [],
      enqueue: async (items) => void announced.push(...items),
    },
    board: { allOn: () => [reading('t1', now)] },
    tasks: {
      async pause(request) {
        asked.push(request);
        return { kind: 'done', card: cardOf(reading('t1', now), null) };
      },
    },
    clock: { now: () => now },
    log: { error: (message) => expect(message).toBe('') },
    self: async () => 'UBOT',
    maxInFlight: 2,
    changed: () => undefined,
  });
  for (const later of [0, 1, 22, 25, 40, 60]) {
    now = closedAt + later * hour;
    await afterHours();
  }
  expect(announced.map(({ channel }) => channel)).toEqual(['U1']);
  // As one of many it would be announced to nobody.
  expect(asked.map(({ ofStop }) => ofStop)).toEqual([true, false, false, false, false, false]);
});
