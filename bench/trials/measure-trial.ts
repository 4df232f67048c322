import { monitorEventLoopDelay } from 'node:perf_hooks';
import { systemClock } from '../../src/clock.ts';
import { within } from '../../src/core/time/waiting.ts';
import type { Attack } from './attacks.ts';
import { runningTask } from './platform-words.ts';
import { type Rig, startRig } from './rig.ts';

/** What everybody else met while it lasted. Times in ms. */
export interface Figures {
  /** How often the attack was carried out. */
  attacks: number;
  /** From sending each command to its acknowledgement. */
  acknowledged: number[];
  /** Commands that Slack gave up on. */
  unacknowledged: number;
  dropped: number;
  /** From sending the pause to the platform's being asked; null when that did not happen. */
  pause: number | null;
  /** The longest time for which the process that measures stood still itself: it is part of the figures above. */
  ownStop: number;
}

const lastsMs = 6_000;
const commandEveryMs = 100;
/** By then the attack is under way. */
const pauseAfterMs = 500;
/** For the bot to read the platform, and for a pause that is late. */
const patienceMs = 5_000;
/** From a bot that runs to one that has read the platform. */
const settlingMs = 500;

export async function measure(attack: Attack, main: string): Promise<Figures> {
  const rig = await startRig(main, attack.tasks);
  try {
    // The account comes in one answer; the second request shows the bot that there is no more.
    await within(systemClock, { ms: patienceMs }, rig.platform.listed(2), () => {
      throw new Error('the bot has not read the platform');
    });
    for (const colleague of rig.colleagues) await colleague.command('/dial help');
    await systemClock.sleep(settlingMs);
    return await measured(attack, rig);
  } finally {
    await rig.close();
  }
}

async function measured(attack: Attack, rig: Rig): Promise<Figures> {
  const own = monitorEventLoopDelay({ resolution: 5 });
  own.enable();
  const over = new AbortController();
  rig.platform.answer(attack.body);
  const [attacks, pausing, commands] = await Promise.all([
    attack.act(rig, over.signal),
    sendPause(rig),
    sendCommands(rig).finally(() => over.abort()),
  ]);
  const until = performance.now() + patienceMs;
  while (rig.platform.stoppedAt() === null && performance.now() < until) await systemClock.sleep(50);
  own.disable();
  const stoppedAt = rig.platform.stoppedAt();
  return {
    attacks,
    acknowledged: commands.map(({ ms }) => ms),
    unacknowledged: commands.filter(({ ok }) => !ok).length,
    dropped: rig.dropped(),
    pause: stoppedAt === null ? null : stoppedAt - pausing,
    ownStop: own.max / 1e6,
  };
}

/** One command in every interval, whether or not those before have been acknowledged: a bot that hangs meets them all. */
async function sendCommands({ colleagues }: Rig): Promise<{ ms: number; ok: boolean }[]> {
  const sent: Promise<{ ms: number; ok: boolean }>[] = [];
  const began = performance.now();
  // The last of them is the one who pauses.
  const turns = colleagues.slice(0, -1);
  for (let index = 0; index * commandEveryMs < lastsMs; index += 1) {
    await systemClock.sleep(Math.max(0, began + index * commandEveryMs - performance.now()));
    const colleague = turns[index % turns.length];
    if (colleague === undefined) break;
    const at = performance.now();
    const line = index % 2 === 0 ? '/dial list' : '/dial help';
    sent.push(colleague.command(line).then(({ ok }) => ({ ms: performance.now() - at, ok })));
  }
  return Promise.all(sent);
}

/** When the pause was sent. */
async function sendPause({ colleagues }: Rig): Promise<number> {
  await systemClock.sleep(pauseAfterMs);
  const at = performance.now();
  await colleagues.at(-1)?.command(`/dial pause ${runningTask.name}`);
  return at;
}
