import { mkdir, writeFile } from 'node:fs/promises';
import { courses } from '../test/support/chaos/courses.ts';
import { type ChaosOptions, type ChaosResult, runChaos } from '../test/support/chaos/run.ts';
import { type EngineName, engines } from '../test/support/store/databases.ts';

/**
 * 30 tasks in 10 channels each, while one request in ten fails on both sides, one list in ten lies, and bots are killed
 * 20 times and frozen as often: is every end announced once, and everything shown true in the end? On both stores, with
 * one, two and three bots; each configuration takes five minutes at most. Exits with 1 when anything is wrong.
 *
 * `npm run chaos -- sqlite 1` runs one configuration. SEED reproduces a run as far as its processes allow; without it,
 * one is drawn and printed. TEST_DATABASE_URL names the PostgreSQL server (`.ci/postgres.sh run -- npm run chaos`).
 * What the bots wrote is left in `bench/out`.
 */
const [onlyEngine, onlyBots] = process.argv.slice(2);
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1_000_000));

/** What the platform does differs with the number of bots. */
const switchesOf: Record<number, NonNullable<ChaosOptions['switches']>> = {
  1: {},
  2: { paging: 'laravel', maxPerPage: 10 },
  3: { progress: 'data', answers: 'envelope' },
};

const configurations = engines
  .flatMap((engine) => [1, 2, 3].map((bots) => ({ engine, bots })))
  .filter(({ engine, bots }) => (onlyEngine ?? engine) === engine && Number(onlyBots ?? bots) === bots);

/** The same fault in several channels is one line. */
function groupedFaults(faults: readonly string[]): string[] {
  const places = new Map<string, string[]>();
  for (const fault of faults) {
    const [, channel = '', what = fault] = /^(C0CHAOS\d+): (.*)$/.exec(fault) ?? [];
    places.set(what, [...(places.get(what) ?? []), channel]);
  }
  return [...places].map(([what, channels]) => `${channels.length} × ${what}`);
}

function report({ engine, bots }: { engine: EngineName; bots: number }, result: ChaosResult): string {
  const { cards, ends, wrong, lists, calls } = result;
  const lines = [
    `${engine}, ${bots} ${bots === 1 ? 'bot' : 'bots'}: SEED=${seed}, ${(result.tookMs / 1000).toFixed(0)} s`,
    `kill -9 ${result.kills}; other exits ${result.exits}; cards deleted ${result.deletedCards}`,
    `polls ${lists.polls}: pages read ${lists.pages}, of them lies ${lists.lied}; failed ${lists.failed}`,
    `calls to Slack ${calls.made}, failed ${calls.failed}`,
    `cards once ${cards.once} of ${cards.expected}, true ${cards.true}`,
    `ends announced once ${ends.toldOnce} of ${ends.expected}`,
    `uncorrected: goes on ${wrong.goesOn}, deleted ${wrong.deleted}, second end ${wrong.secondEnd}, other ${wrong.other}`,
    `doubled ${result.doubled}; undelivered ${result.undelivered}; repeated switches ${result.repeatedSwitches}`,
    result.goodPolls === null
      ? `WRONG: ${result.faults.length}`
      : `everything true after ${result.goodPolls} honest polls`,
    ...groupedFaults(result.afterTwoPolls)
      .slice(0, 5)
      .map((fault) => `  after two polls: ${fault}`),
    ...groupedFaults(result.faults)
      .slice(0, 20)
      .map((fault) => `  ${fault}`),
  ];
  return lines.join('\n  ');
}

for (const configuration of configurations) {
  const result = await runChaos({
    ...configuration,
    seed,
    shares: { faults: 0.1, lies: Number(process.env.LIES ?? 0.1) },
    switches: switchesOf[configuration.bots] ?? {},
    tasks: 30,
    courses,
    channels: 10,
    numbers: [20, 80],
    kills: 20,
    killEveryMs: 6_000,
    times: 10,
    longestMs: 210_000,
    settleMs: 60_000,
  });
  await mkdir('bench/out', { recursive: true });
  const file = `bench/out/chaos-${configuration.engine}-${configuration.bots}.log`;
  await writeFile(file, result.output);
  console.log(report(configuration, result));
  if (result.faults.length > 0) process.exitCode = 1;
}
if (configurations.length === 0) process.exitCode = 1;
