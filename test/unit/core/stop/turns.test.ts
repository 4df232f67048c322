import { describe, expect, test } from '@jest/globals';
import { inTurns, type Turn } from '../../../../src/core/stop/turns.ts';

const items = Array.from({ length: 30 }, (_, index) => index);

/** Numbers from 0 to below `n`, the same for the same seed. */
function drawn(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * n);
  };
}

const steps = async (count: number): Promise<void> => {
  for (let step = 0; step < count; step += 1) await undefined;
};

describe('requests', () => {
  test.each(Array.from({ length: 20 }, (_, seed) => seed))(
    'leave in order whatever takes how long, a few under way at a time, %s',
    async (seed) => {
      const draw = drawn(seed);
      const left: number[] = [];
      let underWay = 0;
      let most = 0;
      const act = async (item: number, turn: Turn): Promise<null> => {
        underWay += 1;
        most = Math.max(most, underWay);
        await steps(draw(20));
        // Some never leave at all.
        if (draw(5) > 0) {
          expect(await turn.comes()).toBe(true);
          await steps(draw(5));
          left.push(item);
          turn.leaves();
          await steps(draw(40));
        }
        underWay -= 1;
        return null;
      };
      expect(await inTurns(items, 4, act)).toBeNull();
      expect(left).toEqual(left.toSorted((a, b) => a - b));
      expect(left.length).toBeGreaterThan(10);
      expect(most).toBe(4);
    },
  );

  test('leave while earlier ones wait for what came of theirs, as soon as few enough are in flight', async () => {
    let inFlight = 0;
    let most = 0;
    let unsettled = 0;
    let mostUnsettled = 0;
    const act = async (_item: number, turn: Turn): Promise<null> => {
      await turn.comes();
      turn.leaves();
      inFlight += 1;
      unsettled += 1;
      [most, mostUnsettled] = [Math.max(most, inFlight), Math.max(mostUnsettled, unsettled)];
      await steps(5);
      inFlight -= 1;
      turn.answered();
      await steps(200);
      unsettled -= 1;
      return null;
    };
    expect(await inTurns(items, 4, act)).toBeNull();
    expect([most, mostUnsettled]).toEqual([4, items.length]);
  });

  test('that were not accepted leave again before any later one', async () => {
    const sent: string[] = [];
    const act = async (item: number, turn: Turn): Promise<null> => {
      for (let attempt = 1; attempt <= (item === 3 ? 2 : 1); attempt += 1) {
        await steps(attempt > 1 ? 90 : item * 10);
        await turn.comes();
        sent.push(`${item}`);
        turn.leaves();
        if (item === 3 && attempt === 1) turn.returns();
        else await steps(5);
      }
      return null;
    };
    await inTurns(items.slice(0, 6), 6, act);
    expect(sent).toEqual(['0', '1', '2', '3', '3', '4', '5']);
  });

  test('leave no more after one that stops them, and what is under way ends first', async () => {
    const left: number[] = [];
    const over: number[] = [];
    const act = async (item: number, turn: Turn): Promise<string | null> => {
      const may = await turn.comes();
      if (item === 5) return 'closed';
      if (may) left.push(item);
      turn.leaves();
      await steps(30);
      over.push(item);
      return may ? null : 'later';
    };
    expect(await inTurns(items, 3, act)).toBe('closed');
    expect(left).toEqual([0, 1, 2, 3, 4]);
    expect(over).toEqual(expect.arrayContaining(left));
  });

  test('one that fails holds up nothing', async () => {
    const act = async (item: number, turn: Turn): Promise<null> => {
      await turn.comes();
      if (item === 1) throw new Error('lost');
      turn.leaves();
      return null;
    };
    await expect(inTurns(items.slice(0, 4), 1, act)).rejects.toThrow('lost');
    expect(await inTurns([], 3, act)).toBeNull();
  });
});
