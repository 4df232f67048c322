import { build } from '../test/support/built.ts';
import { runPanic } from '../test/support/stop/panic-run.ts';
import { engines } from '../test/support/store/databases.ts';

/**
 * An emergency stop with 200 running tasks on a platform that answers in 200 ms and fails one request in ten. First without
 * a rate limit: everything must be off within a minute. Then with one: stopping must take at most twice as long as the
 * requests take that it allows. Last with two bots that are killed (SIGKILL) in turn while everything is stopped and resumed,
 * as often as it takes for 20 kills. Each time exactly the tasks that were on must be on again, each started once, or named
 * where bots were killed, and each event announced once. Exits with 1 when that does not hold.
 *
 * `npm run bench:panic -- sqlite` runs one store; TASKS, KILLS, KILL_EVERY_MS and PER_SECOND change the run;
 * TEST_DATABASE_URL names the PostgreSQL server.
 */
const [only] = process.argv.slice(2);
const tasks = Number(process.env.TASKS ?? 200);
const kills = Number(process.env.KILLS ?? 20);
const killEveryMs = Number(process.env.KILL_EVERY_MS ?? 2_000);
const limit = Number(process.env.PER_SECOND ?? 20);
const maxStoppedMs = 60_000;
/**
 * So many times as long as the requests take that the limit allows: a platform asks to wait for whole seconds, from its
 * answer on, and is obeyed.
 */
const maxOverFloor = 2;

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
const built = await build();
try {
  for (const engine of engines.filter((one) => (only ?? one) === one)) {
    const shared = { engine, built, tasks, delayMs: 200, failing: 0.1, killEveryMs };
    const runs = {
      'without a limit': { bots: 1, kills: 0, perSecond: null },
      [`${limit} requests a second`]: { bots: 1, kills: 0, perSecond: limit },
      killed: { bots: 2, kills, perSecond: null },
    };
    for (const [what, run] of Object.entries(runs)) {
      const { rounds, kills: killed, leaks } = await runPanic({ ...shared, ...run });
      console.log(`${engine}, ${what}: ${tasks} tasks, kill -9 ${killed}`);
      for (const leak of leaks) console.log(`  LEAK: ${leak}`);
      if (leaks.length > 0) process.exitCode = 1;
      for (const round of rounds) {
        const { announced, answeredMs, stoppedMs, resumedMs, stopFloorMs, resumeFloorMs } = round;
        const ofFloor = (floorMs: number | null): string =>
          floorMs === null ? '' : ` (its requests take ${seconds(floorMs)} at that limit)`;
        const lines = [
          `stopped in ${seconds(stoppedMs)}${ofFloor(stopFloorMs)}${answeredMs === null ? '' : `, answered in ${seconds(answeredMs)}`}`,
          `resumed in ${seconds(resumedMs)}${ofFloor(resumeFloorMs)}, out of order by ${round.displaced} places at most`,
          `of the set not on again ${round.notResumed}, not named ${round.unnamed}, started twice ${round.startedTwice}; others on ${round.stillOn}, started ${round.outsiders}`,
          `announced: stopped ${announced.stopped}, resumed ${announced.resumed}`,
        ];
        console.log(`  ${lines.join('\n  ')}`);
        const missing = run.kills > 0 ? round.unnamed : round.notResumed;
        const faults = missing + round.startedTwice + round.stillOn + round.outsiders;
        const isOnce = announced.stopped === 1 && announced.resumed === 1;
        const maxMs = stopFloorMs === null ? maxStoppedMs : stopFloorMs * maxOverFloor;
        if (faults > 0 || !isOnce || stoppedMs > maxMs) process.exitCode = 1;
      }
    }
  }
} finally {
  await built.remove();
}
