import { describe, expect, test } from '@jest/globals';
import type { DaySheet } from '../../../../src/core/model/day-sheet.ts';
import type { NoticeKind } from '../../../../src/core/model/notice.ts';
import type { Reading } from '../../../../src/core/model/reading.ts';
import type { NewRecordEntry } from '../../../../src/core/model/record-entry.ts';
import { createDays } from '../../../../src/core/time/days.ts';
import type { NewAct } from '../../../../src/core/watch/acts.ts';
import { goneReading, nextReading } from '../../../../src/core/watch/infer.ts';
import { createRecorder, explainedBy } from '../../../../src/core/watch/record.ts';
import { readingAfter } from '../../../../src/core/watch/record-action.ts';
import { type Look, t0, taskOf, tick } from '../../../support/core/looks.ts';

const days = createDays('Asia/Shanghai');
const recorder = createRecorder(days);
const minute = 60_000;

/** A task as its record knows it, look by look. t0 is 09:00 on January 5 in Shanghai. */
function course() {
  let reading: Reading | null = null;
  let now = t0;
  const entries: NewRecordEntry[] = [];
  const closed: DaySheet[] = [];
  const take = (after: Reading, known = new Set<NoticeKind>(), acts: NewAct[] = []): void => {
    const taken = recorder({ before: reading, after, known, acts });
    reading = { ...taken.reading, revision: (reading?.revision ?? 0) + 1, campaign: taken.reading.campaign ?? 1 };
    entries.push(...taken.record.entries);
    closed.push(...taken.record.closed);
  };
  return {
    entries,
    closed,
    said: () => entries.map(({ kind, person = null }) => [kind, person]),
    sheet: () => reading?.sheet ?? null,
    wait: (ms: number) => {
      now += ms;
    },
    look(look: Look, change: object = {}): void {
      now += tick;
      take(nextReading(reading, { ...taskOf(look), ...change }, now));
    },
    act(look: Look, action: NewAct['action'], person = 'U1'): void {
      now += tick;
      const act = { action, person, at: now };
      take(readingAfter(reading, taskOf(look), act), explainedBy(act), [act]);
    },
    gone(): void {
      now += tick;
      if (reading !== null) take(goneReading(reading, now));
    },
  };
}

describe('the record of a task', () => {
  test('counts the calls of a day by its hours, and what was dialing of it', () => {
    const task = course();
    for (const done of [0, 10, 20, 30]) task.look({ on: true, bar: [done, 100] });
    expect(task.sheet()).toMatchObject({ day: '2026-01-05', dialed: 30, dialingMs: 3 * tick, hours: [[9, 30]] });
    task.wait(60 * minute);
    task.look({ on: true, bar: [40, 100] });
    expect(task.sheet()).toMatchObject({
      dialed: 40,
      hours: [
        [9, 30],
        [10, 10],
      ],
    });
    expect(task.entries).toEqual([]);
  });

  test('hands a day over when the next one brings something, and not before', () => {
    const task = course();
    for (const done of [0, 10]) task.look({ on: true, bar: [done, 100] });
    task.look({ on: false, bar: [10, 100] });
    task.wait(24 * 60 * minute);
    task.look({ on: false, bar: [10, 100] });
    expect(task.closed).toEqual([]);
    task.look({ on: true, bar: [10, 100] });
    task.look({ on: true, bar: [15, 100] });
    expect(task.closed).toMatchObject([{ day: '2026-01-05', dialed: 10 }]);
    expect(task.sheet()).toMatchObject({ day: '2026-01-06', dialed: 5 });
  });

  test('hands the day of a deleted task over at once', () => {
    const task = course();
    for (const done of [0, 10]) task.look({ on: true, bar: [done, 100] });
    task.gone();
    expect(task.closed).toMatchObject([{ day: '2026-01-05', dialed: 10 }]);
    expect(task.sheet()).toBeNull();
    expect(task.said()).toEqual([['deleted', null]]);
  });

  test('says who did what, and what nobody did through Dialdeck', () => {
    const task = course();
    task.act({ on: false, bar: [0, 100] }, 'created');
    task.act({ on: true, bar: [0, 100] }, 'started', 'U2');
    task.look({ on: true, bar: [10, 100] });
    // A start of a moment ago is not undone by one look.
    task.look({ on: false, bar: [10, 100] });
    task.look({ on: false, bar: [10, 100] });
    // Neither has an effect.
    task.act({ on: false, bar: [10, 100] }, 'paused', 'U3');
    task.act({ on: false, bar: [10, 100] }, 'edited', 'U3');
    task.act({ on: false, bar: [10, 140] }, 'imported', 'U3');
    expect(task.said()).toEqual([
      ['created', 'U1'],
      ['started', 'U2'],
      ['paused', null],
      ['imported', 'U3'],
    ]);
  });

  test('says of an edit what it changed, whoever made it', () => {
    const task = course();
    task.look({ on: false, bar: [0, 100] });
    task.look({ on: false, bar: [0, 100] }, { concurrency: 9 });
    expect(task.entries).toMatchObject([{ kind: 'edited', changes: [{ field: 'concurrency', after: 9 }] }]);
  });

  test('tells a standstill, for how long it lasted, and that quiet hours may be the reason', () => {
    const task = course();
    for (const done of [0, 10, 20]) task.look({ on: true, bar: [done, 100] });
    for (let i = 0; i < 40; i += 1) {
      task.wait(minute - tick);
      task.look({ on: true, bar: [20, 100] });
    }
    expect(task.entries).toMatchObject([{ kind: 'stalled', unsure: true }]);
    expect(task.sheet()).toMatchObject({ stalls: 1, unsureStalls: 1, stalledMs: 0 });
    task.wait(minute - tick);
    task.look({ on: true, bar: [21, 100] });
    expect(task.entries.at(-1)).toMatchObject({ kind: 'moving', ms: 41 * minute });
    expect(task.sheet()).toMatchObject({ dialed: 21, stalledMs: 41 * minute });
  });

  test('takes back an end that was none', () => {
    const task = course();
    for (const done of [0, 100, 100, 100])
      task.look({ on: true, bar: [done, 100] }, { redialRule: { id: '', name: null, redials: false } });
    expect(task.sheet()).toMatchObject({ finished: 1, takenBack: 0 });
    for (const done of [90, 90, 95])
      task.look({ on: true, bar: [done, 100] }, { redialRule: { id: '', name: null, redials: false } });
    expect(task.said().map(([kind]) => kind)).toEqual(['finished', 'not_finished']);
    expect(task.sheet()).toMatchObject({ finished: 1, takenBack: 1 });
  });
});
