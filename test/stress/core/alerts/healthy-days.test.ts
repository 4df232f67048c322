import { expect, test } from '@jest/globals';
import { initMeta, listEntities } from '../../../../sandbox/dialer/entities.ts';
import { setStarted } from '../../../../sandbox/dialer/handlers.ts';
import { createPlatform, settle } from '../../../../sandbox/dialer/platform.ts';
import { chance } from '../../../../sandbox/dialer/random.ts';
import { seededLineIds, seededQuietIds } from '../../../../sandbox/dialer/seed-ids.ts';
import { isCertain, type Suspicion, suspect } from '../../../../src/core/alerts/belief.ts';
import { causesNow } from '../../../../src/core/alerts/causes.ts';
import type { Reading } from '../../../../src/core/model/reading.ts';
import { readHours } from '../../../../src/core/quiet/read-hours.ts';
import { quietIntervals } from '../../../../src/core/quiet/week.ts';
import { nextReading } from '../../../../src/core/watch/infer.ts';
import type { Interval } from '../../../../src/core/watch/intervals.ts';
import { metadataOf, taskOf } from '../../../../src/dialer/wire.ts';
import { campaign, monday } from '../../../support/alert-world.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** What is entered of the stand-in's quiet-hours groups, where anything is. */
const typed: Record<string, string> = {
  [seededQuietIds.rest]: '21:00-08:30',
  [seededQuietIds.lunch]: '12:00-13:30, 20:30-08:30',
  [seededQuietIds.meeting]: '08:00-09:50',
  [seededQuietIds.none]: 'none',
};

/** One day of twelve tasks on lines with room for all of them, looked at every `everyMs`; what was believed of them. */
function dayOf(seed: number, everyMs: number): string[] {
  const draw = (i: number, what: number): number => chance(seed, i, what, 0, 0);
  const pick = <T>(items: readonly T[], i: number, what: number): T =>
    items[Math.floor(draw(i, what) * items.length)] as T;
  const lines = [seededLineIds.hangzhou, seededLineIds.trunk, seededLineIds.beijing];
  const tasks = Array.from({ length: 12 }, (_, i) =>
    campaign({
      name: `Campaign ${i}`,
      lineId: lines[i % 3] as string,
      quietId: pick(Object.keys(typed), i, 1),
      ruleId: pick([103, 103, 1, 118, 124], i, 2),
      maximumCall: pick([1, 1, 2, 3, 4, 5], i, 3),
      numbers: pick([40, 300, 900, 4_000, 9_000], i, 4),
      started: draw(i, 5) < 0.7,
    }),
  );
  const known = new Set(Object.keys(typed).filter((_, i) => draw(i, 6) < 0.5));
  const hours = new Map<string, readonly Interval[]>();
  for (const id of known) {
    const given = readHours(typed[id] ?? '');
    const windows = given.kind === 'known' ? given.windows : [];
    hours.set(id, quietIntervals(windows, 'Asia/Shanghai', { from: monday - 3 * day, until: monday + 4 * day }));
  }
  const platform = createPlatform({
    account: 'fresh',
    tasks,
    seed,
    speed: 0,
    startAt: monday,
    wall: () => monday,
    switches: { pauseWhenDone: true },
  });
  const { account, clock, switches } = platform;
  const readings = new Map<string, Reading>();
  let suspicions: ReadonlyMap<string, Suspicion> = new Map();
  const believed = new Set<string>();
  let metadata = metadataOf(initMeta(account, switches));
  let metadataAt = clock.now();
  while (clock.now() < monday + day) {
    clock.advance(everyMs);
    settle(platform);
    const now = clock.now();
    // Someone starts one that is off, or pauses one that is on, now and then.
    for (const task of account.tasks.values()) {
      if (chance(seed, task.serial, Math.floor(now / everyMs), 7, 0) < everyMs / (6 * 60 * minute)) {
        setStarted(platform, task, !task.started && task.calls.done < task.calls.phones.length);
      }
    }
    // As the alerts have it renewed.
    if (now - metadataAt >= minute) {
      metadata = metadataOf(initMeta(account, switches));
      metadataAt = now;
    }
    for (const entity of listEntities(account, switches)) {
      const task = taskOf(entity, (text) => (text === null ? null : Date.parse(`${text.replace(' ', 'T')}+08:00`)));
      if (task === null) throw new Error('not a task');
      const redials = task.redialRule.redials ?? null;
      const quietHours = hours.get(task.quietHours.id) ?? null;
      readings.set(task.id, nextReading(readings.get(task.id) ?? null, task, now, { redials, quietHours }));
    }
    const all = [...readings.values()].filter(({ task, doubt }) => task.started && doubt === null);
    const around = {
      now,
      metadata,
      speed: 1,
      closedSince: null,
      onLine: (id: string) => all.filter(({ task }) => task.line.id === id),
      inQuietGroup: (id: string) => all.filter(({ task }) => task.quietHours.id === id),
    };
    const causes = all.flatMap((reading) =>
      causesNow(reading, around).map((cause) => ({ taskId: reading.task.id, cause })),
    );
    suspicions = suspect(suspicions, causes, { now, counts: true, metadataAt }, () => false);
    for (const [key, suspicion] of suspicions) {
      if (isCertain(suspicion, now)) believed.add(`${seed}: ${key} ${suspicion.cause.kind}`);
    }
  }
  expect([...account.tasks.values()].some(({ calls }) => calls.done > 100)).toBe(true);
  return [...believed];
}

test.each([
  [1, 20_000],
  [2, minute],
  [3, minute],
  [4, 30_000],
])('a healthy day %i, looked at every %i ms, gives no alert', (seed, everyMs) => {
  expect(dayOf(seed, everyMs)).toEqual([]);
});
