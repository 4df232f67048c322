import { build } from '../test/support/built.ts';
import { runPanic } from '../test/support/stop/panic-run.ts';
import { engines } from '../test/support/store/databases.ts';

/**
 * An emergency stop with 200 running tasks. First on a platform that answers in 200 ms and fails one request in ten:
 * everything must be off within a minute. Then with two bots of which one is killed (SIGKILL) ten times while everything
 * is stopped and ten times while it is resumed: exactly the tasks that were on must be on again, each started once, and
 * each event announced once. Exits with 1 when that does not hold.
 *
 * `npm run bench:panic -- sqlite` runs one store; TASKS, KILLS and KILL_EVERY_MS change the run; TEST_DATABASE_URL names
 * the PostgreSQL server.
 */
const [only] = process.argv.slice(2);
const tasks = Number(process.env.TASKS ?? 200);
const kills = Number(process.env.KILLS ?? 20);
const killEveryMs = Number(process.env.KILL_EVERY_MS ?? 2_000);
const maxStoppedMs = 60_000;

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
const built = await build();
try {
  for (const engine of engines.filter((one) => (only ?? one) === one)) {
    const shared = { engine, built, tasks, delayMs: 200, failing: 0.1 };
    const plain = await runPanic({ ...shared, bots: 1, kills: 0, killEveryMs });
    const killed = await runPanic({ ...shared, bots: 2, kills: kills / 2, killEveryMs });
    for (const [what, result] of Object.entries({ plain, killed })) {
      const { announced, answeredMs, stoppedMs, resumedMs } = result;
      const lines = [
        `${engine}, ${what}: ${tasks} tasks, kill -9 ${result.kills}`,
        `stopped in ${seconds(stoppedMs)}${answeredMs === null ? '' : `, answered in ${seconds(answeredMs)}`}; resumed in ${seconds(resumedMs)}`,
        `of the set not on again ${result.notResumed}, started twice ${result.startedTwice}; others on ${result.stillOn}, started ${result.outsiders}`,
        `announced: stopped ${announced.stopped}, resumed ${announced.resumed}`,
        ...result.leaks.map((leak) => `LEAK: ${leak}`),
      ];
      console.log(lines.join('\n  '));
      const faults = result.notResumed + result.startedTwice + result.stillOn + result.outsiders + result.leaks.length;
      const once = announced.stopped === 1 && announced.resumed === 1;
      if (faults > 0 || !once || (what === 'plain' && stoppedMs > maxStoppedMs)) process.exitCode = 1;
    }
  }
} finally {
  await built.remove();
}
