import { describe, expect, test } from '@jest/globals';
import { readingAfterwards, shareReading } from '../../../src/dialer/shared-reading.ts';
import { createManualClock } from '../../support/manual-clock.ts';

/** Readings that are under way until the test ends them. */
function readings() {
  const open: { settle(value: number): void; fail(error: Error): void }[] = [];
  const read = () =>
    new Promise<number>((settle, fail) => {
      open.push({ settle, fail });
    });
  return { open, read };
}

function rig() {
  const { open, read } = readings();
  return { shared: shareReading(read), open };
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

/** Lets what is settled be noticed. */
const steps = async (): Promise<void> => {
  for (let step = 0; step < 20; step += 1) await undefined;
};

describe('readings after changes', () => {
  test('begin after they were asked for, and all who ask while one is under way share the next', async () => {
    const { open, read } = readings();
    const look = readingAfterwards(createManualClock(), read);
    const first = look();
    const [second, third] = [look(), look()];
    expect(open).toHaveLength(1);
    open[0]?.fail(new Error('no answer'));
    await expect(first).rejects.toThrow('no answer');
    await steps();
    expect(open).toHaveLength(2);
    const fourth = look();
    open[1]?.settle(2);
    expect(await Promise.all([second, third])).toEqual([2, 2]);
    await steps();
    expect(open).toHaveLength(3);
    open[2]?.settle(3);
    expect(await fourth).toBe(3);
    await steps();
    const fifth = look();
    expect(open).toHaveLength(4);
    open[3]?.settle(4);
    expect(await fifth).toBe(4);
  });

  test('wait a second for one that hangs', async () => {
    const { open, read } = readings();
    const clock = createManualClock();
    const look = readingAfterwards(clock, read);
    void look();
    const next = look();
    await clock.advance(999);
    expect(open).toHaveLength(1);
    await clock.advance(1);
    expect(open).toHaveLength(2);
    open[1]?.settle(2);
    expect(await next).toBe(2);
  });
});
