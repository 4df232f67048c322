import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createDialerSandbox, type DialerSandbox } from '../../sandbox/dialer/server.ts';
import { createSlackSandbox, type SlackSandbox } from '../../sandbox/slack/server.ts';
import type { Config } from '../../src/settings/config.ts';
import { type BotProcess, startBot } from '../support/bot-process.ts';
import { type Built, build } from '../support/built.ts';
import { leaksIn } from '../support/leaks.ts';
import { channel, configFor, messagesOfApp, secretsOf } from '../support/world.ts';

let built: Built;
beforeAll(async () => {
  built = await build();
});
afterAll(() => built.remove());

let slack: SlackSandbox;
let dialer: DialerSandbox;
let config: Config;
let bot: BotProcess | null = null;
let outputs: string[] = [];

beforeEach(async () => {
  slack = await createSlackSandbox();
  dialer = await createDialerSandbox();
  const dataDir = await mkdtemp(join(tmpdir(), 'dialdeck-restart-'));
  config = configFor(slack, dialer, dataDir, { config: { pollCron: '* * * * * *' } });
  outputs = [];
});

afterEach(async () => {
  if (bot !== null) await end(() => bot?.stop());
  expect(leaksIn([...outputs, ...messagesOfApp(slack)], secretsOf(slack, dialer))).toEqual([]);
  await slack.close();
  await dialer.close();
  await rm(config.dataDir, { recursive: true, force: true });
});

const begin = async (): Promise<void> => {
  bot = await startBot(built.bot, config);
};
const end = async (how: () => Promise<unknown> | undefined): Promise<void> => {
  await how();
  outputs.push(...(bot?.output().split('\n') ?? []));
  bot = null;
};

const kill = (): Promise<void> => end(() => bot?.kill());

const cardsOf = (name: string): number =>
  slack
    .snapshot('alice')
    .channels.flatMap((seen) => seen.messages)
    .filter(
      (message) =>
        message.user === slack.botUserId &&
        !message.ephemeral &&
        JSON.stringify(message.blocks).includes('task_more') &&
        message.text.includes(name),
    ).length;

test('killed and started again: the watch continues, on the same card', async () => {
  const alice = slack.as('alice').in(channel);
  await begin();
  await alice.command('/dial watch Spring');
  const card = await alice.expectCard(channel, 'Spring renewal reminder');
  const before = card.text();
  await kill();
  dialer.clock.advance(600_000);
  await begin();
  await card.expectText(() => card.text() !== before, { timeoutMs: 60_000 });
  expect(cardsOf('Spring')).toBe(1);
});

test('killed while cards are being posted: each task has one card in the end', async () => {
  const alice = slack.as('alice').in(channel);
  const names = ['Spring renewal', 'Win-back', 'Clinic'];
  for (const [index, name] of names.entries()) {
    await begin();
    const asked = alice.command(`/dial watch ${name}`);
    // Sooner or later in the way from the command to the posted card.
    await new Promise((resolve) => setTimeout(resolve, 40 + index * 70));
    await kill();
    await asked;
  }
  await begin();
  for (const name of names) {
    const answer = alice.command(`/dial watch ${name}`);
    await answer;
    await alice.expectCard(channel, name, { timeoutMs: 60_000 });
  }
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(names.map((name) => [name, cardsOf(name)])).toEqual(names.map((name) => [name, 1]));
}, 180_000);

test('SIGTERM ends it cleanly', async () => {
  await begin();
  let code: number | null = null;
  await end(async () => {
    code = (await bot?.stop()) ?? null;
  });
  expect(code).toBe(0);
  expect(outputs.join('\n')).toContain('Dialdeck has stopped');
});
