import { describe, expect, test } from '@jest/globals';
import { type Cause, causesNow, leftOnMs, type Surroundings } from '../../../../src/core/alerts/causes.ts';
import { persists } from '../../../../src/core/alerts/persistence.ts';
import { type AlertKind, alert, alertKinds } from '../../../../src/core/model/alert.ts';
import type { Metadata } from '../../../../src/core/model/metadata.ts';
import type { Reading } from '../../../../src/core/model/reading.ts';
import type { Task } from '../../../../src/core/model/task.ts';
import { sampleNow, sampleTask } from '../../../support/samples.ts';
import { reading } from '../../../support/store/samples.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

const metadata: Metadata = {
  lines: [{ id: 'line-1', name: 'Line 1', free: 4, total: 10, callerNumber: null }],
  scripts: [{ id: '297', name: 'Renewal v3', debug: false, deleted: false }],
  quietHours: [],
  redialRules: [{ id: '103', name: 'Twice a day', remark: null, enabled: true }],
  agentGroups: [{ id: '21', name: 'Group', lineId: 'line-1', enabled: true }],
};

/** A task that is on and was called a moment ago. */
function calling(change: Partial<Task> = {}, more: Partial<Reading> = {}): Reading {
  return {
    ...reading('task-1', sampleNow),
    task: sampleTask({ id: 'task-1', started: true, ...change }),
    state: 'dialing',
    movedAt: sampleNow - 20_000,
    startedAt: sampleNow - 60 * minute,
    quietKnown: true,
    redials: false,
    ...more,
  };
}
const still = (change: Partial<Task> = {}, more: Partial<Reading> = {}): Reading =>
  calling(change, { state: 'waiting', movedAt: sampleNow - 10 * minute, stillPolls: 30, ...more });

function causesOf(one: Reading, others: readonly Reading[] = [], around: Partial<Surroundings> = {}): Cause[] {
  const all = [one, ...others];
  return causesNow(one, {
    now: sampleNow,
    metadata,
    onLine: (id) => all.filter(({ task }) => task.line.id === id),
    inQuietGroup: (id) => all.filter(({ task }) => task.quietHours.id === id),
    speed: 1,
    closedSince: null,
    ...around,
  });
}
const kindsOf = (...given: Parameters<typeof causesOf>): string[] => causesOf(...given).map(({ kind }) => kind);

const other = (id: string, change: Partial<Task> = {}, more: Partial<Reading> = {}): Reading =>
  calling({ id, ...change }, more);

describe('a healthy task', () => {
  test.each([
    ['that is called', calling()],
    [
      'that is off, whatever is wrong with it',
      calling({ started: false, line: { ...sampleTask().line, id: 'nowhere' } }),
    ],
    ['that is deleted', still({}, { state: 'gone' })],
    ['without figures', still({ progress: null }, { state: 'dialing' })],
    ['without numbers', still({ progress: { total: 0, done: 0, source: 'endpoint' } })],
    ['in its quiet hours', still({}, { quietUntil: sampleNow + minute })],
    ['whose quiet hours nobody knows', still({}, { quietKnown: false })],
    ['that waits for redials', still({}, { state: 'awaiting_redial' })],
    [
      'that finished long ago, and may redial',
      calling({}, { state: 'finished', redials: true, takenAt: sampleNow - day }),
    ],
    ['that has just finished', calling({}, { state: 'finished', fullSince: sampleNow })],
  ])('%s has none', (_, one) => {
    expect(kindsOf(one)).toEqual([]);
  });

  test('has none while the metadata are not known, or came empty', () => {
    const task = { line: { ...sampleTask().line, id: 'nowhere' }, agentGroup: { id: '99', name: null } };
    const empty = { lines: [], scripts: [], quietHours: [], redialRules: [], agentGroups: [] };
    expect(kindsOf(calling(task), [], { metadata: null })).toEqual([]);
    expect(kindsOf(calling(task), [], { metadata: empty })).toEqual([]);
    expect(kindsOf(calling(task))).toEqual(['line_gone', 'group_unusable']);
  });
});

describe('a standstill', () => {
  const moving = other('task-2', { concurrency: 1 });

  test('is that of the task while others on its line are called', () => {
    expect(kindsOf(still(), [moving])).toEqual(['stalled']);
    expect(kindsOf(still())).toEqual(['stalled']);
  });

  test('is that of the line when others could be called, too, and are not', () => {
    const silent = (more: Partial<Reading>) => [other('task-2', {}, { movedAt: sampleNow - 9 * minute, ...more })];
    expect(kindsOf(still(), silent({}))).toEqual(['line_dead']);
    expect(kindsOf(still(), silent({ quietUntil: sampleNow + minute }))).toEqual(['stalled']);
    expect(
      kindsOf(
        still(),
        silent({
          quietKnown: false,
          task: sampleTask({ id: 'task-2', started: true, quietHours: { id: 'other', name: null } }),
        }),
      ),
    ).toEqual(['stalled']);
    expect(kindsOf(still(), [moving, ...silent({})])).toEqual(['stalled']);
  });

  test('is that of the line when it offers nothing although it is not in use', () => {
    const none = { ...metadata, lines: metadata.lines.map((line) => ({ ...line, free: 0 })) };
    expect(kindsOf(still({ line: { ...sampleTask().line, used: 4 } }), [], { metadata: none })).toEqual(['line_dead']);
    // In use to the last call by others: it is full, and not dead.
    expect(kindsOf(still({ line: { ...sampleTask().line, used: 14 } }), [], { metadata: none })).toEqual(['line_full']);
  });

  test('is not blamed on a line of which nobody knows how much is in use', () => {
    const none = { ...metadata, lines: metadata.lines.map((line) => ({ ...line, free: 0 })) };
    const unknown = { line: { ...sampleTask().line, used: null } };
    expect(kindsOf(still(unknown), [], { metadata: none })).toEqual(['stalled']);
  });

  test('is none while calls are to be waited for after a change of what decides the pace', () => {
    const tally = {
      since: sampleNow - 70 * minute,
      doneBefore: 0,
      dialed: 0,
      dialingMs: 0,
      pace: [[0, 0]] as [number, number][],
      settings: [0, 0] as [number, number],
      countedTo: null,
      endedAt: null,
    };
    expect(kindsOf(still({}, { tally: { ...tally, adjustedAt: sampleNow - minute } }))).toEqual([]);
    expect(kindsOf(still({}, { tally: { ...tally, adjustedAt: sampleNow - 9 * minute } }))).toEqual(['stalled']);
  });

  test('is that of those who hold the line when they leave nothing of it', () => {
    expect(kindsOf(still(), [other('task-2', { concurrency: 10 })])).toEqual(['line_full']);
    expect(kindsOf(still(), [other('task-2', { concurrency: 9 })])).toEqual(['stalled']);
    expect(kindsOf(still(), [other('task-2', { concurrency: 10, started: false })])).toEqual(['stalled']);
  });

  test('has only those who make calls as holders of a full line, and says what is held outside of the account', () => {
    const quiet = { movedAt: sampleNow - 9 * minute };
    const used = (calls: number) => ({ line: { ...sampleTask().line, used: calls } });
    const held = (one: Reading, others: Reading[]) =>
      causesOf(one, others).map(({ kind, facts }) => [kind, facts.holders.map(({ id }) => id), facts.outside]);
    // Both stand still on a line that other accounts fill: neither is in the way of the other.
    expect(held(still(used(40)), [other('task-2', { concurrency: 6 }, quiet)])).toEqual([['line_full', [], 30]]);
    const both = [other('task-2', { concurrency: 10 }, quiet), other('task-3', { concurrency: 4 })];
    expect(held(still(), both)).toEqual([['stalled', ['task-3'], 0]]);
    expect(held(still(used(30)), both)).toEqual([['line_full', ['task-3'], 12]]);
  });

  test('counts where the quiet hours are not known while others with the same hours are called, and must last', () => {
    const unknown = { quietKnown: false };
    const others = (ms: number) => [other('task-2', { concurrency: 1 }, { ...unknown, movedAt: sampleNow - ms })];
    expect(kindsOf(still({}, unknown), others(20_000))).toEqual(['stalled']);
    expect(kindsOf(still({}, unknown), others(3 * minute))).toEqual([]);
    // Its limit again, and the time in which the last calls before quiet hours end.
    expect(causesOf(still({}, unknown), others(20_000))[0]?.lasting).toBe(165_000 + 150_000);
    expect(causesOf(still({}, { redials: null }))[0]?.lasting).toBe(150_000);
    expect(causesOf(still())[0]?.lasting).toBe(0);
  });

  test('is explained by a line or a script that is gone', () => {
    const script = { id: '297', name: 'Renewal v3', debug: false, deleted: true };
    expect(kindsOf(still({ script }))).toEqual(['script_deleted']);
    expect(kindsOf(still({ line: { ...sampleTask().line, id: 'nowhere' } }))).toEqual(['line_gone']);
    expect(kindsOf(still({ line: { ...sampleTask().line, expiresAt: sampleNow - 1 } }))).toEqual(['line_expired']);
    expect(kindsOf(still({ line: { ...sampleTask().line, expiresAt: sampleNow + day } }))).toEqual([
      'stalled',
      'line_expiring',
    ]);
  });
});

describe('a pace', () => {
  /** A task that made 20 calls a minute for an hour, and `calls` in the ten minutes since. */
  const slow = (calls: number, change: Partial<Task> = {}, more: Partial<Reading> = {}): Reading => {
    const tally = {
      since: sampleNow - 70 * minute,
      doneBefore: 0,
      dialed: 1_200 + calls,
      dialingMs: 70 * minute,
      pace: [
        [60 * minute, 1_200],
        [70 * minute, 1_200 + calls],
      ] as [number, number][],
      settings: [0, 0] as [number, number],
      adjustedAt: null,
      countedTo: sampleNow,
      endedAt: null,
    };
    return calling(change, { tally, ...more });
  };

  test('has collapsed below a quarter of its own', () => {
    expect(kindsOf(slow(49))).toEqual(['slowed']);
    expect(kindsOf(slow(51))).toEqual([]);
  });

  test('counts as that of a full line where others take their share', () => {
    expect(kindsOf(slow(10), [other('task-2', { concurrency: 7 })])).toEqual(['line_full']);
    expect(kindsOf(slow(10), [other('task-2', { concurrency: 6 })])).toEqual(['slowed']);
  });

  test('is not compared where the figures hide calls, near the end, or after a change of what decides it', () => {
    const settings = [58 * minute, 1_160] as [number, number];
    const changed = slow(10);
    expect(kindsOf(slow(10, {}, { redials: true }))).toEqual([]);
    expect(kindsOf(slow(10, {}, { redials: null }))).toEqual([]);
    expect(kindsOf(slow(10, { progress: { total: 5_101, done: 5_093, source: 'endpoint' } }))).toEqual([]);
    if (changed.tally === null) throw new Error('no tally');
    expect(kindsOf({ ...changed, tally: { ...changed.tally, settings } })).toEqual([]);
  });
});

test('the script, the rule, the group and the line are judged by what is known of them', () => {
  const off = { ...metadata, redialRules: [{ id: '103', name: 'Twice a day', remark: null, enabled: false }] };
  const disabled = { ...metadata, agentGroups: [{ id: '21', name: 'Group', lineId: null, enabled: true }] };
  const debug = { ...metadata, scripts: [{ id: '297', name: 'Renewal v3', debug: true, deleted: false }] };
  expect(kindsOf(calling(), [], { metadata: off })).toEqual(['rule_off']);
  expect(kindsOf(calling({ agentGroup: { id: '21', name: null } }), [], { metadata: disabled })).toEqual([
    'group_unusable',
  ]);
  expect(kindsOf(calling({ agentGroup: { id: '21', name: null } }))).toEqual([]);
  expect(kindsOf(calling(), [], { metadata: debug })).toEqual(['script_debug']);
  const line = sampleTask().line;
  expect(kindsOf(calling({ line: { ...line, expiresAt: sampleNow + 8 * day } }))).toEqual([]);
  expect(kindsOf(calling({ line: { ...line, expiresAt: sampleNow + 6 * day } }))).toEqual(['line_expiring']);
  expect(kindsOf(calling({ line: { ...line, expiresAt: sampleNow } }))).toEqual(['line_expired']);
});

test('a task that finished and is still on is an oversight after a while', () => {
  const finished = (ms: number): Reading => {
    const one = calling({}, { state: 'finished' });
    return {
      ...one,
      tally: {
        since: 0,
        doneBefore: 0,
        dialed: 9,
        dialingMs: 9,
        pace: [[0, 0]],
        settings: [0, 0],
        adjustedAt: null,
        countedTo: null,
        endedAt: sampleNow - ms,
      },
    };
  };
  expect(kindsOf(finished(leftOnMs - 1))).toEqual([]);
  expect(kindsOf(finished(leftOnMs))).toEqual(['left_on']);
  expect(kindsOf(finished(leftOnMs / 10), [], { speed: 10 })).toEqual(['left_on']);
});

describe('an alert whose cause no longer shows as it did', () => {
  const begunAt = sampleNow - 5 * minute;
  const { line } = sampleTask();
  const holds = (kind: AlertKind, one: Reading): boolean =>
    persists(
      alert.parse({
        id: 'a',
        taskId: 'task-1',
        taskName: 'Spring',
        kind,
        facts: { line: { id: line.id, name: line.name ?? '' } },
        since: begunAt,
        begunAt,
      }),
      one,
      metadata,
    );

  test.each<AlertKind>(['stalled', 'line_dead', 'line_full'])(
    '%s holds until a call comes or something was done',
    (kind) => {
      expect(holds(kind, still())).toBe(true);
      expect(holds(kind, still({}, { movedAt: sampleNow - minute }))).toBe(false);
      expect(holds(kind, calling())).toBe(false);
      expect(holds(kind, still({}, { quietUntil: sampleNow + minute }))).toBe(false);
      expect(holds(kind, still({ started: false }))).toBe(false);
      expect(holds(kind, still({ line: { ...line, id: 'another' } }))).toBe(false);
      const edited = { person: 'U1', name: null, action: 'edited', at: sampleNow - minute, count: null } as const;
      expect(holds(kind, still({}, { actor: edited }))).toBe(false);
    },
  );

  test('nothing holds of a task that was deleted or has finished', () => {
    const expired = { line: { ...line, expiresAt: sampleNow - 1 } };
    for (const state of ['gone', 'finished'] as const) {
      for (const kind of alertKinds) expect(holds(kind, calling(expired, { state }))).toBe(false);
    }
  });

  test('a line that has expired was not renewed', () => {
    expect(holds('line_expiring', calling({ line: { ...line, expiresAt: sampleNow - 1 } }))).toBe(true);
    expect(holds('line_expiring', calling({ line: { ...line, expiresAt: sampleNow + 300 * day } }))).toBe(false);
  });
});
