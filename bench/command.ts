import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, LogLevel } from '@slack/bolt';
import { createDialerSandbox } from '../sandbox/dialer/server.ts';
import type { PersonClient } from '../sandbox/slack/client.ts';
import { createSlackSandbox } from '../sandbox/slack/server.ts';
import { startApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { type Row, ratios, table } from './measure.ts';

/**
 * `/dial list`, from Enter to the private answer, through the real app and through a Bolt handler that answers with one
 * line: the same process, the same kind of stand-in, Socket Mode, in turns. `ROUNDS` (40) may be set.
 */
const rounds = Math.min(500, Number(process.env.ROUNDS ?? 40));
const warmUp = 5;

/** One round trip, ms. */
async function roundTrip(person: PersonClient): Promise<number> {
  const seen = new Set(privateMessages(person));
  const began = performance.now();
  const answered = person.expectEphemeral((message) => !seen.has(message.ts), { timeoutMs: 20_000 });
  await Promise.all([person.command('/dial list'), answered]);
  return performance.now() - began;
}

function privateMessages(person: PersonClient): string[] {
  return person
    .snapshot()
    .channels.flatMap(({ messages }) => messages.filter(({ ephemeral }) => ephemeral).map(({ ts }) => ts));
}

const dataDir = await mkdtemp(join(tmpdir(), 'dialdeck-bench-'));
const dialer = await createDialerSandbox();
const [realSlack, bareSlack] = [await createSlackSandbox(), await createSlackSandbox()];

const read = readConfig({
  SLACK_BOT_TOKEN: realSlack.botToken,
  SLACK_APP_TOKEN: realSlack.appToken,
  SLACK_API_URL: realSlack.apiUrl,
  DIALER_URL: dialer.url,
  DIALER_TOKEN: dialer.token,
  DATA_DIR: dataDir,
  PORT: '0',
  // Polls only when told to: a poll in the middle of a round trip would be measured with it.
  POLL_CRON: '0 0 1 1 *',
});
if (!read.ok) throw new Error(read.faults.map(({ name, problem }) => `${name} ${problem}`).join(', '));
const real = await startApp(read.config, { log: createLog('error', (line) => console.error(line)) });
await real.pollNow();

const bare = new App({
  token: bareSlack.botToken,
  appToken: bareSlack.appToken,
  socketMode: true,
  logLevel: LogLevel.ERROR,
  clientOptions: { slackApiUrl: bareSlack.apiUrl },
});
bare.command('/dial', async ({ ack, respond }) => {
  await ack();
  await respond({ response_type: 'ephemeral', text: 'Nothing to list.' });
});
await bare.start();

const realTimes: number[] = [];
const bareTimes: number[] = [];
try {
  const [alice, baseline] = [realSlack.as('alice'), bareSlack.as('alice')];
  for (let round = -warmUp; round < rounds; round++) {
    const [bareMs, realMs] = [await roundTrip(baseline), await roundTrip(alice)];
    if (round < 0) continue;
    bareTimes.push(bareMs);
    realTimes.push(realMs);
  }
} finally {
  await real.stop();
  await bare.stop();
  for (const system of [realSlack, bareSlack, dialer]) await system.close();
  await rm(dataDir, { recursive: true, force: true });
}

const rows: Row[] = [
  { name: 'bare Bolt handler', samples: bareTimes, unit: 'ms' },
  { name: 'Dialdeck, /dial list', samples: realTimes, unit: 'ms' },
  { name: 'Dialdeck / bare handler', samples: ratios(realTimes, bareTimes), unit: '×' },
];
console.log(table(rows));
