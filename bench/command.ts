import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, LogLevel } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { startApp } from '../src/app.ts';
import { createLog } from '../src/log.ts';
import { readConfig } from '../src/settings/config.ts';
import { createPlatform, entity, fixture, json } from '../test/support/dialer/platform.ts';
import { type Command, type Said, signingSecret } from './command/slack-words.ts';
import { type Row, ratios, table } from './measure.ts';

/**
 * `/dial new` and `/dial list`, from Enter to the answer, through the real app and through a bare Bolt app that answers
 * with the very same view or message: both in this process, in HTTP mode, in turns, against a Slack that answers at
 * once in a process of its own. `ROUNDS` (60) may be set.
 */
const rounds = Math.min(500, Number(process.env.ROUNDS ?? 60));
const warmUp = 15;
const trials = [
  { text: 'new', tasks: 100 },
  { text: 'list', tasks: 100 },
  { text: 'list', tasks: 10_000 },
];

const child = fork(new URL('./command/slack-process.ts', import.meta.url), { execArgv: ['--import', 'tsx'] });
const said = async (): Promise<Said> => {
  const [message]: Said[] = await once(child, 'message');
  if (message === undefined) throw new Error('the stand-in for Slack said nothing');
  return message;
};
const opened = await said();
if (!('ready' in opened)) throw new Error('the stand-in for Slack did not start');
const slackApiUrl = `${opened.ready}/api/`;

async function roundTrip(command: Command): Promise<{ ms: number; body: string }> {
  const answered = said();
  child.send(command);
  const answer = await answered;
  if ('ready' in answer) throw new Error('the stand-in for Slack started again');
  return answer;
}

let bareView: ModalView | null = null;
let bareMessage: Record<string, unknown> = {};
const bare = new App({ token: 'xoxb-bench', signingSecret, logLevel: LogLevel.ERROR, clientOptions: { slackApiUrl } });
bare.command('/dial', async ({ ack, respond, client, command }) => {
  await ack();
  if (bareView === null) await respond(bareMessage);
  else await client.views.open({ trigger_id: command.trigger_id, view: bareView });
});
const bareServer = await bare.start(0);
const bareAddress = bareServer.address();
const barePort = typeof bareAddress === 'object' && bareAddress !== null ? bareAddress.port : 0;

const rows: Row[] = [];
try {
  for (const { text, tasks } of trials) {
    const list = Array.from({ length: tasks }, (_, i) => entity(`task-${i}`, { name: `Campaign ${i}` }));
    const platform = await createPlatform(({ path }, response) => {
      if (path === '/v1/task') json(response, { data: list });
      else response.writeHead(200, { 'content-type': 'application/json' }).end(fixture('init'));
    });
    const dataDir = await mkdtemp(join(tmpdir(), 'dialdeck-bench-'));
    const read = readConfig({
      SLACK_BOT_TOKEN: 'xoxb-bench',
      SLACK_SIGNING_SECRET: signingSecret,
      SLACK_API_URL: slackApiUrl,
      DIALER_URL: platform.url,
      DIALER_TOKEN: 'bench',
      DATA_DIR: dataDir,
      HOST: '127.0.0.1',
      PORT: '0',
      // One person sends everything.
      SHARE_INTERACTIONS: '1000',
      SHARE_SECONDS: '1',
      // Polls only on demand: a poll in the middle of a round trip would be measured with it.
      POLL_CRON: '0 0 1 * *',
    });
    if (!read.ok) throw new Error(read.faults.map(({ name, problem }) => `${name} ${problem}`).join(', '));
    const real = await startApp(read.config, { log: createLog('error', (line) => console.error(line)) });
    await real.pollNow();
    const samples = { real: [] as number[], bare: [] as number[] };
    try {
      for (let round = -warmUp; round < rounds; round++) {
        // The list is answered from a poll of the last minute, and the form from cached metadata.
        if (round % 20 === 0) await real.pollNow();
        const answer = await roundTrip({ port: real.port, text });
        bareView = text === 'new' ? JSON.parse(new URLSearchParams(answer.body).get('view') ?? 'null') : null;
        if (text !== 'new') bareMessage = JSON.parse(answer.body);
        const bareAnswer = await roundTrip({ port: barePort, text });
        if (round < 0) continue;
        samples.real.push(answer.ms);
        samples.bare.push(bareAnswer.ms);
      }
    } finally {
      await real.stop();
      await platform.close();
      await rm(dataDir, { recursive: true, force: true });
    }
    const name = `/dial ${text}, ${tasks} tasks`;
    rows.push({ name: `${name}: bare Bolt app`, samples: samples.bare, unit: 'ms' });
    rows.push({ name: `${name}: Dialdeck`, samples: samples.real, unit: 'ms' });
    rows.push({ name: `${name}: Dialdeck / bare`, samples: ratios(samples.real, samples.bare), unit: '×' });
  }
} finally {
  await bare.stop();
  child.kill();
}
console.log(table(rows));
