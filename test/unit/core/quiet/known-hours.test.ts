import { expect, test } from '@jest/globals';
import { daysOfWeek, type QuietHours } from '../../../../src/core/model/quiet-hours.ts';
import { createKnownHours } from '../../../../src/core/quiet/known-hours.ts';
import { intervalAt } from '../../../../src/core/watch/intervals.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** 23 November 2026, 12:30 in Shanghai. */
const noon = Date.UTC(2026, 10, 23, 4, 30);
const zone = 'Asia/Shanghai';

const lunch = (groupId: string, until = 13 * 60): QuietHours => ({
  groupId,
  windows: [{ days: [...daysOfWeek], from: 12 * 60, until }],
  person: 'U1',
  at: noon,
});

function storeOf(...entered: QuietHours[]) {
  let stored = entered;
  return {
    quietHours: async () => structuredClone(stored),
    enter: (...hours: QuietHours[]) => {
      stored = hours;
    },
  };
}

test('are those of the store when they were last read, around the time that is asked for', async () => {
  const store = storeOf(lunch('a'));
  const known = createKnownHours({ store, zone });
  expect([known.of('a'), known.around('a', noon)]).toEqual([null, null]);
  await known.refresh();
  expect(known.of('a')).toEqual(lunch('a'));
  expect(known.around('b', noon)).toBeNull();
  const around = known.around('a', noon) ?? [];
  expect(intervalAt(noon, around)).toEqual({ from: noon - hour / 2, until: noon + hour / 2 });
  expect(around[0]?.from).toBeLessThan(noon - 13 * day);
  expect(around.at(-1)?.until).toBeGreaterThan(noon + 27 * day);

  store.enter(lunch('a', 14 * 60));
  expect(intervalAt(noon, known.around('a', noon) ?? [])?.until).toBe(noon + hour / 2);
  await known.refresh();
  expect(intervalAt(noon, known.around('a', noon) ?? [])?.until).toBe(noon + 1.5 * hour);
  store.enter();
  await known.refresh();
  expect(known.around('a', noon)).toBeNull();
});

test('that there are none is known as well', async () => {
  const known = createKnownHours({ store: storeOf({ ...lunch('a'), windows: [] }), zone });
  await known.refresh();
  expect(known.around('a', noon)).toEqual([]);
});

test('nothing is calculated twice on one day, and all of it on the next', async () => {
  const known = createKnownHours({ store: storeOf(lunch('a')), zone });
  await known.refresh();
  const first = known.around('a', noon);
  await known.refresh();
  expect(known.around('a', noon + hour)).toBe(first);
  expect(known.around('a', noon + day)?.at(-1)?.until).toBe((first?.at(-1)?.until ?? 0) + day);
});

test('an answer that was overtaken by a later one is dropped, and a failure keeps what was known', async () => {
  const answers: ((hours: QuietHours[] | Error) => void)[] = [];
  const quietHours = (): Promise<QuietHours[]> =>
    new Promise((resolve, reject) => {
      answers.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer)));
    });
  const known = createKnownHours({ store: { quietHours }, zone });
  const [before, after] = [known.refresh(), known.refresh()];
  answers[1]?.([lunch('new')]);
  await after;
  answers[0]?.([lunch('old')]);
  await before;
  expect([known.of('old'), known.of('new')]).toEqual([null, lunch('new')]);
  const failing = known.refresh();
  answers[2]?.(new Error('silent'));
  await expect(failing).rejects.toThrow('silent');
  expect(known.of('new')).toEqual(lunch('new'));
});

test('where the platform’s clock is elsewhere and fast, its hours are found in our time', async () => {
  const platformTime = () => ({ now: noon, speed: 60 });
  const known = createKnownHours({ store: storeOf(lunch('a')), zone, platformTime });
  await known.refresh();
  const ours = 1_000_000_000;
  expect(intervalAt(ours, known.around('a', ours) ?? [])).toEqual({ from: ours - 30_000, until: ours + 30_000 });
});
