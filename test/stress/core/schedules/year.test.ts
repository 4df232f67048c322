import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SchedulePlan } from '../../../../src/core/model/schedule.ts';
import { createCalendar, type ScheduleCalendar } from '../../../../src/core/schedules/calendar.ts';
import type { Store } from '../../../../src/store/store.ts';
import { chineseWorkingDays } from '../../../../src/working-days.ts';
import { samplePlan } from '../../../support/every-schedule-view.ts';
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts';
import {
  china,
  createBot,
  createFakePlatform,
  type FakePlatform,
  putSchedule,
} from '../../../support/schedules/rig.ts';
import { makeDatabase, type TestDatabase } from '../../../support/store/databases.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** Written down by hand: what the State Council has announced for 2026. */
const holidays2026 = [
  ...['01-01', '01-02', '01-03'],
  ...['02-15', '02-16', '02-17', '02-18', '02-19', '02-20', '02-21', '02-22', '02-23'],
  ...['04-04', '04-05', '04-06'],
  ...['05-01', '05-02', '05-03', '05-04', '05-05'],
  ...['06-19', '06-20', '06-21'],
  ...['09-25', '09-26', '09-27'],
  ...['10-01', '10-02', '10-03', '10-04', '10-05', '10-06', '10-07'],
];
const madeUp2026 = ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'];

const days2026 = Array.from({ length: 365 }, (_, i) => new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10));
const worksOn = (text: string): boolean => {
  if (madeUp2026.includes(text.slice(5))) return true;
  const weekday = new Date(`${text}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays2026.includes(text.slice(5));
};

let database: TestDatabase;
let clock: ManualClock;
let platform: FakePlatform;
beforeEach(async () => {
  database = await makeDatabase('sqlite');
  platform = createFakePlatform('t1');
});
afterEach(() => database.drop());

const setTo = (instant: number): void => clock.set(instant - clock.now());
const timesSent = (calendar: ScheduleCalendar = china): string[] =>
  platform.sent.map(({ action, at }) => `${new Date(calendar.shows(at)).toISOString().slice(0, 16)} ${action}`);

/** The year, minute by minute where anything might happen: two bots look at each of them, in turns. */
async function liveThrough(bots: readonly { tick(): Promise<void> }[], instants: readonly number[]): Promise<void> {
  let first = 0;
  for (const instant of instants) {
    setTo(instant);
    const order = first % 2 === 0 ? bots : bots.toReversed();
    await Promise.all(order.map((bot) => bot.tick()));
    first += 1;
  }
}

describe('the year 2026', () => {
  test('every start and pause comes at its minute, on the working days of China, once, with two bots, restarts and clocks set back', async () => {
    clock = createManualClock(Date.parse('2026-01-01T00:00:00+08:00'));
    const stores: Store[] = [await database.open(clock, 'a'), await database.open(clock, 'b')];
    const [a, b] = stores;
    if (a === undefined || b === undefined) throw new Error('no store');
    await putSchedule(a, { taskId: 't1', plan: samplePlan(), at: clock.now() });
    let bots = [createBot({ platform, store: a, clock }), createBot({ platform, store: b, clock })];
    const looked = ['00:00', '08:59', '09:00', '12:00', '13:30', '18:00'];
    for (const [i, each] of days2026.entries()) {
      const instants = looked.map((time) => Date.parse(`${each}T${time}:00+08:00`));
      await liveThrough(bots, instants);
      // Set back after the last moment of the day: nothing is repeated.
      if (i % 9 === 0) await liveThrough(bots, [(instants[5] ?? 0) - 10 * 60 * minute, (instants[5] ?? 0) - minute]);
      // Both were restarted.
      if (i % 20 === 0) bots = [createBot({ platform, store: a, clock }), createBot({ platform, store: b, clock })];
    }
    const expected = days2026
      .filter(worksOn)
      .flatMap((each) => [`${each}T09:00 start`, `${each}T12:00 pause`, `${each}T13:30 start`, `${each}T18:00 pause`]);
    expect(expected).toHaveLength(4 * 248);
    expect(timesSent()).toEqual(expected);
    const announced = await database.sql(`select count(distinct key) as keys from outbox`);
    expect(announced).toEqual([{ keys: 0 }]);
  }, 300_000);

  test('in a zone whose clocks change, at the stated minute', async () => {
    const zone = createCalendar('America/New_York', chineseWorkingDays());
    const plan: SchedulePlan = samplePlan({
      days: { kind: 'every' },
      times: [{ from: 2 * 60 + 30, until: 3 * 60 + 30 }],
    });
    clock = createManualClock(zone.instantOf(Date.UTC(2026, 0, 1)));
    const store = await database.open(clock, 'a');
    await putSchedule(store, { taskId: 't1', plan, at: clock.now(), calendar: zone });
    const bot = createBot({ platform, store, clock, calendar: zone });
    for (const each of days2026.filter((text) => /-(03|10|11)-/.test(text))) {
      const midnight = zone.instantOf(Date.parse(`${each}T00:00:00Z`));
      const instants = Array.from({ length: 11 }, (_, i) => midnight + i * 30 * minute);
      await liveThrough([bot], instants);
    }
    const sent = timesSent(zone);
    // The schedule also existed in the months that nobody looked at: of those, the last pause is made up for.
    const ordinary = sent.filter((text) => !text.startsWith('2026-03-08') && /T0[23]:30/.test(text));
    expect(sent.filter((text) => text.startsWith('2026-03-08'))).toEqual([
      '2026-03-08T03:00 start',
      '2026-03-08T03:30 pause',
    ]);
    expect(sent.filter((text) => text.startsWith('2026-11-01'))).toEqual([
      '2026-11-01T02:30 start',
      '2026-11-01T03:30 pause',
    ]);
    expect(new Set(sent).size).toBe(sent.length);
    expect(ordinary.filter((text) => text.endsWith('start'))).toHaveLength(31 - 1 + 31 + 30);
  }, 120_000);

  test('what passes while no bot runs is missed by its policy, and a clock that was a year ahead ends nothing', async () => {
    clock = createManualClock(Date.parse('2026-03-02T08:00:00+08:00'));
    const store = await database.open(clock, 'a');
    const plan = samplePlan({ missed: { kind: 'late', minutes: 30 } });
    await putSchedule(store, { taskId: 't1', plan, at: clock.now() });
    const bot = createBot({ platform, store, clock });
    const at = (text: string): number => Date.parse(`${text}:00+08:00`);
    await liveThrough([bot], [at('2026-03-02T09:29')]);
    // A week without a bot: the last pause is made up for, the starts are not.
    await liveThrough([bot], [at('2026-03-09T20:00'), at('2026-03-10T09:00')]);
    expect(timesSent()).toEqual(['2026-03-02T09:29 start', '2026-03-09T20:00 pause', '2026-03-10T09:00 start']);
    // Set a year ahead, and back.
    await liveThrough([bot], [at('2027-03-10T23:00'), at('2026-03-10T10:00'), at('2026-03-10T12:00')]);
    await liveThrough([bot], [at('2026-03-10T13:30'), at('2026-03-10T18:00')]);
    expect(timesSent().slice(3)).toEqual([
      '2027-03-10T23:00 pause',
      '2026-03-10T13:30 start',
      '2026-03-10T18:00 pause',
    ]);
  }, 60_000);
});

void day;
