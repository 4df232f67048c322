import { describe, expect, test } from '@jest/globals';
import { createSockets, type Socket } from '../../../../src/slack/bolt/sockets.ts';
import { createManualClock } from '../../../support/manual-clock.ts';
import { refusedBySlack } from '../../../support/slack-refusals.ts';

/** Sockets by hand: each opening takes the next answer of `plan`, and all later ones the last. */
function bench(plan: (Error | 'hello' | 'silence')[], count = 1) {
  const clock = createManualClock();
  const made: { at: number; lose(): void; say(frame: unknown): void; disconnected: boolean }[] = [];
  const counted: number[] = [];
  const warnings: unknown[] = [];
  const outages: unknown[][] = [];
  const make = (): Socket => {
    const answer = plan[Math.min(made.length, plan.length - 1)];
    let lose = (): void => {};
    let hear = (_: unknown): void => {};
    const one = { at: clock.now(), lose: () => lose(), say: (frame: unknown) => hear(frame), disconnected: false };
    made.push(one);
    return {
      init: () => {},
      async start() {
        if (answer instanceof Error) throw answer;
        if (answer === 'silence') await new Promise(() => {});
      },
      client: {
        on: (_, listener) => {
          hear = listener;
        },
        once: (_, listener) => {
          lose = listener;
        },
        async disconnect() {
          one.disconnected = true;
          lose();
        },
      },
    };
  };
  const log = { debug() {}, info() {}, warn: (...line: unknown[]) => void warnings.push(line), error() {} };
  const outage = {
    failed: (...failure: unknown[]) => void outages.push(failure),
    works: (name: string) => void outages.push([name]),
  };
  const sockets = createSockets({ make, clock, log, counted: (n) => void counted.push(n), outage }, count);
  const began = clock.now();
  return {
    clock,
    sockets,
    made,
    counted,
    warnings,
    outages,
    /** When each socket was made, in seconds from the beginning. */
    times: () => made.map(({ at }) => (at - began) / 1_000),
  };
}

const passing = new Error('503');
const refused = refusedBySlack('account_inactive');

describe('the start', () => {
  test('what passes is tried again with growing pauses', async () => {
    const { clock, sockets, times } = bench([passing, passing, refusedBySlack('internal_error'), 'hello']);
    expect(sockets.goneSince()).not.toBeNull();
    await clock.until(sockets.start());
    expect(times()).toEqual([0, 1, 3, 7]);
    expect(sockets.goneSince()).toBeNull();
  });

  test('a 429 is obeyed', async () => {
    const { clock, sockets, times } = bench([refusedBySlack('rate limit of 20 s'), 'hello']);
    await clock.until(sockets.start());
    expect(times()).toEqual([0, 20]);
  });

  test('a token that is refused ends it at once', async () => {
    const { clock, sockets, made } = bench([refused]);
    await expect(clock.until(sockets.start())).rejects.toBe(refused);
    expect(made).toHaveLength(1);
  });

  test('what does not pass ends it after a minute', async () => {
    const { clock, sockets, times } = bench([passing]);
    await expect(clock.until(sockets.start())).rejects.toBe(passing);
    expect(times()).toEqual([0, 1, 3, 7, 15, 31]);
  });

  test('a connection without a hello is given up after 30 s', async () => {
    const { clock, sockets, made, times } = bench(['silence', 'hello']);
    await clock.until(sockets.start());
    expect(times()).toEqual([0, 31]);
    expect(made[0]?.disconnected).toBe(true);
  });
});

describe('a socket that is lost', () => {
  test('is opened again at once when Slack refreshes it, and the other one covers', async () => {
    const { clock, sockets, made } = bench(['hello'], 2);
    await clock.until(sockets.start());
    await clock.advance(3_600_000);
    made[0]?.lose();
    expect(sockets.goneSince()).toBeNull();
    await clock.advance(0);
    expect(made).toHaveLength(3);
  });

  test('comes back after any refusal, within half a minute of the last, and is missed meanwhile', async () => {
    const { clock, sockets, made, times } = bench(['hello', ...Array.from({ length: 8 }, () => refused), 'hello']);
    await clock.until(sockets.start());
    await clock.advance(3_600_000);
    made[0]?.lose();
    const lostAt = clock.elapsed();
    await clock.advance(200_000);
    const afterLoss = times()
      .slice(1)
      .map((seconds) => seconds - 3_600);
    expect(afterLoss).toEqual([0, 1, 3, 7, 15, 31, 61, 91, 121]);
    expect(sockets.goneSince()).toBeNull();
    expect(lostAt).toBeLessThan(clock.elapsed());
  });

  test('is missed since it was lost', async () => {
    const { clock, sockets, made } = bench(['hello', refused]);
    await clock.until(sockets.start());
    await clock.advance(60_000);
    const lostAt = clock.elapsed();
    made[0]?.lose();
    await clock.advance(45_000);
    expect(sockets.goneSince()).toBe(lostAt);
  });

  test('one that is cut as soon as it opens is not opened in a tight loop', async () => {
    const { clock, sockets, made, times } = bench(['hello']);
    await clock.until(sockets.start());
    for (let i = 0; i < 4; i++) {
      made.at(-1)?.lose();
      await clock.advance(i === 3 ? 8_000 : 2 ** i * 1_000);
    }
    expect(times()).toEqual([0, 1, 3, 7, 15]);
  });

  test('is not opened after a stop', async () => {
    const { clock, sockets, made } = bench(['hello']);
    await clock.until(sockets.start());
    await sockets.stop();
    await clock.advance(60_000);
    expect(made).toHaveLength(1);
    expect(made[0]?.disconnected).toBe(true);
  });
});

test('how many connections Slack counts is heard from its hello alone', async () => {
  const { clock, sockets, made, counted } = bench(['hello']);
  await clock.until(sockets.start());
  const say = (frame: unknown): void => made[0]?.say(frame);
  say(JSON.stringify({ type: 'hello', num_connections: 3 }));
  say(JSON.stringify({ type: 'slash_commands', payload: { text: '"hello"', num_connections: 9 } }));
  say('{"hello"');
  say(Buffer.from('binary'));
  expect(counted).toEqual([3]);
});
