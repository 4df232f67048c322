import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { DialerSandboxOptions } from '../../sandbox/dialer/options.ts';
import { createDialerSandbox, type DialerSandbox } from '../../sandbox/dialer/server.ts';
import { defaultSeed } from '../../sandbox/slack/seed.ts';
import { createSlackSandbox, type SlackSandbox } from '../../sandbox/slack/server.ts';
import { type RunningApp, startApp } from '../../src/app.ts';
import { createLog } from '../../src/log.ts';
import { eventually, longestMs } from '../support/eventually.ts';
import { leaksIn } from '../support/leaks.ts';
import { channel, configFor, messagesOfApp, secretsOf } from '../support/world.ts';

const otherUser = '00000000-aaaa-4bbb-8ccc-111111111111';
const otherAccount = { userId: otherUser, seed: 2, account: 'fresh', extra: { tasks: 3 } } as const;
const emptyAccount = { userId: otherUser, account: 'fresh' } as const;
/** One that shows neither tasks nor scripts nor agent groups: nobody can tell whose it is. */
const silentAccount = { userId: otherUser, account: 'empty' } as const;

let dataDir: string;
let slacks: SlackSandbox[];
let dialers: DialerSandbox[];
let running: RunningApp | null;
let logLines: string[];
let slack: SlackSandbox;
let dialer: DialerSandbox;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dialdeck-owner-'));
  [slacks, dialers, running, logLines] = [[], [], null, []];
  slack = await newSlack();
  dialer = await newDialer();
});
afterEach(async () => {
  await running?.stop();
  const said = slacks.flatMap(messagesOfApp);
  for (const each of slacks) expect(leaksIn([...logLines, ...said], secretsOf(each, dialer))).toEqual([]);
  // Whose account it is, is nobody's business either.
  expect([...logLines, ...said].filter((text) => text.includes(otherUser) || text.includes('4d99d91c'))).toEqual([]);
  for (const each of [...slacks, ...dialers]) await each.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function newSlack(seed: Parameters<typeof createSlackSandbox>[0] = {}): Promise<SlackSandbox> {
  const made = await createSlackSandbox({ waitMs: longestMs, ...seed });
  slacks.push(made);
  return made;
}
async function newDialer(options: DialerSandboxOptions = {}): Promise<DialerSandbox> {
  const made = await createDialerSandbox(options);
  dialers.push(made);
  return made;
}

async function start(
  with_: { slack?: SlackSandbox; dialer?: DialerSandbox; adopt?: boolean } = {},
): Promise<RunningApp> {
  const config = configFor(with_.slack ?? slack, with_.dialer ?? dialer, dataDir);
  running = await startApp(config, {
    log: createLog('debug', (line) => logLines.push(line)),
    delivery: { editEveryMs: 50, postEveryMs: 10, editsPerMinute: 6_000, staleAfterMs: 0 },
    adopt: with_.adopt ?? false,
  });
  return running;
}
async function stop(): Promise<void> {
  await running?.stop();
  running = null;
}

/** A bot that has served its workspace: it watches every task. */
async function served(): Promise<void> {
  const app = await start();
  await app.pollNow();
  await slack.as('alice').in(channel).command('/dial watch all');
  await slack.as('alice').in(channel).command('/dial watch Spring');
  await slack.as('alice').expectCard(channel, 'Spring');
  await app.pollNow();
  await stop();
}

const posted = (where: SlackSandbox): number =>
  where.traffic.exchanges().filter(({ direction, name }) => direction === 'from-app' && /^chat\./.test(name)).length;

describe('a store is refused', () => {
  const otherWorkspace = () => newSlack({ seed: { workspace: { ...defaultSeed.workspace, id: 'T0OTHER001' } } });
  const otherApp = () => newSlack({ seed: { app: { ...defaultSeed.app, id: 'A0OTHER001' } } });

  test.each<[string, () => Promise<Parameters<typeof start>[0]>, RegExp]>([
    ['to another workspace', async () => ({ slack: await otherWorkspace() }), /belongs to the workspace T0SANDBOX1/],
    ['to another app', async () => ({ slack: await otherApp() }), /belongs to the app A0SANDBOX1/],
    ['at another platform', async () => ({ dialer: await newDialer() }), /belongs to the calling platform at 127/],
  ])('%s, in words, before anything is said', async (_name, other, words) => {
    await served();
    const given = (await other()) ?? {};
    const [slackNow, dialerNow] = [given.slack ?? slack, given.dialer ?? dialer];
    const [before, asked] = [posted(slackNow), dialerNow.requests.length];
    await expect(start(given)).rejects.toMatchObject({ code: 'store_not_ours', message: expect.stringMatching(words) });
    expect([posted(slackNow), dialerNow.requests.length]).toEqual([before, asked]);
    expect(slackNow.sockets.connections()).toBe(0);
  });

  test.each([
    ['with tasks of its own', otherAccount],
    ['with an empty list', emptyAccount],
  ])('to another account %s', async (_name, account) => {
    await served();
    dialer.becomes(account);
    const before = posted(slack);
    const words = expect.stringMatching(
      /another account of the calling platform than the one of DIALER_TOKEN.*--adopt/,
    );
    await expect(start()).rejects.toMatchObject({ code: 'store_not_ours', message: words });
    expect(posted(slack)).toBe(before);
  });

  test('not where the account is the same, whatever its token', async () => {
    await served();
    dialer.becomes({ seed: 2 });
    await start();
    expect(logLines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });
});

describe('an account that changes while the bot runs', () => {
  test.each([
    ['with tasks of its own', otherAccount, 'platform_other_account'],
    ['with an empty list', emptyAccount, 'platform_other_account'],
    ['that shows nothing at all', silentAccount, 'platform_empty'],
  ])('%s: no task is called deleted, and it goes on by itself when the first is back', async (_name, account, code) => {
    await served();
    const app = await start();
    await app.pollNow();
    const before = posted(slack);
    dialer.becomes(account);
    for (let polls = 0; polls < 4; polls += 1) await app.pollNow();
    const ready = await fetch(`http://127.0.0.1:${app.port}/readyz`);
    expect(await ready.json()).toMatchObject({
      ok: false,
      checks: expect.arrayContaining([{ name: 'poll', ok: false, detail: code }]),
    });
    const alice = slack.as('alice').in(channel);
    await alice.command('/dial list');
    await alice.expectEphemeral(account === silentAccount ? '0 tasks' : 'answers for another account');
    expect(messagesOfApp(slack).filter((text) => /was deleted/.test(text))).toEqual([]);
    dialer.becomes({});
    await app.pollNow();
    expect((await fetch(`http://127.0.0.1:${app.port}/readyz`)).status).toBe(200);
    expect(posted(slack) - before).toBeLessThanOrEqual(2);
  });
});

describe('a store that is taken over on purpose', () => {
  test('by another account: nobody hears of what it left behind, and it is refused to the first one', async () => {
    await served();
    dialer.becomes(otherAccount);
    const before = posted(slack);
    const app = await start({ adopt: true });
    for (let polls = 0; polls < 4; polls += 1) await app.pollNow();
    expect(posted(slack)).toBe(before);
    await eventually(() => logLines.some((line) => line.includes('the store was taken over')));
    await stop();
    await start();
    await stop();
    dialer.becomes({});
    await expect(start()).rejects.toMatchObject({ code: 'store_not_ours' });
  });

  test('not while a bot is running on it', async () => {
    const first = await start();
    dialer.becomes(otherAccount);
    await expect(start({ adopt: true })).rejects.toMatchObject({ message: expect.stringContaining('running bot') });
    await first.stop();
  });

  test('by another address of the same account: everything stays', async () => {
    await served();
    const moved = await newDialer();
    const app = await start({ dialer: moved, adopt: true });
    await app.pollNow();
    await slack.as('alice').in(channel).command('/dial watch list');
    await slack.as('alice').in(channel).expectEphemeral('Spring');
  });
});
