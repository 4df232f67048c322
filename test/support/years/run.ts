import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { seededTasks } from '../../../sandbox/dialer/seed-tasks.ts';
import { createDialerSandbox } from '../../../sandbox/dialer/server.ts';
import { appFromManifest } from '../../../sandbox/slack/seed.ts';
import { createSlackSandbox } from '../../../sandbox/slack/server.ts';
import { manifestOf } from '../../../src/slack/manifest.ts';
import { longestMs } from '../eventually.ts';
import type { Archive } from '../release/archive.ts';
import { type Cast, clinic, numbersOf, spring, winter } from './cast.ts';
import { firstYear } from './first-year.ts';
import { makeMachine } from './machine.ts';
import { listenTo } from './said.ts';
import { assertSame } from './same.ts';
import { secondYear } from './second-year.ts';

/** One row of the table. */
export interface Played {
  name: string;
  ms: number;
  /** `ok`, or why it was left out. */
  outcome: string;
  /** Messages that came of it, all of them expected. */
  messages: number;
}

export interface YearsOptions {
  archives: { now: Archive; next: Archive };
  /** A PostgreSQL server; null where there is none. */
  server: string | null;
  report(played: Played): void;
}

const pollsUntilQuiet = 5;

/**
 * Two years of an installation, as chapters: the program from the archive, run by a user who owns nothing, between both
 * stand-ins. After each chapter exactly the messages that it announces have come, and no others; at the end every number
 * is on the platform once.
 */
export async function liveTwoYears({ archives, server, report }: YearsOptions): Promise<void> {
  const machine = await makeMachine();
  const database = server === null ? null : await makeDatabase(server);
  const slack = await createSlackSandbox({
    waitMs: longestMs,
    seed: { app: appFromManifest(manifestOf({ command: '/dial', publicUrl: null })) },
  });
  const tasks = seededTasks.filter(({ name }) => name === clinic || name === spring);
  const dialer = await createDialerSandbox({ account: 'fresh', tasks, switches: { importDuplicates: 'accept' } });
  try {
    const bot = await machine.service('dialdeck', {
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      DIALER_URL: dialer.url,
      DIALER_TOKEN: dialer.token,
      NUMBERS_KEY: 'the-key-of-the-numbers',
      START_ASK_ABOVE: '1000000',
      POLL_CRON: '* * * * * *',
      PORT: '0',
    });
    const people = { alice: slack.as('alice').in('outbound-calls'), limei: slack.as('limei').in('general') };
    const cast: Cast = {
      machine,
      bot,
      slack,
      dialer,
      ...people,
      archives,
      databaseUrl: database?.url ?? null,
      backup: '',
    };
    const listener = listenTo(slack);
    const polls = (): number => dialer.requests.filter(({ route }) => route === 'list').length;
    const quiet = async (): Promise<void> => {
      const [first, until] = [polls(), performance.now() + 30_000];
      // While no bot runs, nothing can be said.
      while (slack.sockets.connections() > 0 && polls() < first + pollsUntilQuiet) {
        assert.ok(performance.now() < until, 'the bot no longer polls');
        await new Promise((next) => setTimeout(next, 50));
      }
    };
    for (const { name, play } of [...firstYear, ...secondYear]) {
      const begun = performance.now();
      try {
        const outcome = await play(cast);
        const awaited = typeof outcome === 'string' ? [] : outcome;
        await listener.heard(awaited, quiet);
        report({
          name,
          ms: performance.now() - begun,
          outcome: typeof outcome === 'string' ? outcome : 'ok',
          messages: awaited.length,
        });
      } catch (error) {
        throw new Error(`${name}: ${error instanceof Error ? error.message : error}\n${tail(bot.log())}`);
      }
    }
    assertSame(
      [clinic, winter].map((name) => numbersOf(dialer, name).length),
      [760, 1_000],
    );
    assert.ok(numbersOf(dialer, spring).length >= 1_600);
    assertSame([dialer.effects('create'), dialer.effects('start'), dialer.effects('stop')], [1, 1, 0]);
    const falsehoods = slack.traffic
      .exchanges()
      .filter(({ direction, name }) => direction === 'from-app' && name.startsWith('chat.'))
      .filter(({ sent }) => /no longer exists|was deleted|已不存在|已删除/.test(JSON.stringify(sent)));
    assertSame(falsehoods, []);
  } finally {
    await machine.remove();
    await slack.close();
    await dialer.close();
    await database?.drop();
  }
}

const tail = (log: string): string => log.split('\n').slice(-15).join('\n');

async function makeDatabase(server: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `dialdeck_years_${randomUUID().replaceAll('-', '')}`;
  const onServer = async (text: string): Promise<void> => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    try {
      await client.query(text);
    } finally {
      await client.end();
    }
  };
  await onServer(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(`drop database ${name} with (force)`) };
}

/** The chapters as a table, with the time each took. */
export function tableOf(played: readonly Played[]): string {
  const width = Math.max(...played.map(({ name }) => name.length));
  const rows = played.map(({ name, ms, messages, outcome }) => {
    const seconds = `${(ms / 1_000).toFixed(1)} s`.padStart(8);
    return `${name.padEnd(width)}  ${seconds}  ${String(messages).padStart(8)}  ${outcome}`;
  });
  return [`${'Two years'.padEnd(width)}  ${'time'.padStart(8)}  messages  outcome`, ...rows].join('\n');
}
