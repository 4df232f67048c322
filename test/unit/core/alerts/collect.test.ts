import { describe, expect, test } from '@jest/globals';
import { collect } from '../../../../src/core/alerts/collect.ts';
import { type Alert, type AlertKind, type AlertPost, alert, alertKinds } from '../../../../src/core/model/alert.ts';

const minute = 60_000;
const alertOf = (id: string, kind: AlertKind): Alert =>
  alert.parse({ id, taskId: id, taskName: id, kind, facts: {}, since: 0, begunAt: 0 });
const posted = (id: string, createdAt: number, shows: Alert): AlertPost => ({
  id,
  channel: 'C1',
  alerts: [shows.id],
  mentions: ['U1'],
  createdAt,
  version: 1,
  shown: 1,
  ref: `${id}.1`,
  lost: false,
  direct: false,
  closedAt: null,
});

/** The message that a new alert of one kind is shown in, when others were posted about `earlier`, each with its age. */
function messageOf(kind: AlertKind, earlier: readonly [kind: AlertKind, ageMs: number][], unposted = false): string {
  const shown = earlier.map(([earlierKind], i) => alertOf(`a${i}`, earlierKind));
  const posts = shown.map((one, i) => {
    const post = posted(`p${i}`, 100 * minute - (earlier[i]?.[1] ?? 0), one);
    return unposted ? { ...post, shown: 0 } : post;
  });
  const { alerts } = collect({
    posts,
    routed: [
      { alert: alertOf('new', kind), destinations: [{ channel: 'C1', mentions: ['U1'], instead: [], direct: false }] },
    ],
    changed: [],
    isOpen: () => true,
    alertOf: (id) => shown.find((one) => one.id === id) ?? null,
    now: 100 * minute,
    newId: () => 'own',
  });
  return alerts[0]?.posts.join() ?? '';
}

describe('what goes wrong soon after something else', () => {
  test.each<[AlertKind, AlertKind, string]>([
    ['left_on', 'left_on', 'p0'],
    ['rule_off', 'line_dead', 'p0'],
    ['stalled', 'line_dead', 'p0'],
    ['line_dead', 'left_on', 'own'],
    ['stalled', 'line_expiring', 'own'],
    ['script_deleted', 'script_debug', 'own'],
    ['platform_down', 'rule_off', 'own'],
  ])('%s after %s: shown in %s', (kind, before, message) => {
    expect(messageOf(kind, [[before, 2 * minute]])).toBe(message);
  });

  test('joins a message that is yet to be posted, whatever it is about', () => {
    for (const kind of alertKinds) expect(messageOf(kind, [['left_on', minute]], true)).toBe('p0');
  });

  test('when messages come densely it joins the newest, unless that would hide it', () => {
    const dense: [AlertKind, number][] = [
      ['left_on', 9 * minute],
      ['left_on', 8 * minute],
      ['left_on', 6 * minute],
    ];
    expect(messageOf('rule_off', dense)).toBe('p2');
    expect(messageOf('line_dead', dense)).toBe('own');
    expect(messageOf('line_dead', [...dense, ['stalled', 5.5 * minute]])).toBe('p3');
  });

  test('later it gets a message of its own', () => {
    expect(messageOf('left_on', [['left_on', 6 * minute]])).toBe('own');
  });
});
