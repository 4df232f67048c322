import { expect, test } from '@jest/globals';
import { shareReading } from '../../../src/dialer/shared-reading.ts';

function rig() {
  const open: { settle(value: number): void; fail(error: Error): void }[] = [];
  const shared = shareReading(
    () =>
      new Promise<number>((settle, fail) => {
        open.push({ settle, fail });
      }),
  );
  return { shared, open };
}

test('one reading serves all who ask while it is under way, and who asks later gets a new one', async () => {
  const { shared, open } = rig();
  const asked = [shared.read(), shared.read(), shared.read()];
  expect(open).toHaveLength(1);
  open[0]?.settle(1);
  expect(await Promise.all(asked)).toEqual([1, 1, 1]);
  const later = shared.read();
  open[1]?.settle(2);
  expect(await later).toBe(2);
});

test('a change of ours outdates it: who asks afterwards does not see the time before', async () => {
  const { shared, open } = rig();
  const before = shared.read();
  shared.outdate();
  const after = shared.read();
  const too = shared.read();
  expect(open).toHaveLength(2);
  open[0]?.settle(1);
  expect(await before).toBe(1);
  expect(shared.read()).toBe(after);
  open[1]?.settle(2);
  expect(await Promise.all([after, too])).toEqual([2, 2]);
});

test('a reading that fails fails for those who shared it, and is tried again by the next', async () => {
  const { shared, open } = rig();
  const asked = [shared.read(), shared.read()];
  open[0]?.fail(new Error('no answer'));
  expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const again = shared.read();
  open[1]?.settle(3);
  expect(await again).toBe(3);
});
