import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createDialerSandbox, type DialerSandbox } from '../../../sandbox/dialer/server.ts';
import { appFromManifest, defaultSeed } from '../../../sandbox/slack/seed.ts';
import { createSlackSandbox, type SlackSandbox } from '../../../sandbox/slack/server.ts';
import { eventually, longestMs } from '../eventually.ts';
import {
  type Cast,
  type Chapter,
  clinic,
  numbersOf,
  patience,
  phonesOf,
  previewed,
  spring,
  taskNamed,
} from './cast.ts';
import { oneMore } from './next-release.ts';
import { type Awaited, listenTo } from './said.ts';
import { assertSame } from './same.ts';

const exec = promisify(execFile);

/** For how long a store remembers a bot that did not say that it stopped. */
const presenceMs = 10_000;

/** From the secrets to the end. */
export const secondYear: readonly Chapter[] = [
  { name: 'rotate the bot token', play: (cast) => rotated(cast, 'SLACK_BOT_TOKEN') },
  { name: 'rotate the app-level token', play: (cast) => rotated(cast, 'SLACK_APP_TOKEN') },
  { name: 'rotate the token of the platform', play: (cast) => rotated(cast, 'DIALER_TOKEN') },
  {
    name: 'rotate the key of the numbers',
    async play(cast) {
      const { bot } = cast;
      bot.settings.NUMBERS_KEY_PREVIOUS = bot.settings.NUMBERS_KEY ?? '';
      bot.settings.NUMBERS_KEY = 'another-key-of-the-numbers';
      await bot.restart();
      delete bot.settings.NUMBERS_KEY_PREVIOUS;
      await bot.restart();
      // What was sent before is still recognized, and what must not be called.
      const preview = await previewed(cast, clinic, [...phonesOf(1, 300), '13900009999', '13900008888']);
      assert.match(preview.text(), /300[^\n]*before/);
      assert.match(preview.text(), /1[^\n]*do-not-call/);
      await preview.close({ all: true });
      return [];
    },
  },
  {
    name: 'another command, language and time zone',
    async play({ bot, slack, dialer, alice, limei }) {
      bot.settings.SLACK_COMMAND = '/calls';
      bot.settings.LOCALE = 'zh-CN';
      bot.settings.TZ = 'America/New_York';
      slack.reinstall(appFromManifest(JSON.parse((await bot.dialdeck(['manifest'])).out)));
      await bot.restart();
      await alice.command('/calls list');
      await alice.expectEphemeral('Clinic', patience);
      await limei.command('/calls 列表');
      await limei.expectEphemeral(/任务/, patience);
      dialer.rival(taskNamed(dialer, spring).uuid, { start: true });
      return [
        ['#outbound-calls', /在平台上启动了 \*Spring/],
        ['#general', /在平台上启动了 \*Spring/],
      ];
    },
  },
  {
    name: 'upgrade: the new version beside, its doctor, a backup, the switch',
    async play(cast) {
      const { machine, bot, archives, alice } = cast;
      await machine.install(archives.next);
      const doctor = await bot.succeeds(['doctor'], archives.next.version);
      assert.match(doctor, new RegExp(`Store version: the next start runs .*${oneMore}`));
      await bot.stop();
      cast.backup = /Backup: (\S+)/.exec(await bot.succeeds(['backup', '--keep', '3']))?.[1] ?? '';
      await machine.switchTo(archives.next.version);
      await bot.start();
      assert.match(bot.log(), new RegExp(`"database migrated".*${oneMore}`));
      assert.equal((await bot.healthz()).version, archives.next.version);
      await alice.command('/calls list');
      await alice.expectEphemeral('Clinic', patience);
      return [];
    },
  },
  {
    name: 'back to the old version, which refuses the store until the backup is restored',
    async play(cast) {
      const { machine, bot, archives, alice } = cast;
      await bot.stop();
      await machine.switchTo(archives.now.version);
      const before = await fingerprint(bot.dataDir);
      const refused = await bot.dialdeck(['start']);
      assert.equal(refused.code, 1);
      assert.match(refused.out, /could not start/);
      assert.match(refused.out, /newer version/);
      assert.equal(await fingerprint(bot.dataDir), before);
      await bot.succeeds(['restore', cast.backup]);
      await bot.start();
      assert.equal((await bot.healthz()).version, archives.now.version);
      await alice.command('/calls watch list');
      await alice.expectEphemeral('Spring', patience);
      return [];
    },
  },
  { name: 'move to PostgreSQL', play: movedToPostgres },
  { name: 'a dump of PostgreSQL, and its restoration, by the commands that are printed', play: dumpedAndRestored },
  { name: 'move back to SQLite', play: movedBack },
  { name: 'a second workspace beside, and a settings file that was copied', play: secondWorkspace },
  {
    name: 'uninstall',
    async play({ machine, bot }) {
      await bot.succeeds(['backup', '--to', join(bot.dataDir, 'last')]);
      await bot.stop();
      assertSame(await readdir(join(machine.place, 'tmp')), []);
      for (const folder of ['opt', 'var', 'tmp']) {
        await exec('chmod', ['-R', 'u+w', join(machine.place, folder)]);
        await rm(join(machine.place, folder), { recursive: true });
      }
      assertSame(await readdir(machine.place), []);
      return [];
    },
  },
];

const issues = {
  SLACK_BOT_TOKEN: (slack: SlackSandbox) => slack.replace('botToken'),
  SLACK_APP_TOKEN: (slack: SlackSandbox) => slack.replace('appToken'),
  DIALER_TOKEN: (_slack: SlackSandbox, dialer: DialerSandbox) => dialer.replaceToken(),
};

/** A secret is replaced where it is issued; the doctor names the setting that is out of date, and the new one works. */
async function rotated({ bot, slack, dialer, alice }: Cast, name: keyof typeof issues): Promise<readonly Awaited[]> {
  const secret = issues[name](slack, dialer);
  const outdated = await bot.dialdeck(['doctor']);
  assert.equal(outdated.code, 1);
  assert.match(outdated.out, new RegExp(`✗[\\s\\S]*${name}`));
  bot.settings[name] = secret;
  await bot.restart();
  await bot.succeeds(['doctor']);
  await alice.command('/dial list');
  await alice.expectEphemeral('Clinic', patience);
  return [];
}

async function movedToPostgres({ bot, databaseUrl, alice }: Cast): Promise<readonly Awaited[] | string> {
  if (databaseUrl === null) return 'no PostgreSQL server: TEST_DATABASE_URL is not set';
  await bot.stop();
  bot.settings.DATABASE_URL = databaseUrl;
  const said = await bot.succeeds(['move', 'to-postgres']);
  assert.match(said, /counted on both sides: .*watches 2/);
  await bot.start();
  await alice.command('/calls watch list');
  await alice.expectEphemeral('Spring', patience);
  return [];
}

/** Runs the commands that `backup` and `restore` print, as an administrator would paste them. */
async function dumpedAndRestored(cast: Cast): Promise<readonly Awaited[] | string> {
  const { bot, databaseUrl, machine } = cast;
  if (databaseUrl === null) return 'no PostgreSQL server';
  const folder = join(machine.place, 'dumps');
  await mkdir(folder);
  const shell = (command: string) =>
    exec('/bin/sh', ['-c', command], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', DATABASE_URL: databaseUrl },
    });
  const printed = await bot.dialdeck(['backup']);
  assert.equal(printed.code, 1);
  await shell(/^ {2}(umask 077 && pg_dump .*)$/m.exec(printed.out)?.[1] ?? 'false');
  const [file = ''] = await readdir(folder);
  assert.match(file, /^dialdeck-\d{8}T\d{6}Z\.dump$/);
  assert.match((await shell(`pg_restore --list ${file}`)).stdout, /TABLE DATA public watches/);

  const posts = () => cast.slack.traffic.exchanges('chat.postMessage').length;
  const before = posts();
  await cast.alice.command(`/calls watch ${clinic}`);
  await eventually(() => posts() > before);
  await bot.stop();
  const how = await bot.dialdeck(['restore']);
  assert.equal(how.code, 1);
  await shell((/^ {2}(pg_restore .*)$/m.exec(how.out)?.[1] ?? 'false').replace('FILE', file));
  // The dump was made while a bot ran, which it remembers for ten seconds.
  await sleep(presenceMs);
  assert.match(await bot.succeeds(['settle']), /Open imports: 0/);
  await rm(folder, { recursive: true });
  await bot.start();
  await cast.alice.command('/calls watch list');
  const list = await cast.alice.expectEphemeral('Spring', patience);
  assert.doesNotMatch(list.text(), /Clinic/);
  // The card of the watch that was made after the dump.
  return [['#outbound-calls', /Clinic/]];
}

async function movedBack({ bot, databaseUrl, alice }: Cast): Promise<readonly Awaited[] | string> {
  if (databaseUrl === null) return 'no PostgreSQL server';
  await bot.stop();
  await rename(join(bot.dataDir, 'dialdeck.db'), join(bot.dataDir, 'before-move.db'));
  assert.match(await bot.succeeds(['move', 'to-sqlite']), /counted on both sides: .*watches 2/);
  delete bot.settings.DATABASE_URL;
  await bot.start();
  await alice.command('/calls watch list');
  await alice.expectEphemeral('Spring', patience);
  return [];
}

async function secondWorkspace({ machine, bot, slack, dialer }: Cast): Promise<readonly Awaited[]> {
  const otherSlack = await createSlackSandbox({
    waitMs: longestMs,
    seed: {
      workspace: { ...defaultSeed.workspace, id: 'T0OTHER001' },
      app: { ...appFromManifest(JSON.parse((await bot.dialdeck(['manifest'])).out)), id: 'A0OTHER001' },
    },
  });
  const otherDialer = await createDialerSandbox({ userId: '00000000-aaaa-4bbb-8ccc-111111111111' });
  try {
    const other = await machine.service('dialdeck-acme', {
      ...bot.settings,
      SLACK_BOT_TOKEN: otherSlack.botToken,
      SLACK_APP_TOKEN: otherSlack.appToken,
      SLACK_API_URL: otherSlack.apiUrl,
      DIALER_URL: otherDialer.url,
      DIALER_TOKEN: otherDialer.token,
      LOCALE: 'en',
    });
    const heard = listenTo(otherSlack);
    // Its settings were copied with the folder of the first one's store, whose bot runs.
    other.settings.DATA_DIR = bot.dataDir;
    const refused = await other.dialdeck(['start']);
    assert.equal(refused.code, 1);
    assert.match(refused.out, /belongs to the workspace T0SANDBOX1/);
    delete other.settings.DATA_DIR;

    await other.start();
    await otherSlack.as('bob').in('outbound-calls').command('/calls watch 双十一');
    const card: Awaited = ['#outbound-calls', /双十一/];
    await heard.heard([card], async () => undefined);
    assert.equal(slack.sockets.connections(), otherSlack.sockets.connections());
    assert.equal(numbersOf(dialer, clinic).length, 760);
    await other.stop();
  } finally {
    await otherSlack.close();
    await otherDialer.close();
  }
  return [];
}

/** Of the database, not of what SQLite keeps beside it while it looks. */
async function fingerprint(dataDir: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(join(dataDir, 'dialdeck.db')))
    .digest('hex');
}
