import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import Libsql from 'libsql';
import { createDialerSandbox, type DialerSandbox } from '../../sandbox/dialer/server.ts';
import { createSlackSandbox, type SlackSandbox } from '../../sandbox/slack/server.ts';
import { manifestOf } from '../../src/slack/manifest.ts';
import { type Built, build } from '../support/built.ts';
import { eventually } from '../support/eventually.ts';

/** The program as it is installed: its build, run by a Node that knows nothing of the sources. */

jest.setTimeout(90_000);

let built: Built;
beforeAll(async () => {
  built = await build();
});
afterAll(() => built.remove());

let slack: SlackSandbox;
let dialer: DialerSandbox;
let home: string;
let dataDir: string;
let children: ChildProcess[];
beforeEach(async () => {
  slack = await createSlackSandbox();
  dialer = await createDialerSandbox();
  home = await mkdtemp(join(tmpdir(), 'dialdeck-program-'));
  dataDir = join(home, 'data');
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await slack.close();
  await dialer.close();
  await rm(home, { recursive: true, force: true });
});

const settings = (): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  SLACK_BOT_TOKEN: slack.botToken,
  SLACK_APP_TOKEN: slack.appToken,
  SLACK_API_URL: slack.apiUrl,
  DIALER_URL: dialer.url,
  DIALER_TOKEN: dialer.token,
  DATA_DIR: dataDir,
  PORT: '0',
});

interface Ran {
  code: number;
  out: string;
  err: string;
}

function run(
  words: string[],
  env: Record<string, string> = settings(),
  as: { uid?: number; gid?: number } = {},
): Promise<Ran> {
  return new Promise((done) => {
    const child = execFile(process.execPath, [built.bot, ...words], { env, cwd: home, ...as }, (error, out, err) =>
      done({ code: error === null ? 0 : Number(error.code), out, err }),
    );
    // Of a test that was given up, nothing goes on.
    children.push(child);
  });
}

/** A bot that runs; resolves when it says so. */
async function bot(
  env: Record<string, string> = settings(),
): Promise<{ child: ChildProcess; ended: Promise<number | null> }> {
  const child = spawn(process.execPath, [built.bot], { env, cwd: home, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (text += String(part)));
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  await eventually(() => text.includes('Dialdeck is running') || child.exitCode !== null);
  if (child.exitCode !== null) throw new Error(text);
  return { child, ended };
}

/** What is in the folder of the store: bytes, owners and modes. */
async function traces(): Promise<unknown[]> {
  const names = (await readdir(dataDir)).sort();
  return Promise.all(
    names.map(async (name) => {
      const { uid, gid, mode, ino } = await stat(join(dataDir, name));
      const bytes = createHash('sha256')
        .update(await readFile(join(dataDir, name)))
        .digest('hex');
      return { name, uid, gid, mode, ino, bytes };
    }),
  );
}

/** Takes migrations back, as if this version had more of them than the one that wrote the store. */
function makePending(): void {
  const database = new Libsql(join(dataDir, 'dialdeck.db'));
  database.exec('drop table store_owner');
  database.exec("delete from dialdeck_migrations where name in ('0012-store-owner', '0014-quiet-polls')");
  database.close();
}

describe('what can be typed', () => {
  test('help names every command and what is typed here; nothing that only exists in the sources', async () => {
    const { code, out } = await run(['help']);
    expect(code).toBe(0);
    for (const name of [
      'start',
      'doctor',
      'manifest',
      'migrate',
      'backup',
      'restore',
      'settle',
      'move',
      'health',
      'version',
      'help',
    ]) {
      expect(out).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    }
    expect(out).toContain(built.bot);
    expect((await run(['--help'])).out).toBe(out);
  });

  test('version', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    expect((await run(['version'])).out).toContain(`dialdeck ${version} `);
    expect((await run(['--version'])).out).toContain(version);
  });

  test.each([[['strat']], [['doctor', '--adopt']], [['doctor', 'now']], [['--adpot']]])(
    '%j is explained, with the exit status 2, and starts nothing',
    async (words) => {
      const { code, out, err } = await run(words);
      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(/There is no command|Usage: /);
      expect(await readdir(home)).toEqual([]);
    },
  );

  test('from dist with its production packages alone, outside of any checkout, by the name dialdeck', async () => {
    const installed = join(home, 'installed');
    await mkdir(installed);
    await cp(resolve(built.entry('main'), '..'), join(installed, 'dist'), { recursive: true });
    await cp('package.json', join(installed, 'package.json'));
    const { dependencies } = JSON.parse(await readFile('package.json', 'utf8')) as { dependencies: object };
    expect(Object.keys(dependencies)).not.toContain('tsx');
    // Their own dependencies are found beside where the links lead.
    for (const name of Object.keys(dependencies)) {
      const link = join(installed, 'node_modules', name);
      await mkdir(dirname(link), { recursive: true });
      await symlink(resolve('node_modules', name), link);
    }
    const said = await new Promise<string>((done) =>
      execFile(process.execPath, [join(installed, 'dist', 'main.js'), 'help'], { cwd: installed, env: {} }, (_e, out) =>
        done(out),
      ),
    );
    expect(said).toContain('node dist/main.js <command>');
    expect(said).not.toMatch(/npm run|npx/);
  });
});

describe('manifest', () => {
  test('is JSON on stdout; the link that fills it in is not part of it', async () => {
    const { out, err } = await run(['manifest'], { SLACK_COMMAND: '/calls' });
    const expected = manifestOf({ command: '/calls', publicUrl: null });
    expect(JSON.parse(out)).toEqual(expected);
    const link = /https:\/\/api\.slack\.com\/apps\?new_app=1&manifest_json=(\S+)/.exec(err)?.[1] ?? '';
    expect(JSON.parse(decodeURIComponent(link))).toEqual(expected);
  });

  test('for HTTP by PUBLIC_URL, unless an app-level token chooses Socket Mode', async () => {
    const environment = { PUBLIC_URL: '"https://bot.example.com/"' };
    const { out, err } = await run(['manifest'], environment);
    expect(JSON.parse(out)).toEqual(manifestOf({ command: '/dial', publicUrl: 'https://bot.example.com' }));
    expect(err).toContain('https://api.slack.com/apps?new_app=1');
    const sockets = await run(['manifest'], { ...environment, SLACK_APP_TOKEN: 'xapp-1' });
    expect(JSON.parse(sockets.out)).toEqual(manifestOf({ command: '/dial', publicUrl: null }));
    expect(sockets.err).toMatch(/PUBLIC_URL is not used/);
    expect(await run(['manifest'], { PUBLIC_URL: 'bot.example.com' })).toMatchObject({
      code: 1,
      err: expect.stringMatching(/PUBLIC_URL must be the public address/),
    });
    expect(await run(['manifest', '--out', join(home, 'none', 'x.json')], {})).toMatchObject({
      code: 1,
      err: expect.stringMatching(/x\.json cannot be written: there is no such file\n$/),
    });
  });

  test('for HTTP, into a file; an address that Slack would refuse is refused', async () => {
    const file = join(home, 'manifest.json');
    await run(['manifest', '--http', 'https://bot.example.com', '--out', file], {});
    expect(await readFile(file, 'utf8')).toContain('https://bot.example.com/slack/events');
    for (const address of ['http://bot.example.com', 'bot.example.com', 'https://bot.example.com/slack']) {
      expect((await run(['manifest', '--http', address], {})).code).toBe(1);
    }
  });
});

describe('secrets in files', () => {
  test('start the bot; what it writes shows none of them', async () => {
    const { SLACK_BOT_TOKEN = '', SLACK_APP_TOKEN = '', DIALER_TOKEN = '', ...others } = settings();
    const secrets = { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, DIALER_TOKEN };
    const environment: Record<string, string> = { ...others, LOG_LEVEL: 'debug' };
    for (const [name, value] of Object.entries(secrets)) {
      environment[`${name}_FILE`] = join(home, name);
      await writeFile(join(home, name), `${value}\n`, { mode: 0o600 });
    }
    const running = await bot(environment);
    const asked = await run(['doctor'], environment);
    expect([asked.code, asked.out]).toEqual([0, expect.not.stringMatching(/File |Setting /)]);
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(0);
    for (const secret of Object.values(secrets)) expect(asked.out).not.toContain(secret);
  });

  test('that cannot be read are named by the start and by the doctor', async () => {
    const { DIALER_TOKEN: _, ...others } = settings();
    const environment = { ...others, DIALER_TOKEN_FILE: join(home, 'missing') };
    const sentence = `cannot be read from ${join(home, 'missing')}, which DIALER_TOKEN_FILE names: there is no such file`;
    expect((await run(['start'], environment)).err).toContain(`DIALER_TOKEN ${sentence}`);
    expect((await run(['doctor'], environment)).out).toContain(`✗ Setting DIALER_TOKEN: ${sentence}`);
  });
});

describe('what is pointed out', () => {
  test('a name that is a typo, also where it is why a setting is missing; and what .env sets too late', async () => {
    const { SLACK_BOT_TOKEN = '', ...others } = settings();
    await writeFile(join(home, '.env'), `SLACK_BOT_TOKN=${SLACK_BOT_TOKEN}\nNODE_EXTRA_CA_CERTS=ca.pem\n`, {
      mode: 0o644,
    });
    const { code, err } = await run(['start'], others);
    expect(code).toBe(1);
    expect(err).toMatch(/SLACK_BOT_TOKEN is missing/);
    expect(err).toMatch(/Setting SLACK_BOT_TOKN is not known and has no effect; perhaps SLACK_BOT_TOKEN is meant/);
    expect(err).toMatch(/Setting NODE_EXTRA_CA_CERTS has no effect in \.env/);
    expect(err).toMatch(/File \.env other users of this machine can open it \(mode 644\)/);
    expect(err).not.toContain(SLACK_BOT_TOKEN);
    expect((await run(['doctor'], others)).out).toMatch(
      /! Setting SLACK_BOT_TOKN: .*\n\s+Rename it to SLACK_BOT_TOKEN/,
    );
  });
});

test('a command on the store says that .env, which names its place, is not read', async () => {
  await mkdir(join(home, '.env'));
  for (const words of [['backup'], ['settle'], ['move', 'to-postgres'], ['migrate']])
    expect((await run(words)).err).toMatch(/^File \.env is not read: that is a folder$/m);
});

describe('the doctor', () => {
  test('creates nothing where there is no store yet', async () => {
    const { code, out } = await run(['doctor']);
    expect([code, out]).toEqual([0, expect.stringContaining('the first start creates it')]);
    expect(await readdir(home)).toEqual([]);
  });

  test('leaves a live store with pending migrations as it is, as root and as nobody, and the bot starts again', async () => {
    const first = await bot();
    first.child.kill('SIGKILL');
    await first.ended;
    makePending();
    // A log that a bot has left behind is part of a live store.
    const live = new Libsql(join(dataDir, 'dialdeck.db'));
    live.exec("insert into claims (key, until) values ('written by a running bot', 1)");
    const before = await traces();
    expect(before.map((one) => (one as { name: string }).name)).toEqual([
      'dialdeck.db',
      'dialdeck.db-shm',
      'dialdeck.db-wal',
    ]);

    const asRoot = await run(['doctor']);
    expect(asRoot.out).toMatch(/! Store version: the next start runs .*0012-store-owner/);
    expect(asRoot.out).toMatch(/no way back but a backup/);
    expect(await traces()).toEqual(before);

    const nobody = { uid: 65_534, gid: 65_534 };
    await chmod(home, 0o755);
    // Only root may become nobody, and nobody must be able to reach this checkout.
    if (process.getuid?.() === 0 && (await run(['version'], settings(), nobody)).code === 0) {
      const asNobody = await run(['doctor'], settings(), nobody);
      expect(asNobody.out).toMatch(/! Store: .*belongs to another user \(uid 0\)/);
      expect(asNobody.code).toBe(0);
      expect(await traces()).toEqual(before);
    }
    live.close();
    const again = await bot();
    again.child.kill('SIGTERM');
    expect(await again.ended).toBe(0);
  });

  describe('as the user of the bot', () => {
    const user = { uid: 65_534, gid: 65_534 };
    let file: string;
    /** Only root may become that user, who must be able to reach this checkout. */
    let isPossible: boolean;
    beforeEach(async () => {
      await chmod(home, 0o755);
      isPossible = process.getuid?.() === 0 && (await run(['version'], settings(), user)).code === 0;
      if (!isPossible) return;
      await mkdir(dataDir, { mode: 0o700 });
      await chown(dataDir, user.uid, user.gid);
      await run(['migrate']);
      file = join(dataDir, 'dialdeck.db');
    });

    const asked = async (as: { uid: number; gid: number }) => {
      const { code, out } = await run(['doctor'], settings(), as);
      return { code, said: out.split('\n').filter((line) => /Store/.test(line)) };
    };

    test('a file that root has left behind is pointed out, also to root, who may write everything', async () => {
      if (!isPossible) return;
      await chown(file, 0, 0);
      await chmod(file, 0o644);
      const strange = expect.stringMatching(/^! Store: .* is of uid 65534, but not dialdeck\.db \(uid 0\)/);
      expect(await asked(user)).toEqual({
        code: 1,
        said: [`✗ Store: ${file} may not be written by this user`, strange],
      });
      expect((await asked({ uid: 0, gid: 0 })).said).toEqual([`✓ Store: SQLite in ${dataDir}`, strange]);
    });

    test('a folder that it may not write and a file that it may not read are faults', async () => {
      if (!isPossible) return;
      await chmod(dataDir, 0o500);
      expect(await asked(user)).toEqual({ code: 1, said: [`✗ Store: ${dataDir} may not be written by this user`] });
      await chmod(file, 0);
      expect(await asked(user)).toMatchObject({
        code: 1,
        said: [expect.stringMatching(/^✗ Store: .* cannot be read: /)],
      });
    });

    test('to someone else who may read the store, it is only of another user', async () => {
      if (!isPossible) return;
      await chmod(dataDir, 0o755);
      await chmod(file, 0o644);
      // Its log is closed to others.
      await chmod(`${file}-wal`, 0o600);
      expect(await asked({ uid: 65_533, gid: 65_533 })).toEqual({
        code: 0,
        said: [
          expect.stringMatching(/^! Store: .* belongs to another user \(uid 65534\), and this one may not read it/),
        ],
      });
      await chmod(`${file}-wal`, 0o644);
      expect(await asked({ uid: 65_533, gid: 65_533 })).toEqual({
        code: 0,
        said: [
          `✓ Store: SQLite in ${dataDir}`,
          `! Store: ${file} may not be written by this user (it is of uid 65534)`,
          `! Store: ${dataDir} may not be written by this user (it is of uid 65534)`,
        ],
      });
    });
  });

  test('as root, of a damaged store of another user, and without a folder for its copy: the cause is named', async () => {
    await run(['migrate']);
    const nowhere = { ...settings(), TMPDIR: join(home, 'nowhere') };
    expect((await run(['doctor'], nowhere)).out).toMatch(
      /✗ Store: .* cannot be read: store: \S+nowhere cannot be written: there is no such file; set TMPDIR/,
    );
    if (process.getuid?.() !== 0) return;
    await chown(dataDir, 65_534, 65_534);
    await writeFile(join(dataDir, 'dialdeck.db'), 'no database at all. '.repeat(1_000));
    expect((await run(['doctor'])).out).toMatch(/✗ Store: .* cannot be read: .*the file is not a database/);
  });

  test('as root, of a store of another user that no bot runs on: that user can start all the same', async () => {
    if (process.getuid?.() !== 0) return;
    await run(['migrate']);
    await chown(dataDir, 65_534, 65_534);
    for (const name of await readdir(dataDir)) await chown(join(dataDir, name), 65_534, 65_534);
    const before = await traces();
    expect((await run(['doctor'])).out).toContain('✓ Store:');
    expect(await traces()).toEqual(before);
  });

  test('names in words that the store is of another account, and of another workspace', async () => {
    const first = await bot();
    first.child.kill('SIGTERM');
    await first.ended;
    dialer.becomes({ userId: '00000000-aaaa-4bbb-8ccc-111111111111', account: 'fresh' });
    const { code, out } = await run(['doctor']);
    expect(code).toBe(1);
    expect(out).toMatch(
      /✗ Store owner: it belongs to another account of the calling platform than the one of DIALER_TOKEN/,
    );
    expect(out).toContain('--adopt');
  });
});

describe('migrate', () => {
  test('creates the store, brings one to this version, and says what it did', async () => {
    expect((await run(['migrate'])).out).toMatch(/^Migrated: 0001-initial, /);
    expect((await run(['migrate'])).out).toBe('The store is of this version.\n');
    makePending();
    expect((await run(['migrate'])).out).toBe('Migrated: 0012-store-owner, 0014-quiet-polls\n');
  });

  test('of a store that cannot be opened: a sentence, exit status 1', async () => {
    const { code, err } = await run(['migrate'], { DATA_DIR: '/dev/null/data' });
    expect([code, err]).toEqual([1, expect.stringMatching(/^The store was not changed: .*not a directory/)]);
  });
});

describe('backup and restore', () => {
  const posted = (): unknown[] =>
    slack.traffic
      .exchanges()
      .filter(({ direction, name }) => direction === 'from-app' && name === 'chat.postMessage')
      .map(({ sent }) => sent);

  test('a copy made while the bot runs is put back once it is stopped; channels hear nothing of it twice', async () => {
    const running = await bot({ ...settings(), POLL_CRON: '* * * * * *' });
    const alice = slack.as('alice').in('outbound-calls');
    await alice.command('/dial watch Spring');
    await alice.expectCard('outbound-calls', 'Spring');
    const before = await traces();
    const made = await run(['backup', '--to', join(home, 'copies'), '--keep', '2']);
    expect([made.code, made.err]).toEqual([0, '']);
    const file = /Backup: (\S+\.db)/.exec(made.out)?.[1] ?? '';
    expect(made.out).toContain('Checked: 1 watch, 0 open imports.');
    // The bot may have written meanwhile; nothing came beside its files.
    expect((await traces()).length).toBe(before.length);

    const refused = await run(['restore', file]);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('a bot is running on this database')]);

    // After the copy: a pause that channels were notified of.
    const task = dialer.tasks.find(({ name }) => name.startsWith('Spring'));
    dialer.rival(task?.uuid ?? '', { start: false });
    await eventually(() => posted().some((sent) => JSON.stringify(sent).includes('paused')));
    running.child.kill('SIGTERM');
    await running.ended;

    const restored = await run(['restore', file]);
    expect([restored.code, restored.err]).toEqual([0, '']);
    expect(restored.out).toMatch(/The former database is .*before-restore-/);
    const said = posted().length;
    const again = await bot({ ...settings(), POLL_CRON: '* * * * * *' });
    const polls = dialer.requests.filter(({ route }) => route === 'list').length;
    await eventually(() => dialer.requests.filter(({ route }) => route === 'list').length > polls + 4);
    expect(posted().length).toBe(said);
    again.child.kill('SIGTERM');
    expect(await again.ended).toBe(0);
  });

  test('of PostgreSQL, the exact commands are named', async () => {
    const environment = { ...settings(), DATABASE_URL: 'postgres://bot:pass-w0rd@127.0.0.1:9/x' };
    const asked = [await run(['backup'], environment), await run(['restore', 'x'], environment)];
    expect(asked[0]?.out).toContain('pg_dump --format=custom');
    expect(asked[1]?.out).toMatch(/pg_restore .*--single-transaction[^\n]*\n {2}node \S+ settle/);
    expect(JSON.stringify(asked)).not.toContain('pass-w0rd');

    const file = join(home, 'database-url');
    await writeFile(file, `${environment.DATABASE_URL}\n`, { mode: 0o600 });
    const { DATABASE_URL: _, ...others } = environment;
    const { out } = await run(['backup'], { ...others, DATABASE_URL_FILE: file });
    expect(out).toContain('.dump" "$(cat "$DATABASE_URL_FILE")"');
  });

  test('what root makes for another user belongs to that user, who can go on', async () => {
    const user = { uid: 65_534, gid: 65_534 };
    await chmod(home, 0o755);
    if (process.getuid?.() !== 0 || (await run(['version'], settings(), user)).code !== 0) return;
    await mkdir(dataDir, { mode: 0o700 });
    await chown(dataDir, user.uid, user.gid);
    for (const words of [['migrate'], ['backup'], ['backup', '--to', join(dataDir, 'one', 'two')]])
      expect((await run(words)).code).toBe(0);
    const files = await readdir(dataDir, { recursive: true });
    expect(files.filter((name) => name.endsWith('.db')).length).toBe(3);
    expect(files).toContain(join('one', 'two'));
    for (const name of files) expect([name, (await stat(join(dataDir, name))).uid]).toEqual([name, user.uid]);
    for (const words of [['migrate'], ['backup']]) expect((await run(words, settings(), user)).code).toBe(0);
  });

  test('none of them but `restore` creates a store where there is none', async () => {
    for (const command of ['backup', 'settle']) {
      const { code, err } = await run([command]);
      expect([code, err]).toEqual([1, expect.stringContaining(`there is none in DATA_DIR (${dataDir})`)]);
    }
    const missing = join(home, 'missing.db');
    expect((await run(['restore', missing])).err).toContain(`${missing} cannot be read: there is no such file`);
    expect((await run(['restore', home])).err).toContain(`${home} is no file`);
    expect(await readdir(home)).toEqual([]);

    await run(['migrate']);
    await writeFile(join(home, 'taken'), '');
    const { code, err } = await run(['backup', '--to', join(home, 'taken')]);
    expect([code, err]).toEqual([1, expect.stringMatching(/taken cannot be (?:created|written): /)]);
  });

  test.each([[['backup', '--keep', '0']], [['restore']], [['move']], [['move', 'to-oracle']], [['restore', 'a', 'b']]])(
    '%j is explained',
    async (words) => {
      expect((await run(words)).code).toBe(2);
      expect(await readdir(home)).toEqual([]);
    },
  );
});

describe('health', () => {
  test('asks the bot on this machine', async () => {
    const port = String(20_000 + Math.floor(Math.random() * 10_000));
    expect(await run(['health'], { PORT: port })).toMatchObject({ code: 1, err: expect.stringContaining(port) });
    const running = await bot({ ...settings(), PORT: port });
    expect(await run(['health'], { PORT: port })).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\{"ok":true,"version":"\d/),
    });
    await eventually(async () => (await run(['health', '--ready'], { PORT: port })).code === 0);
    dialer.faults.add({ kind: 'status', route: 'list', status: 401 });
    running.child.kill('SIGTERM');
    await running.ended;
    expect((await run(['health', '--ready'], { PORT: port })).code).toBe(1);
  });
});
