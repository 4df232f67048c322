import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { type RunningApp, startApp } from '../../src/app.ts';
import { checkUp } from '../../src/checkup/checkup.ts';
import { systemClock } from '../../src/clock.ts';
import { createLog } from '../../src/log.ts';
import { eventually } from '../support/eventually.ts';
import { recordingLog } from '../support/real-store.ts';
import { startWorld, type World } from '../support/world.ts';

const message = 'another process uses the same Slack app';

let world: World;
let other: RunningApp | null = null;
const folders: string[] = [];
afterEach(async () => {
  await other?.stop();
  other = null;
  await world.close();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** One more process with the tokens of the first. */
async function startOther(dataDir: string): Promise<string[]> {
  const lines: string[] = [];
  other = await startApp({ ...world.config, dataDir }, { log: createLog('info', (line) => lines.push(line)) });
  return lines;
}

async function runningBots(dataDir: string) {
  const { slack, dialer } = world;
  const environment = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    DIALER_URL: dialer.url,
    DIALER_TOKEN: dialer.token,
    DATA_DIR: dataDir,
    PORT: '0',
  };
  const findings = await checkUp(environment, {
    log: recordingLog(),
    clock: systemClock,
    program: { call: 'dialdeck' },
  });
  return findings.find(({ what }) => what === 'Running bots');
}

test('a second process with its own store is noticed by both, and named by the doctor, which opens no socket', async () => {
  world = await startWorld();
  const dataDir = await mkdtemp(join(tmpdir(), 'dialdeck-other-'));
  folders.push(dataDir);
  const lines = await startOther(dataDir);
  await eventually(() => lines.some((line) => line.includes(message)));

  const finding = await runningBots(dataDir);
  expect(finding).toMatchObject({
    level: 'warning',
    seen: expect.stringMatching(/counts [34] connections, more than the bots of this store \(1\) open/),
  });
  expect(world.slack.sockets.connections()).toBe(4);

  // The first one hears of it as soon as Slack refreshes one of its sockets.
  expect(world.logLines.some((line) => line.includes(message))).toBe(false);
  world.slack.sockets.disconnect('abrupt', 0);
  await eventually(() => world.logLines.some((line) => line.includes(message)));
});

test('a second bot on the same store is none of that', async () => {
  world = await startWorld();
  const lines = await startOther(world.config.dataDir);
  world.slack.sockets.disconnect('abrupt', 0);
  await eventually(() => world.slack.sockets.connections() === 4);
  expect([...lines, ...world.logLines].filter((line) => line.includes(message))).toEqual([]);
  expect(await runningBots(world.config.dataDir)).toMatchObject({ level: 'ok', seen: '2' });
});
