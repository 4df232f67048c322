import { expect, test } from '@jest/globals';
import { isCertain, type Suspicion, suspect } from '../../../../src/core/alerts/belief.ts';
import type { Cause } from '../../../../src/core/alerts/causes.ts';
import { decide } from '../../../../src/core/alerts/decide.ts';
import { type Alert, type AlertKind, alert } from '../../../../src/core/model/alert.ts';

const tick = 20_000;
const lasting = 150_000;
const line = { id: 'line-1', name: 'Line 1' };

function causeOf(kind: AlertKind, facts: object = {}, more: Partial<Cause> = {}): Cause {
  const known = alert.parse({
    id: '',
    taskId: 'a',
    taskName: 'A',
    kind,
    facts: { line, ...facts },
    since: 0,
    begunAt: 0,
  });
  return { kind, source: 'list', since: null, lasting, facts: known.facts, ...more };
}

/** What is suspected after each of these looks, one tick apart. */
function seriesOf(causes: readonly Cause[]): { suspicion: Suspicion | undefined; now: number }[] {
  let suspicions = new Map<string, Suspicion>();
  return causes.map((cause, i) => {
    const now = i * tick;
    suspicions = suspect(suspicions, [{ taskId: 'a', cause }], { now, counts: true, metadataAt: null }, () => false);
    return { suspicion: [...suspicions.values()][0], now };
  });
}
const isBelieved = (causes: readonly Cause[]): boolean =>
  seriesOf(causes).some(({ suspicion, now }) => suspicion !== undefined && isCertain(suspicion, now));

const times = (count: number, cause: Cause): Cause[] => Array<Cause>(count).fill(cause);

test('a standstill that looks now like one kind and now like another is one all the same', () => {
  const turns = [0, 1, 2].flatMap(() => [...times(5, causeOf('stalled')), ...times(3, causeOf('line_dead'))]);
  expect(isBelieved(turns)).toBe(true);
  expect(isBelieved(times(7, causeOf('stalled')))).toBe(false);
});

test('how long a pace was low says nothing of how long there were no calls', () => {
  const slow = causeOf('slowed', { perMinute: 1, ownPerMinute: 20 }, { lasting: 0 });
  expect(isBelieved([slow])).toBe(false);
  const turned = seriesOf([...times(20, slow), ...times(7, causeOf('stalled'))]).at(-1);
  expect(turned?.suspicion && isCertain(turned.suspicion, turned.now)).toBe(false);
});

test('who holds a line is said anew when the task that held most of it no longer does', () => {
  const holder = (id: string) => ({ id, name: id, concurrency: 5 });
  const full = (...ids: string[]): Cause => causeOf('line_full', { holders: ids.map(holder) }, { lasting: 0 });
  const known: Alert = alert.parse({ ...full('b', 'c'), id: 'x', taskId: 'a', taskName: 'A', since: 0, begunAt: 0 });
  const after = (causes: readonly Cause[]): string[] => {
    const { suspicion, now } = seriesOf(causes).at(-1) ?? {};
    if (suspicion === undefined || now === undefined) return [];
    return decide({
      alerts: [known],
      suspicions: new Map([['a standstill line-1', suspicion]]),
      missed: new Map(),
      readingOf: () => null,
      metadata: null,
      look: { now, counts: true, metadataAt: null },
      newId: () => 'new',
    }).changed.flatMap(({ facts }) => facts.holders.map(({ id }) => id));
  };
  expect(after(times(5, full('b', 'c')))).toEqual([]);
  expect(after(times(5, full('c', 'b')))).toEqual([]);
  // One look proves nothing.
  expect(after([...times(5, full('b', 'c')), full('d')])).toEqual([]);
  expect(after([...times(5, full('b', 'c')), ...times(2, full('d'))])).toEqual(['d']);
});
