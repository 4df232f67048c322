import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createDialerSandbox, type DialerSandbox } from '../../sandbox/dialer/server.ts';
import { createSlackSandbox, type SlackSandbox } from '../../sandbox/slack/server.ts';
import { checkUp } from '../../src/checkup/checkup.ts';
import type { Finding } from '../../src/checkup/finding.ts';
import { systemClock } from '../../src/clock.ts';
import { botScopes } from '../../src/slack/scopes.ts';
import { openStore } from '../../src/store/store.ts';
import { forbiddenIn } from '../support/hostile-text.ts';
import { recordingLog } from '../support/real-store.ts';
import { engines, makeDatabase } from '../support/store/databases.ts';

let slack: SlackSandbox;
let dialer: DialerSandbox;
let dataDir: string;
beforeEach(async () => {
  slack = await createSlackSandbox();
  dialer = await createDialerSandbox();
  dataDir = await mkdtemp(join(tmpdir(), 'dialdeck-checkup-'));
});
afterEach(async () => {
  await slack.close();
  await dialer.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function look(change: Record<string, string> = {}): Promise<Finding[]> {
  const environment = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    DIALER_URL: dialer.url,
    DIALER_TOKEN: dialer.token,
    DATA_DIR: dataDir,
    PORT: '0',
    ...change,
  };
  const findings = await checkUp(environment, {
    log: recordingLog(),
    clock: systemClock,
    program: { call: 'dialdeck' },
  });
  const text = JSON.stringify(findings);
  for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'DIALER_TOKEN', 'DATABASE_URL', 'SLACK_SIGNING_SECRET']) {
    const secret = (environment as Record<string, string>)[name];
    if (secret) expect(text).not.toContain(secret);
  }
  return findings;
}

/** Faults and warnings about one thing. */
const about = (findings: Finding[], what: string) =>
  findings.find((finding) => finding.what === what && finding.level !== 'ok');
const faults = (findings: Finding[]) => findings.filter(({ level }) => level === 'fault').map(({ what }) => what);

/** A Slack whose `auth.test` grants these scopes. */
async function slackGranting(scopes: readonly string[]) {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'x-oauth-scopes': scopes.join(',') });
    const app = { app_id: 'A0THIS12345', team_id: 'T1', bot_id: 'B1' };
    response.end(JSON.stringify({ ok: true, user: 'dialdeck', team: 'Acme', url: 'ws://127.0.0.1:1/', ...app }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

test('all is well, in Socket Mode and in HTTP mode', async () => {
  const granting = await slackGranting(botScopes);
  const hours = { LEGAL_HOURS: '09:00-21:00' };
  const findings = await look({ SLACK_API_URL: granting.apiUrl, ...hours });
  expect(findings.map(({ what, level }) => [what, level])).toEqual([
    ['Settings', 'ok'],
    ['Legal hours', 'ok'],
    ['Slack bot token', 'ok'],
    ['Slack app token', 'ok'],
    ['Calling platform', 'ok'],
    ['Store', 'ok'],
    ['Port', 'ok'],
  ]);
  const byHttp = { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'signing-it' };
  const http = await look({ SLACK_API_URL: granting.apiUrl, ...hours, ...byHttp });
  expect(http.every(({ level }) => level === 'ok')).toBe(true);
  expect(http.map(({ what }) => what)).toContain('Slack requests');
  await granting.close();
});

describe('Slack', () => {
  test('a wrong bot token', async () => {
    const findings = await look({ SLACK_BOT_TOKEN: 'xoxb-000-wrong' });
    expect(faults(findings)).toEqual(['Slack bot token']);
    expect(about(findings, 'Slack bot token')).toMatchObject({
      seen: expect.stringMatching(/invalid_auth/),
      fix: expect.stringMatching(/Bot User OAuth Token/),
    });
  });

  test('a wrong app token: the way to the app token, not to the other one', async () => {
    const findings = await look({ SLACK_APP_TOKEN: 'xapp-000-wrong' });
    expect(faults(findings)).toEqual(['Slack app token']);
    expect(about(findings, 'Slack app token')?.fix).toMatch(/App-Level Tokens/);
    expect(about(findings, 'Slack app token')?.fix).not.toMatch(/OAuth & Permissions/);
  });

  test('tokens of two apps', async () => {
    const granting = await slackGranting(botScopes);
    const seenOf = async (token: string) =>
      about(await look({ SLACK_API_URL: granting.apiUrl, SLACK_APP_TOKEN: token }), 'Slack app token')?.seen;
    expect(await seenOf('xapp-1-A0OTHER1234-987654321-0123abcd')).toBe(
      'SLACK_APP_TOKEN is of the app A0OTHER1234, and SLACK_BOT_TOKEN of A0THIS12345',
    );
    expect(await seenOf('xapp-1-A0THIS12345-987654321-0123abcd')).toBeUndefined();
    expect(await seenOf('xapp-of-another-form')).toBeUndefined();
    await granting.close();
  });

  test('swapped tokens', async () => {
    const findings = await look({ SLACK_BOT_TOKEN: slack.appToken, SLACK_APP_TOKEN: slack.botToken });
    expect(faults(findings)).toEqual(['Setting SLACK_BOT_TOKEN', 'Setting SLACK_APP_TOKEN']);
    expect(findings[0]?.seen).toContain('SLACK_APP_TOKEN');
  });

  test('missing scopes are a warning that names them, and what a declined one costs', async () => {
    const granting = await slackGranting(botScopes.filter((scope) => scope !== 'files:read' && scope !== 'users:read'));
    const findings = await look({ SLACK_API_URL: granting.apiUrl });
    expect(about(findings, 'Slack scopes')).toMatchObject({
      level: 'warning',
      seen: 'missing: files:read',
      fix: expect.stringMatching(/manifest/),
    });
    expect(about(findings, 'Slack optional scopes')).toMatchObject({
      level: 'warning',
      seen: expect.stringMatching(/^declined: users:read \(.*guests, bots and deactivated accounts are not refused/),
    });
    await granting.close();
  });

  test.each([
    ['account_inactive', /Reinstall the app/],
    ['some_new_code', /Copy SLACK_BOT_TOKEN again/],
    ['team_access_not_granted', /Add the workspace to the app/],
    ['service_unavailable', /Nothing is wrong here/],
  ])('%s', async (error, fix) => {
    slack.faults.next('auth.test', { kind: 'error', error });
    expect(about(await look(), 'Slack bot token')).toMatchObject({
      seen: expect.stringContaining(error),
      fix: expect.stringMatching(fix),
    });
  });

  test('an app token without its scope, and a busy Slack', async () => {
    slack.faults.next('apps.connections.open', { kind: 'error', error: 'missing_scope' });
    slack.faults.next('auth.test', { kind: 'rate_limited', retryAfter: 30 });
    const findings = await look();
    expect(about(findings, 'Slack app token')?.fix).toMatch(/connections:write/);
    expect(about(findings, 'Slack bot token')?.fix).toMatch(/Wait/);
  });

  test('an address that is not Slack', async () => {
    const findings = await look({ SLACK_API_URL: 'http://127.0.0.1:9/api/' });
    expect(faults(findings)).toEqual(['Slack bot token', 'Slack app token']);
    expect(about(findings, 'Slack bot token')).toMatchObject({
      seen: expect.stringMatching(/cannot be reached/),
      fix: expect.stringMatching(/SLACK_API_URL/),
    });
    slack.faults.next('auth.test', { kind: 'status', status: 200, body: '<html>A proxy: sign in</html>' });
    expect(about(await look(), 'Slack bot token')).toMatchObject({ seen: expect.stringMatching(/cannot be reached/) });
  });
});

describe('the platform', () => {
  test('a wrong token', async () => {
    const findings = await look({ DIALER_TOKEN: 'wrong-platform-token' });
    expect(faults(findings)).toEqual(['Calling platform']);
    expect(about(findings, 'Calling platform')?.fix).toMatch(/DIALER_TOKEN, DIALER_AUTH_HEADER/);
  });

  test.each(['http://127.0.0.1:9', 'BASE/wrong/path'])('a wrong address: %s', async (url) => {
    const findings = await look({ DIALER_URL: url.replace('BASE', dialer.url) });
    expect(faults(findings)).toEqual(['Calling platform']);
    expect(about(findings, 'Calling platform')?.fix).toMatch(/DIALER_URL/);
  });

  test('a list that takes longer than the time between two polls is a warning', async () => {
    dialer.faults.add({ route: 'list', kind: 'delay', ms: 1_200, times: 1 });
    expect(about(await look({ POLL_CRON: '* * * * * *' }), 'Task list')).toMatchObject({
      level: 'warning',
      seen: 'reading it took 2 s, and a poll is due every 1 s',
      fix: expect.stringMatching(/POLL_CRON/),
    });
    expect(about(await look(), 'Task list')).toBeUndefined();
  });

  test('five fields of a pattern that was meant to have six', async () => {
    expect(about(await look({ POLL_CRON: '*/20 * * * *' }), 'Setting POLL_CRON')).toMatchObject({
      level: 'warning',
      seen: expect.stringMatching(/^a poll is due every 20 minutes/),
    });
    for (const often of ['*/20 * * * * *', '*/5 * * * *'])
      expect(about(await look({ POLL_CRON: often }), 'Setting POLL_CRON')).toBeUndefined();
  });

  test('no line that can be used is a warning', async () => {
    const findings = await look({ DIALER_MIN_RESIDUE: '1000' });
    expect(about(findings, 'Lines')).toMatchObject({
      level: 'warning',
      fix: expect.stringMatching(/free concurrency/),
    });
  });
});

describe('this machine', () => {
  test('a folder that cannot be written', async () => {
    const findings = await look({ DATA_DIR: '/dev/null/data' });
    expect(faults(findings)).toEqual(['Store']);
    expect(about(findings, 'Store')?.fix).toMatch(/DATA_DIR/);
  });

  test('a database that does not answer, without its password', async () => {
    const findings = await look({ DATABASE_URL: 'postgres://bot:pass-w0rd@127.0.0.1:9/x' });
    expect(faults(findings)).toEqual(['Store']);
    expect(about(findings, 'Store')?.fix).toMatch(/DATABASE_URL/);
    expect(JSON.stringify(findings)).not.toContain('pass-w0rd');
  });

  test('a damaged database, and numbers whose key is gone', async () => {
    const store = await openStore({
      ...{ databaseUrl: null, dataDir, log: recordingLog(), clock: systemClock },
      numbers: { key: 'a key of sixteen characters', previous: null },
    });
    await store.addDoNotCall(['+8613800138000'], { person: 'U1', at: 1 });
    await store.close();
    expect(about(await look(), 'Setting NUMBERS_KEY')).toMatchObject({
      seen: expect.stringMatching(/^is not set, and numbers were stored with one/),
    });
    expect(about(await look({ NUMBERS_KEY: 'another key, of some length' }), 'Setting NUMBERS_KEY')).toMatchObject({
      seen: expect.stringMatching(/^is not the key/),
    });
    await rm(join(dataDir, 'dialdeck.db-wal'), { force: true });
    await writeFile(join(dataDir, 'dialdeck.db'), 'no database at all. '.repeat(1_000));
    expect(about(await look(), 'Store')).toMatchObject({
      level: 'fault',
      seen: expect.stringMatching(/is not a database/),
      fix: expect.stringMatching(/restore/),
    });
  });

  test.each(engines)('a store on %s that a newer version has made into something else', async (engine) => {
    const database = await makeDatabase(engine);
    try {
      await (await database.open()).close();
      await database.sql("insert into dialdeck_migrations (name, timestamp) values ('9999-future', 'now')");
      await database.sql('drop table watches');
      const { databaseUrl, dataDir: folder } = database.location;
      const findings = await look({ DATABASE_URL: databaseUrl ?? '', DATA_DIR: folder });
      expect(faults(findings)).toEqual(['Store version']);
      expect(about(findings, 'Store version')?.seen).toMatch(/a newer version/);
    } finally {
      await database.drop();
    }
  });

  test('a PostgreSQL that lets the bot read only, or create nothing, or that holds not every character', async () => {
    if (!engines.includes('postgres')) return;
    const database = await makeDatabase('postgres');
    const url = new URL(database.location.databaseUrl ?? '');
    const name = url.pathname.slice(1);
    const seenAt = async (at: URL) => about(await look({ DATABASE_URL: at.href }), 'Store')?.seen ?? 'nothing';
    try {
      expect(await seenAt(url)).toBe('nothing');
      await database.sql(`create role ${name} login password 'pass-w0rd'`);
      await database.sql('revoke create on schema public from public');
      const guest = Object.assign(new URL(url), { username: name, password: 'pass-w0rd' });
      expect(await seenAt(guest)).toBe(
        `the user ${name} of DATABASE_URL may not create tables: not in the schema public`,
      );
      await database.sql(`alter role ${name} set search_path = nowhere`);
      expect(await seenAt(guest)).toMatch(/may not create tables: there is no schema that it could use$/);
      // Where all tables are there, it need not create any.
      await database.sql(`alter role ${name} reset search_path`);
      await (await database.open()).close();
      await database.sql(`grant all on all tables in schema public to ${name}`);
      expect(await seenAt(guest)).toBe('nothing');
      const opened = await openStore({ databaseUrl: guest.href, dataDir, log: recordingLog(), clock: systemClock });
      expect(await opened.watches()).toEqual([]);
      await opened.close();

      await database.sql(
        `create database ${name}_latin encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0`,
      );
      expect(await seenAt(new URL(`${url.href}_latin`))).toMatch(/has the encoding LATIN1/);
      await database.sql(`drop database ${name}_latin`);
      await database.sql(`alter database ${name} set default_transaction_read_only = on`);
      expect(await seenAt(url)).toMatch(/^PostgreSQL accepts no writes/);
    } finally {
      await database.sql(`begin read write; drop owned by ${name}; drop role if exists ${name}; commit`);
      await database.drop();
    }
  });

  test('an empty PostgreSQL while the file in DATA_DIR holds watches is a hint', async () => {
    if (!engines.includes('postgres')) return;
    const database = await makeDatabase('postgres');
    const store = await openStore({ databaseUrl: null, dataDir, log: recordingLog(), clock: systemClock });
    await store.addWatch({ taskId: 't1', channel: 'C1', owner: 'U1', createdAt: 1 });
    await store.close();
    expect(about(await look({ DATABASE_URL: database.location.databaseUrl ?? '' }), 'Store')).toMatchObject({
      level: 'warning',
      seen: expect.stringMatching(/PostgreSQL holds no watches, but .*dialdeck\.db holds 1/),
      fix: expect.stringContaining('move to-postgres'),
    });
    // The doctor has created no table.
    expect(await database.sql("select * from pg_tables where tablename like 'dialdeck%'")).toEqual([]);
    await database.drop();
  });

  test.each([
    ['another program', 'fault', '<html>hello</html>', /^port \d+ is in use$/],
    ['a program that says it is well', 'fault', '{"ok":true}', /^port \d+ is in use$/],
    ['a bot that runs', 'warning', '{"ok":true,"version":"1.2.3"}', /^\d+ is in use by Dialdeck 1\.2\.3/],
  ])('a port that %s has taken is a %s', async (_who, level, body, seen) => {
    const squatter = createServer((_request, response) => response.end(body));
    await new Promise<void>((done) => squatter.listen(0, '127.0.0.1', () => done()));
    const { port } = squatter.address() as AddressInfo;
    expect(about(await look({ PORT: String(port) }), 'Port')).toMatchObject({
      level,
      seen: expect.stringMatching(seen),
      fix: expect.stringMatching(/PORT/),
    });
    squatter.closeAllConnections();
    await new Promise((done) => squatter.close(done));
  });

  test.each(['192.0.2.7', 'no-such-host.invalid'])('an address of another machine: %s', async (host) => {
    expect(about(await look({ HOST: host }), 'Port')).toMatchObject({
      level: 'fault',
      seen: expect.stringContaining('HOST'),
      fix: expect.stringContaining('HOST'),
    });
  });
});

describe('what others can read', () => {
  test('plain http to another machine is a warning, without the address', async () => {
    const warning = about(await look({ DIALER_URL: 'http://platform.invalid:8080' }), 'Setting DIALER_URL');
    expect(warning).toMatchObject({ level: 'warning', seen: expect.stringMatching(/unencrypted/) });
    expect(JSON.stringify(warning)).not.toContain('platform.invalid');
  });

  test('a folder that others can open is a warning with its command', async () => {
    await chmod(dataDir, 0o755);
    expect(about(await look(), `File ${dataDir}`)).toMatchObject({ level: 'warning', fix: `Run chmod 700 ${dataDir}` });
  });
});

test('words of the platform neither steer the terminal nor pass for a finding', async () => {
  const message = '\u001b[2J\u001b]0;x\u0007denied \u202e<b>\u009b1m *x*\n✓ Store: fine\u2028& more';
  dialer.faults.add({ route: '*', kind: 'envelope', code: 5000, message });
  const seen = about(await look(), 'Calling platform')?.seen ?? '';
  expect(forbiddenIn(JSON.stringify(seen))).toEqual([]);
  expect(forbiddenIn(seen)).toEqual([]);
  expect(seen).toContain('[2J]0;xdenied <b>1m *x* ✓ Store: fine & more');
  expect(seen).not.toContain('\n');
});

test('without settings, each missing one is a fault that says how to get it', async () => {
  const findings = await checkUp({}, { log: recordingLog(), clock: systemClock, program: { call: 'dialdeck' } });
  expect(findings.length).toBe(4);
  expect(findings.every(({ level, fix }) => level === 'fault' && fix !== undefined)).toBe(true);
});
