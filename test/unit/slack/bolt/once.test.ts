import { describe, expect, test } from '@jest/globals';
import type { ReceiverEvent } from '@slack/bolt';
import type { Claims } from '../../../../src/core/time/claims.ts';
import { createOnce } from '../../../../src/slack/bolt/once.ts';
import { createManualClock } from '../../../support/manual-clock.ts';
import { memoryClaims } from '../../../support/memory-claims.ts';

/** A store in which every claim is the first. */
const forgetful: Claims = {
  claimOnce: async () => true,
  keepAnswer: async () => {},
  answerTo: async () => null,
  unclaim: async () => {},
};

/** A bot by hand: `first` and `second` are what two connections do with a payload; they answer what Slack got. */
function bench(work: (event: ReceiverEvent) => Promise<void>, claims = forgetful) {
  let now = 1_000;
  const warnings: string[] = [];
  const clock = { now: () => now, elapsed: () => now, sleep: () => new Promise<void>(() => {}) };
  const once = createOnce({ clock, log: { warn: (message) => void warnings.push(message) }, claims });
  const seen: ReceiverEvent[] = [];
  const connection = () => {
    const process = once(async (event) => {
      seen.push(event);
      await work(event);
    });
    return async (body: ReceiverEvent['body'], broken = false): Promise<unknown[]> => {
      const acks: unknown[] = [];
      await process({
        body,
        ack: async (answer) => {
          if (broken) throw new Error('the connection is gone');
          acks.push(answer ?? 'empty');
        },
      });
      return acks;
    };
  };
  return {
    first: connection(),
    second: connection(),
    seen,
    warnings,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

const view = { response_action: 'update', view: { type: 'modal' } };
const answering = async (event: ReceiverEvent): Promise<void> => {
  await event.ack(view as unknown as Parameters<typeof event.ack>[0]);
};
const press = { type: 'block_actions', trigger_id: 't.1' };

describe('a delivery that comes twice', () => {
  test('is carried out once, and both get the same acknowledgement', async () => {
    const { first, seen } = bench(answering);
    expect(await first(press)).toEqual([view]);
    expect(await first(press)).toEqual([view]);
    expect(seen).toHaveLength(1);
  });

  test('also on another connection, and while the first is still at work', async () => {
    let go: () => void = () => {};
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    const { first, second, seen } = bench(async (event) => {
      await gate;
      await answering(event);
    });
    const both = [first(press), second(press)];
    go();
    expect(await Promise.all(both)).toEqual([[view], [view]]);
    expect(seen).toHaveLength(1);
  });

  test('an event is known by its id, a press by its trigger and kind', async () => {
    const { first, seen } = bench(answering);
    await first({ type: 'event_callback', event_id: 'Ev1' });
    await first({ type: 'event_callback', event_id: 'Ev1' });
    await first({ type: 'event_callback', event_id: 'Ev2' });
    await first({ command: '/dial', trigger_id: 't.1' });
    await first(press);
    await first({ ...press, type: 'view_submission' });
    await first({ ...press, trigger_id: 't.2' });
    expect(seen).toHaveLength(6);
  });

  test('what has no name is carried out each time', async () => {
    const { first, seen } = bench(answering);
    await first({ type: 'block_suggestion' });
    await first({ type: 'block_suggestion' });
    expect(seen).toHaveLength(2);
  });

  test('is forgotten after ten minutes, and not before', async () => {
    const { first, seen, pass } = bench(answering);
    await first(press);
    pass(10 * 60_000 - 1);
    await first(press);
    expect(seen).toHaveLength(1);
    pass(1);
    await first(press);
    expect(seen).toHaveLength(2);
  });

  test('memory is bounded: of very many, the oldest are forgotten', async () => {
    const { first, seen } = bench(answering);
    for (let i = 0; i < 10_050; i++) await first({ ...press, trigger_id: `t.${i}` });
    await first({ ...press, trigger_id: 't.10049' });
    expect(seen).toHaveLength(10_050);
    await first({ ...press, trigger_id: 't.0' });
    expect(seen).toHaveLength(10_051);
  });
});

describe('a delivery that was not acknowledged', () => {
  test('because the connection broke: its repetition is carried out', async () => {
    const { first, second, seen } = bench(answering);
    await expect(first(press, true)).rejects.toThrow('gone');
    expect(await second(press)).toEqual([view]);
    expect(seen).toHaveLength(2);
  });

  test('because no listener answered: the repetition gets another try, and does not hang', async () => {
    let failures = 1;
    const { first, seen } = bench(async (event) => {
      if (failures-- > 0) return;
      await answering(event);
    });
    expect(await first(press)).toEqual([]);
    expect(await first(press)).toEqual([view]);
    expect(await first(press)).toEqual([view]);
    expect(seen).toHaveLength(2);
  });

  test('a repetition that waited for a failed first one is carried out instead, once', async () => {
    let go: () => void = () => {};
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    let failures = 1;
    const { first, second, seen } = bench(async (event) => {
      await gate;
      if (failures-- > 0) throw new Error('failed before the answer');
      await answering(event);
    });
    const broken = first(press);
    const waiting = [second(press), first(press)];
    go();
    await expect(broken).rejects.toThrow('failed');
    expect(await Promise.all(waiting)).toEqual([[view], [view]]);
    expect(seen).toHaveLength(2);
  });

  test('what fails after the answer stays carried out', async () => {
    const { first, seen } = bench(async (event) => {
      await answering(event);
      throw new Error('later');
    });
    await expect(first(press)).rejects.toThrow('later');
    expect(await first(press)).toEqual([view]);
    expect(seen).toHaveLength(1);
  });
});

describe('over several bots and restarts', () => {
  const bots = (work: (event: ReceiverEvent) => Promise<void> = answering) => {
    const claims = memoryClaims(() => 1_000);
    return { claims, one: bench(work, claims), other: bench(work, claims) };
  };

  test('fifty repetitions here, at another bot and after a restart are carried out once, with the first answer', async () => {
    const { claims, one, other } = bots();
    expect(await one.first(press)).toEqual([view]);
    const restarted = bench(answering, claims);
    for (let i = 0; i < 50; i++) {
      for (const bot of [one, other, restarted]) expect(await bot.first(press)).toEqual([view]);
    }
    expect([one, other, restarted].map(({ seen }) => seen.length)).toEqual([1, 0, 0]);
  });

  test('both at the same time: one carries it out, the other acknowledges', async () => {
    const { one, other } = bots();
    const answers = await Promise.all([one.first(press), other.first(press)]);
    expect(answers).toContainEqual([view]);
    expect(answers.every((acks) => acks.length === 1)).toBe(true);
    expect(one.seen.length + other.seen.length).toBe(1);
  });

  test('one that nobody could acknowledge is given up for the others', async () => {
    const { one, other } = bots();
    await expect(one.first(press, true)).rejects.toThrow('gone');
    expect(await other.first(press)).toEqual([view]);
  });

  test('a repetition whose acknowledgement breaks does not give up the claim of the first', async () => {
    const { one, other } = bots();
    await one.first(press);
    await expect(other.first(press, true)).rejects.toThrow('gone');
    expect(await other.first(press)).toEqual([view]);
    expect(other.seen).toHaveLength(0);
  });

  test('a store that refuses or is silent stops nobody', async () => {
    const broken = { ...forgetful, claimOnce: () => Promise.reject(new Error('down')) };
    const refused = bench(answering, broken);
    expect(await refused.first(press)).toEqual([view]);
    expect(refused.warnings).toEqual(['a delivery could not be claimed']);

    const clock = createManualClock();
    const silent = { ...forgetful, claimOnce: () => new Promise<boolean>(() => {}) };
    const once = createOnce({ clock, log: { warn: () => {} }, claims: silent });
    const acks: unknown[] = [];
    const began = clock.now();
    const ack = async (answer: unknown) => void acks.push(answer);
    await clock.until(once(answering)({ body: press, ack }));
    expect(acks).toEqual([view]);
    expect(clock.now() - began).toBeLessThan(1_000);
  });

  test.each([
    ['start Spring', 1],
    ['pause Spring', 1],
    ['停止 Spring', 1],
    ['watch Spring', 1],
    ['unwatch Spring', 1],
    ['list', 0],
    ['', 0],
    ['new', 0],
    ['strat Spring', 0],
  ])('`/dial %s` takes %d claims', async (text, claimed) => {
    const { claims, one } = bots();
    await one.first({ command: '/dial', text, trigger_id: 't.1' });
    expect(claims.keys()).toHaveLength(claimed);
  });
});
