import { describe, expect, test } from '@jest/globals';
import type { Reading } from '../../../../src/core/model/reading.ts';
import { cardHash, cardOf } from '../../../../src/core/watch/card.ts';
import { goneReading, nextReading } from '../../../../src/core/watch/infer.ts';
import { readingAfter } from '../../../../src/core/watch/record-action.ts';
import { type Look, lastOf, t0, taskOf, tick } from '../../../support/core/looks.ts';

const on = (done: number, total: number): Look => ({ on: true, bar: [done, total] });
const off = (done: number, total: number): Look => ({ on: false, bar: [done, total] });

describe('the evidence of a card', () => {
  test.each([
    ['draft', [off(0, 0)], { kind: 'no_numbers' }],
    ['never started', [off(0, 10)], { kind: 'never_started' }],
    ['paused before we looked', [off(4, 10)], { kind: 'switched_off' }],
    ['paused', [on(4, 10), off(4, 10)], { kind: 'switched_off' }],
    ['just started', [off(0, 10), on(0, 10), on(0, 10)], { kind: 'just_started', at: t0 + tick }],
    ['moved', [on(0, 10), on(4, 10), on(4, 10)], { kind: 'moved', at: t0 + tick }],
    ['moved in an earlier run', [on(0, 9), on(4, 9), off(4, 9), on(4, 9)], { kind: 'just_started', at: t0 + 3 * tick }],
    ['on without numbers', [on(0, 0)], { kind: 'no_numbers' }],
    ['finished', [on(9, 9), on(9, 9)], { kind: 'all_dialed', unsure: 'Twice' }],
    ['finished and off', [off(9, 9), off(9, 9)], { kind: 'all_dialed', unsure: null }],
    ['on without figures', [{ on: true, bar: null }], { kind: 'no_progress_source' }],
  ] as [string, Look[], unknown][])('%s', (_title, looks, expected) => {
    expect(cardOf(lastOf(looks), null).evidence).toEqual(expected);
  });

  const minute = 60_000;
  test.each([
    ['waiting', [on(0, 9), on(4, 9), on(4, 9), on(4, 9), on(4, 9)], { kind: 'not_moved', since: t0 + minute }],
    ['waiting from the start', [on(4, 9), on(4, 9), on(4, 9), on(4, 9)], { kind: 'not_moved', since: t0 }],
  ])('%s, minute by minute', (_title, looks, expected) => {
    expect(cardOf(lastOf(looks, minute), null).evidence).toEqual(expected);
  });

  test('gone', () => {
    expect(cardOf(goneReading(lastOf([on(1, 2)]), t0 + tick), null).evidence).toEqual({
      kind: 'absent',
      at: t0 + tick,
    });
  });
});

describe('rate and end', () => {
  test('from the start of the run to the last movement', () => {
    const card = cardOf(lastOf([on(10, 100), on(20, 100), on(40, 100)]), null);
    expect(card.ratePerMinute).toBe(45);
    expect(card.endsAt).toBe(t0 + 2 * tick + 80_000);
  });

  test('none before anything moved, nor when only the total did', () => {
    expect(cardOf(lastOf([on(10, 100), on(10, 100)]), null)).toMatchObject({ ratePerMinute: null, endsAt: null });
    expect(cardOf(lastOf([on(10, 100), on(10, 200)]), null)).toMatchObject({ ratePerMinute: null, endsAt: null });
  });

  test('no end while waiting, neither while paused', () => {
    const waiting = cardOf(lastOf([on(0, 9), on(4, 9), on(4, 9), on(4, 9), on(4, 9)], 60_000), null);
    expect(waiting).toMatchObject({ state: 'waiting', ratePerMinute: 4, endsAt: null });
    const paused = cardOf(lastOf([on(0, 9), on(4, 9), off(4, 9)]), null);
    expect(paused).toMatchObject({ state: 'paused', ratePerMinute: null, endsAt: null });
  });

  test('a finished run keeps its average', () => {
    expect(cardOf(lastOf([on(0, 9), on(9, 9), on(9, 9)]), null)).toMatchObject({ ratePerMinute: 27, endsAt: null });
  });
});

describe('the hash of a card', () => {
  const before = lastOf([on(0, 100), on(10, 100)]);
  const hash = cardHash(cardOf(before, null));

  test('stays while nothing moves, whenever it is made', () => {
    const still = nextReading(before, taskOf(on(10, 100)), t0 + 5 * tick);
    expect(still.takenAt).not.toBe(before.takenAt);
    expect(cardHash(cardOf(still, null))).toBe(hash);
  });

  test('stays when the platform touches what no card shows', () => {
    const task = { ...before.task, alteredAt: t0 + 1, line: { ...before.task.line, used: 7 } };
    expect(cardHash(cardOf({ ...before, task }, null))).toBe(hash);
  });

  test('does not depend on the order of keys, which a store may change', () => {
    const { name, id, ...rest } = before.task;
    expect(cardHash(cardOf({ ...before, task: { ...rest, id, name } }, null))).toBe(hash);
  });

  test.each([
    ['movement', cardOf(nextReading(before, taskOf(on(11, 100)), t0 + 2 * tick), null)],
    ['a pause', cardOf(nextReading(before, taskOf(off(10, 100)), t0 + 2 * tick), null)],
    ['a new name', cardOf({ ...before, task: { ...before.task, name: 'Other' } }, null)],
    ['another line', cardOf({ ...before, task: { ...before.task, line: { ...before.task.line, name: 'B' } } }, null)],
    ['the platform out of reach', cardOf(before, t0 + tick)],
    [
      'who acted',
      cardOf(readingAfter(before, before.task, { person: 'U1', action: 'edited', at: t0 + 2 * tick }), null),
    ],
  ])('changes with %s', (_title, card) => {
    expect(cardHash(card)).not.toBe(hash);
  });

  describe('changes with what the time alone makes untrue', () => {
    const hour = 3_600_000;
    const hashAt = (takenAt: number, change: Partial<Reading> = {}): string =>
      cardHash(cardOf({ ...before, ...change, takenAt }, null));

    test('a line that is about to expire, and one that has', () => {
      const expiresAt = t0 + 8 * 24 * hour;
      const task = { ...before.task, line: { ...before.task.line, expiresAt } };
      const hashes = [0.9, 1.1, 7.9, 8].map((days) => hashAt(t0 + days * 24 * hour, { task }));
      expect(hashes[1]).toBe(hashes[2]);
      expect(new Set(hashes).size).toBe(3);
      const renewed = { ...task, line: { ...task.line, expiresAt: expiresAt + 24 * hour } };
      expect(hashAt(t0 + 2 * 24 * hour, { task: renewed })).not.toBe(hashAt(t0 + 2 * 24 * hour, { task }));
    });

    test('a time that was of today', () => {
      const acts = [{ person: 'U1', action: 'paused' as const, at: t0, count: null }];
      expect(hashAt(t0 + 11 * hour, { acts })).toBe(hashAt(t0 + hour, { acts }));
      expect(hashAt(t0 + 13 * hour, { acts })).not.toBe(hashAt(t0 + hour, { acts }));
    });
  });
});
