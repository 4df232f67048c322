import { setTimeout as sleep } from 'node:timers/promises';
import type { DialerSandboxOptions } from '../../../sandbox/dialer/options.ts';
import { chance } from '../../../sandbox/dialer/random.ts';
import type { DialerSandbox } from '../../../sandbox/dialer/server.ts';
import { appFromManifest, defaultSeed } from '../../../sandbox/slack/seed.ts';
import { createSlackSandbox, type SlackSandbox } from '../../../sandbox/slack/server.ts';
import type { StoredMessage } from '../../../sandbox/slack/stored.ts';
import { slackTiming } from '../../../sandbox/slack/timing.ts';
import { outboxItem } from '../../../src/core/model/outbox.ts';
import type { Config } from '../../../src/settings/config.ts';
import { readConfig } from '../../../src/settings/config.ts';
import { manifestOf } from '../../../src/slack/manifest.ts';
import { createFastClock, type FastTime, fastClockSql } from '../fast-clock.ts';
import { type EngineName, makeDatabase, type TestDatabase } from '../store/databases.ts';
import { act, deleteCard } from './acts.ts';
import { type Course, rules } from './courses.ts';
import { type FaultShares, limit, startFaults, stopFaults } from './faults.ts';
import { startFleet } from './fleet.ts';
import { type Findings, judge } from './judge.ts';
import { type Subject, startPlatform } from './platform.ts';

export interface ChaosOptions {
  engine: EngineName;
  bots: number;
  /** Decides the tasks, the faults, the lies, and when which bot is killed. */
  seed: number;
  tasks: number;
  /** What happens to them, in turn. */
  courses: readonly Course[];
  channels: number;
  /** The least and the most numbers of a task. */
  numbers: readonly [number, number];
  kills: number;
  /** The average time between two kills, real ms. A bot is frozen as often as one is killed. */
  killEveryMs: number;
  shares: FaultShares;
  /** What the platform does where its document leaves it open. */
  switches?: DialerSandboxOptions['switches'];
  /** How fast time passes. */
  times: number;
  /** How long the run may take before its faults end, and how long what is said may then take to come true, real ms. */
  longestMs: number;
  settleMs: number;
}

export interface ChaosResult extends Findings {
  kills: number;
  /** Cards that someone deleted. */
  deletedCards: number;
  /** Bots that ended without being killed. */
  exits: number;
  /** Pages of lists that were read, those that failed or lied, and how many were first pages. */
  lists: { pages: number; failed: number; lied: number; polls: number };
  /** Calls to Slack, and those that failed. */
  calls: { made: number; failed: number };
  /** Honest polls that began after the last fault until everything was true; null when it never was. */
  goodPolls: number | null;
  /** What was still wrong after two of them: messages and edits keep to Slack's pace, and to the waits after faults. */
  afterTwoPolls: readonly string[];
  /** How long it took, real ms. */
  tookMs: number;
  output: string;
}

const owner = 'U0ALICE001';
const quietMinutes = 3;

/**
 * Tasks on the platform, watched in channels, while requests fail, lists lie and bots are killed; then faults end, and
 * what the channels show is compared with the platform.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { seed, times } = options;
  const began = performance.now();
  const time: FastTime = { origin: Date.now(), times };
  const clock = createFastClock(time);
  const channels = Array.from({ length: options.channels }, (_, index) => ({
    id: `C0CHAOS${String(index + 1).padStart(3, '0')}`,
    name: `chaos-${index + 1}`,
    kind: 'public' as const,
    members: ['alice', 'bot'],
  }));
  const closing: (() => Promise<unknown>)[] = [];
  try {
    const database = await makeDatabase(options.engine);
    closing.unshift(() => database.drop());
    // On SQLite the bots' own clock counts.
    if (options.engine === 'postgres') await database.sql(fastClockSql(time));
    const slack = await createSlackSandbox({
      clock,
      // People wait in real time.
      timing: { ackMs: slackTiming.ackMs * times, triggerMs: slackTiming.triggerMs * times },
      seed: {
        app: appFromManifest(manifestOf({ command: '/dial', publicUrl: null })),
        people: defaultSeed.people,
        channels,
      },
    });
    closing.unshift(() => slack.close());
    const { dialer, subjects } = await startPlatform({ ...options, now: clock.now });
    closing.unshift(() => dialer.close());

    await watchAll(
      database,
      subjects,
      channels.map(({ id }) => id),
      clock.now(),
    );
    const fleet = await startFleet(configOf(slack, dialer, database), time, options.bots);
    closing.unshift(() => fleet.stop());
    limit(slack);
    startFaults({ dialer, slack }, options.shares, seed);
    dialer.setSpeed(1);

    const calls = countCalls(slack);
    const shown = (): Map<string, StoredMessage[]> =>
      new Map(channels.map(({ id }) => [id, slack.workspace.channels.get(id)?.messages.filter((m) => m.byApp) ?? []]));
    const until = began + options.longestMs;
    const alice = slack.as('alice').in('chaos-1');
    const acting = act(subjects, { dialer, alice, shown, isTimeUp: () => performance.now() > until });
    let deletedCards = 0;
    let kills = 0;
    for (; kills < options.kills; kills += 1) {
      // For as long as its leases last, or longer.
      const freezing = fleet.freeze(
        Math.floor(chance(seed, 29, kills) * options.bots),
        (20_000 + 30_000 * chance(seed, 31, kills)) / times,
      );
      await sleep(options.killEveryMs * (0.2 + 1.6 * chance(seed, 17, kills)));
      await fleet.kill(Math.floor(chance(seed, 19, kills) * options.bots), 1_000 * chance(seed, 23, kills));
      await freezing;
      if (deleteCard(subjects, { dialer, slack, shown }, chance(seed, 37, kills))) deletedCards += 1;
    }
    const happened = await acting;
    // Whatever still has to be said is due by now, quiet times included.
    const mayRedial = subjects.some(({ course }) => course.rule !== rules.off);
    await clock.sleep(((mayRedial ? quietMinutes : 0) + 1) * 60_000);
    stopFaults({ dialer, slack });
    // What is still dialing stays as it is: the figures on its cards must become those of the platform.
    dialer.setSpeed(0);

    const lists = listsOf(dialer);
    const findingsNow = async (): Promise<Findings> =>
      judge({ subjects, tasks: dialer.tasks, channels: shown(), undelivered: await undeliveredIn(database), happened });
    const settling = performance.now();
    let findings = await findingsNow();
    let honest = 0;
    let afterTwoPolls: readonly string[] | null = null;
    while (performance.now() - settling < options.settleMs) {
      honest = listsOf(dialer).polls - lists.polls;
      if (honest >= 2) afterTwoPolls ??= findings.faults;
      if (honest >= 2 && findings.faults.length === 0) break;
      await sleep(200);
      findings = await findingsNow();
    }
    const goodPolls = findings.faults.length === 0 ? honest : null;
    return {
      ...findings,
      kills,
      deletedCards,
      exits: fleet.exits(),
      lists,
      calls: calls(),
      goodPolls,
      afterTwoPolls: afterTwoPolls ?? findings.faults,
      tookMs: performance.now() - began,
      output: fleet.output(),
    };
  } finally {
    for (const close of closing) await close();
  }
}

function configOf(slack: SlackSandbox, dialer: DialerSandbox, { location }: TestDatabase): Config {
  const read = readConfig({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    DIALER_URL: dialer.url,
    DIALER_TOKEN: dialer.token,
    DIALER_TIMEOUT_MS: '1500',
    ...(dialer.switches.progress !== 'off' && { DIALER_PROGRESS_PATH: '/v1/task/progress/{id}' }),
    PORT: '0',
    START_ASK_ABOVE: '1000000',
    // The shortest interval that there is, in real time.
    POLL_CRON: '* * * * * *',
    REDIAL_QUIET_MINUTES: String(quietMinutes),
    DATA_DIR: location.dataDir,
    ...(location.databaseUrl !== null && { DATABASE_URL: location.databaseUrl }),
  });
  if (!read.ok) throw new Error(read.faults.map(({ name, problem }) => `${name} ${problem}`).join(', '));
  return read.config;
}

async function watchAll(
  database: TestDatabase,
  subjects: readonly Subject[],
  channels: readonly string[],
  createdAt: number,
): Promise<void> {
  const store = await database.open();
  for (const channel of channels) {
    for (const { id } of subjects) await store.addWatch({ taskId: id, channel, owner, createdAt });
  }
  await store.close();
}

function listsOf(dialer: DialerSandbox): ChaosResult['lists'] {
  const pages = dialer.requests.filter(({ route }) => route === 'list');
  const good = pages.filter(({ status }) => status === 200);
  const lied = good.filter(({ faults }) => faults.includes('lie')).length;
  const polls = good.filter(({ path }) => /[?&]page=1(&|$)/.test(path)).length;
  return { pages: good.length, failed: pages.length - good.length, lied, polls };
}

function countCalls(slack: SlackSandbox): () => ChaosResult['calls'] {
  // The log of the stand-in forgets; it is read whenever something changed.
  let seen = 0;
  let failed = 0;
  let made = 0;
  const read = (): void => {
    for (const { seq, direction, outcome } of slack.traffic.exchanges()) {
      if (seq <= seen || outcome === '…') continue;
      seen = seq;
      if (direction !== 'from-app') continue;
      made += 1;
      if (outcome !== 'ok') failed += 1;
    }
  };
  slack.workspace.onChange(read);
  return () => {
    read();
    return { made, failed };
  };
}

/** Items of the outbox that have not arrived, but for corrections of what never arrived; and watches that were ended. */
async function undeliveredIn(database: TestDatabase): Promise<string[]> {
  const rows = await database.sql("select key, state, body from outbox where state <> 'sent'");
  const broken = await database.sql('select task_id, channel, broken_by from watches where broken_by is not null');
  return [
    ...rows.flatMap(({ key, state, body }) => {
      const { type } = outboxItem.shape.body.parse(JSON.parse(String(body)));
      return state === 'dead' && type === 'correction' ? [] : [`${key} ${state}`];
    }),
    ...broken.map((watch) => `the watch of ${watch.task_id} in ${watch.channel} was ended: ${watch.broken_by}`),
  ];
}
