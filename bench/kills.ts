import { mkdir, writeFile } from 'node:fs/promises';
import { build } from '../test/support/built.ts';
import { runKills } from '../test/support/imports/kill-run.ts';
import { engines } from '../test/support/store/databases.ts';

/**
 * Imports while the bot is killed at random moments (one end in ten is a SIGTERM), and the platform loses 5 % of its
 * answers after their effect, refuses rows without naming them, lags by up to 5 s, and takes a number twice, so that a
 * repeat would show. Afterwards every good number must be in its task once, or in the file of its person as not known.
 * Exits with 1 when one is not.
 *
 * `npm run bench:kills -- sqlite` runs one store. KILLS, NUMBERS and SEED change the run; TEST_DATABASE_URL names the
 * PostgreSQL server. Time passes ten times as fast. What the bot wrote is left in `bench/out`.
 */
const [only] = process.argv.slice(2);
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1_000_000));
const numbers = Number(process.env.NUMBERS ?? 20_000);
const kills = Number(process.env.KILLS ?? 100);

const built = await build();
try {
  for (const engine of engines.filter((one) => (only ?? one) === one)) {
    const { output, ...result } = await runKills({
      engine,
      seed,
      numbers,
      kills,
      termEvery: 10,
      killEveryMs: 1_500,
      lost: 0.05,
      lagMs: 5_000,
      times: 10,
      built,
    });
    const { good, bad } = result;
    await mkdir('bench/out', { recursive: true });
    await writeFile(`bench/out/kills-${engine}.log`, output);
    const lines = [
      `${engine}: SEED=${seed}, ${result.imports} imports of ${numbers} numbers, ${(result.tookMs / 1000).toFixed(0)} s`,
      `kill -9 ${result.kills}, SIGTERM ${result.terms}; requests ${result.requests}, answers lost ${result.answersLost}`,
      `good numbers: once ${good.once}, given back as not known ${good.unknown}, twice ${good.twice}, missing ${good.missing}`,
      `bad numbers: in the file ${bad.inFile}, elsewhere ${bad.elsewhere}; left in the store: ${result.leftInStore}`,
      ...[...result.untrue, ...result.leaks].map((fault) => `WRONG: ${fault}`),
    ];
    console.log(lines.join('\n  '));
    const faults = good.twice + good.missing + bad.elsewhere + result.leftInStore;
    if (faults + result.untrue.length + result.leaks.length > 0) process.exitCode = 1;
  }
} finally {
  await built.remove();
}
