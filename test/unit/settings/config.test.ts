import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type Config, explainFaults, readConfig } from '../../../src/settings/config.ts';
import { secretsIn } from '../../../src/settings/secrets.ts';
import { type SettingName, settings } from '../../../src/settings/settings.ts';

const program = { call: 'node dist/main.js', demo: 'npm run demo' };

const needed = {
  SLACK_BOT_TOKEN: 'xoxb-1-secret',
  SLACK_APP_TOKEN: 'xapp-1-secret',
  DIALER_URL: 'https://calls.example.com',
  DIALER_TOKEN: 'platform-secret',
};

function configOf(change: Record<string, string | undefined> = {}): Config {
  const read = readConfig({ ...needed, ...change });
  if (!read.ok) throw new Error(explainFaults(read.faults, program));
  return read.config;
}

function faultsOf(environment: Record<string, string | undefined>): Record<string, string> {
  const read = readConfig(environment);
  return read.ok ? {} : Object.fromEntries(read.faults.map(({ name, problem }) => [name, problem]));
}

/** What one value of one setting is answered, undefined when it is taken. */
const problemOf = (name: SettingName, value: string): string | undefined =>
  faultsOf({ ...needed, [name]: value })[name];

describe('defaults', () => {
  test('with the needed settings alone, everything else has the documented default', () => {
    expect(configOf()).toEqual({
      slack: {
        botToken: 'xoxb-1-secret',
        appToken: 'xapp-1-secret',
        signingSecret: null,
        apiUrl: 'https://slack.com/api/',
        command: '/dial',
      },
      host: '127.0.0.1',
      port: 3000,
      proxies: { http: null, https: null, none: '' },
      dialer: {
        url: 'https://calls.example.com',
        token: 'platform-secret',
        authHeader: 'Authorization',
        authScheme: 'Bearer',
        timeZone: 'Asia/Shanghai',
        minResidue: 2,
        pausesInFlight: 8,
        progressPath: null,
        importKey: 'customer_info_list',
        importBatch: 100,
        timeoutMs: 15_000,
        proxies: { http: null, https: null, none: '' },
        maxBytes: 64 * 1024 * 1024,
        maxTasks: 20_000,
        maxMs: 60_000,
      },
      metrics: true,
      imports: {
        countries: ['CN'],
        maxMb: 50,
        maxRows: 1_000_000,
        maxColumns: 500,
        maxUnpackedMb: 512,
        readMs: 30_000,
        readMb: 1_024,
      },
      importRules: { cap: null, recentMs: 30 * 24 * 3_600_000 },
      numbers: { key: null, previous: null },
      access: { allowGuests: false, share: { interactions: 20, windowMs: 10_000 } },
      startAskAbove: 100,
      legalHours: null,
      pollCron: '*/20 * * * * *',
      redialQuietMs: 1_800_000,
      historyDays: 90,
      databaseUrl: null,
      dataDir: './data',
      locale: 'en',
      logLevel: 'info',
    });
  });

  test('in HTTP mode, where strangers may reach the port, metrics are served on request only', () => {
    const http = { ...needed, SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'a'.repeat(32) };
    expect(configOf(http).metrics).toBe(false);
    expect(configOf({ ...http, METRICS: 'true' }).metrics).toBe(true);
    expect(configOf({ ...needed, METRICS: 'false' }).metrics).toBe(false);
  });

  test('countries are two letters each, in any case, the first for numbers without a country code', () => {
    expect(configOf({ ...needed, IMPORT_COUNTRIES: 'cn, HK,TW cn' }).imports.countries).toEqual(['CN', 'HK', 'TW']);
    for (const wrong of ['China', 'CN,QX', '86'])
      expect(Object.keys(faultsOf({ ...needed, IMPORT_COUNTRIES: wrong }))).toEqual(['IMPORT_COUNTRIES']);
  });

  test('an empty or blank value counts as unset', () => {
    const blank = Object.fromEntries(Object.keys(settings).map((name) => [name, name.length % 2 ? '' : '  ']));
    expect(configOf({ ...blank, ...needed })).toEqual(configOf());
    expect(faultsOf({ ...needed, DIALER_TOKEN: ' ' })).toEqual({ DIALER_TOKEN: 'is missing' });
  });

  test('.env.example lists exactly the settings, and its values are the defaults', () => {
    const lines = readFileSync('.env.example', 'utf8').split('\n');
    const given = lines.flatMap((line) => {
      const [, name = '', value = ''] = /^([A-Z_]+)=(.*)$/.exec(line) ?? [];
      return name === '' ? [] : [[name, value.replace(/^"(.*)"$/, '$1')] as const];
    });
    expect(given.map(([name]) => name).sort()).toEqual(Object.keys(settings).sort());
    expect(configOf({ ...Object.fromEntries(given), ...needed })).toEqual(configOf());
    for (const [name, { help }] of Object.entries(settings)) {
      const at = lines.findIndex((line) => line.startsWith(`${name}=`));
      expect([name, lines[at - 1]]).toEqual([name, `# ${help}`]);
    }
  });
});

describe('faults', () => {
  test('everything missing is named at once, each with the way to get it', () => {
    const read = readConfig({});
    if (read.ok) throw new Error('accepted');
    expect(read.faults.map(({ name }) => name).sort()).toEqual([
      'DIALER_TOKEN',
      'DIALER_URL',
      'SLACK_APP_TOKEN',
      'SLACK_BOT_TOKEN',
    ]);
    const text = explainFaults(read.faults, program);
    for (const { name, help } of read.faults) {
      expect(text).toContain(name);
      expect(text).toContain(help);
    }
    expect(text).toContain('npm run demo');
    expect(text).toContain('node dist/main.js doctor');
  });

  test('every wrong setting is named at once, and no value is repeated', () => {
    const wrong: Record<SettingName, string> = {
      SLACK_BOT_TOKEN: 'wrong-bot-value',
      SLACK_APP_TOKEN: 'wrong-app-value',
      SLACK_SIGNING_SECRET: 'wrong-signing-value',
      SLACK_API_URL: 'wrong-api-value',
      SLACK_COMMAND: 'wrong-command-value',
      PUBLIC_URL: 'http://wrong-public-value',
      HOST: 'wrong host value',
      ALLOW_GUESTS: 'wrong-guests-value',
      SHARE_INTERACTIONS: 'wrong-share-value',
      SHARE_SECONDS: 'wrong-seconds-value',
      PORT: 'wrong-port-value',
      METRICS: 'wrong-metrics-value',
      DIALER_URL: 'wrong-url-value',
      DIALER_TOKEN: 'wrong token value',
      DIALER_AUTH_HEADER: 'wrong header value',
      DIALER_AUTH_SCHEME: 'wrong scheme value',
      DIALER_TIME_ZONE: 'wrong-zone-value',
      DIALER_MIN_RESIDUE: 'wrong-residue-value',
      DIALER_PROGRESS_PATH: 'wrong-path-value',
      DIALER_IMPORT_KEY: 'wrong-key-value',
      DIALER_PAUSES_IN_FLIGHT: 'wrong-in-flight-value',
      DIALER_IMPORT_BATCH: 'wrong-batch-value',
      DIALER_TIMEOUT_MS: 'wrong-timeout-value',
      DIALER_PROXY: 'wrong-choice-value',
      HTTPS_PROXY: 'socks5://wrong-proxy-value',
      HTTP_PROXY: 'http://wrong%proxy-value',
      NO_PROXY: 'wrong-exception-value',
      DIALER_MAX_MB: 'wrong-size-value',
      DIALER_MAX_TASKS: 'wrong-tasks-value',
      DIALER_READ_SECONDS: 'wrong-reading-value',
      IMPORT_COUNTRIES: 'wrong-countries-value',
      IMPORT_MAX_MB: 'wrong-import-mb',
      IMPORT_MAX_ROWS: 'wrong-import-rows',
      IMPORT_MAX_COLUMNS: 'wrong-import-columns',
      IMPORT_MAX_UNPACKED_MB: 'wrong-import-unpacked',
      IMPORT_READ_MB: 'wrong-import-memory',
      IMPORT_READ_SECONDS: 'wrong-import-value',
      IMPORT_CAP: 'wrong-cap-value',
      IMPORT_CAP_DAYS: 'wrong-days-value',
      IMPORT_RECENT_DAYS: 'wrong-recent-value',
      NUMBERS_KEY: 'wrong-key-value',
      NUMBERS_KEY_PREVIOUS: 'wrong-old-value',
      LEGAL_HOURS: 'wrong-hours-value',
      OUTSIDE_LEGAL_HOURS: 'wrong-outside-value',
      POLL_CRON: 'wrong-cron-value',
      START_ASK_ABOVE: 'wrong-ask-value',
      REDIAL_QUIET_MINUTES: 'wrong-minutes-value',
      HISTORY_DAYS: 'wrong-history-value',
      DATABASE_URL: 'wrong-database-value',
      DATA_DIR: 'wrong-dir-value',
      LOCALE: 'wrong-locale-value',
      LOG_LEVEL: 'wrong-level-value',
    };
    const read = readConfig(wrong);
    if (read.ok) throw new Error('accepted');
    // These four take any text.
    const free = ['SLACK_SIGNING_SECRET', 'DIALER_IMPORT_KEY', 'NO_PROXY', 'DATA_DIR'];
    expect(read.faults.map(({ name }) => name).sort()).toEqual(
      Object.keys(settings)
        .filter((name) => !free.includes(name))
        .sort(),
    );
    expect(JSON.stringify(read.faults) + explainFaults(read.faults, program)).not.toMatch(/wrong.\w+.value/);
  });

  test('neither way to reach Slack: both are named together, once', () => {
    const { SLACK_APP_TOKEN: _, ...rest } = needed;
    const faults = faultsOf(rest);
    expect(Object.keys(faults)).toEqual(['SLACK_APP_TOKEN']);
    expect(faults.SLACK_APP_TOKEN).toMatch(/SLACK_SIGNING_SECRET/);
    expect(configOf({ SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'abc' }).slack).toMatchObject({
      appToken: null,
      signingSecret: 'abc',
    });
    expect(faultsOf({ ...rest, SLACK_APP_TOKEN: 'nonsense' })).toEqual({ SLACK_APP_TOKEN: 'must start with xapp-' });
  });

  test('swapped tokens are called swapped', () => {
    const faults = faultsOf({ ...needed, SLACK_BOT_TOKEN: 'xapp-1-x', SLACK_APP_TOKEN: 'xoxb-1-x' });
    expect(faults.SLACK_BOT_TOKEN).toMatch(/SLACK_APP_TOKEN/);
    expect(faults.SLACK_APP_TOKEN).toMatch(/SLACK_BOT_TOKEN/);
  });
});

describe('rules', () => {
  const taken: [SettingName, string][] = [
    ['SLACK_COMMAND', '/d'],
    ['SLACK_COMMAND', `/${'x'.repeat(31)}`],
    ['SLACK_COMMAND', '/外呼'],
    ['PORT', '0'],
    ['PORT', '65535'],
    ['DIALER_URL', 'http://10.0.0.1:8080/base/'],
    ['DIALER_TIME_ZONE', 'Europe/Berlin'],
    ['DIALER_MIN_RESIDUE', '1'],
    ['DIALER_PROGRESS_PATH', '/v1/task/progress/{id}'],
    ['DIALER_IMPORT_KEY', '[]'],
    ['DIALER_IMPORT_BATCH', '1'],
    ['DIALER_IMPORT_BATCH', '1000'],
    ['DIALER_TIMEOUT_MS', '100'],
    ['DIALER_TIMEOUT_MS', '25000'],
    ['DIALER_MAX_MB', '512'],
    ['DIALER_MAX_TASKS', '100000'],
    ['DIALER_READ_SECONDS', '100'],
    ['IMPORT_READ_SECONDS', '1'],
    ['POLL_CRON', '*/5 * * * *'],
    ['POLL_CRON', '"*/20 * * * * *"'],
    ['PUBLIC_URL', 'https://bot.example.com/'],
    ['POLL_CRON', '0 */2 8-18 * * 1-5'],
    ['DATABASE_URL', 'postgres://u:p@h/db'],
    ['DATABASE_URL', 'postgresql://u:p@h/db'],
    ['LOCALE', 'zh-CN'],
    ['LOG_LEVEL', 'debug'],
    ['DIALER_TOKEN', ' surrounded-by-blanks '],
  ];
  test.each(taken)('%s=%s is taken', (name, value) => {
    expect(problemOf(name, value)).toBeUndefined();
  });

  const refused: [SettingName, string, RegExp][] = [
    ['SLACK_BOT_TOKEN', 'xoxp-1', /xoxb-/],
    ['SLACK_API_URL', 'ftp://slack.com/api/', /https/],
    ['SLACK_COMMAND', 'dial', /slash/],
    ['SLACK_COMMAND', `/${'x'.repeat(32)}`, /31/],
    ['SLACK_COMMAND', '/two words', /slash/],
    ['PORT', '65536', /between 0 and 65535$/],
    ['PORT', '-1', /whole number$/],
    ['PORT', '80.5', /whole number$/],
    ['DIALER_URL', 'calls.example.com', /https/],
    ['DIALER_URL', 'https://calls.example.com/v1/task/', /v1\/task/],
    ['DIALER_URL', 'https://bot:pa55word@calls.example.com', /user name or password/],
    ['DIALER_URL', 'https://bot@calls.example.com', /user name or password/],
    ['SLACK_API_URL', 'https://:pa55word@slack.com/api/', /user name or password/],
    ['DIALER_TOKEN', 'Bearer abc', /DIALER_AUTH_SCHEME/],
    ['DIALER_TOKEN', 'half"quoted', /one word/],
    ['DIALER_TOKEN', 'xoxb-1', /holds a bot token, which belongs in SLACK_BOT_TOKEN/],
    ['SLACK_SIGNING_SECRET', 'xapp-1', /holds an app-level token, which belongs in SLACK_APP_TOKEN/],
    ['SLACK_BOT_TOKEN', 'xoxp-1', /the token of a person/],
    ['SLACK_BOT_TOKEN', 'xoxe.xoxb-1', /turn token rotation off/],
    ['SLACK_APP_TOKEN', '0123456789abcdef0123456789abcdef', /signing secret has this form/],
    ['SLACK_BOT_TOKEN', 'xoxb-1 2', /one word/],
    ['PUBLIC_URL', 'http://bot.example.com', /https:/],
    ['PUBLIC_URL', 'https://bot.example.com/slack/events', /without a path/],
    ['DIALER_URL', 'https://calls.example.com/#/login', /\? or #/],
    ['HTTPS_PROXY', 'http://me:p#ss@proxy:3128', /has # .* write it as %23/],
    ['HTTPS_PROXY', 'me:12/ss@proxy:3128', /has \/ .* write it as %2F/],
    ['DIALER_AUTH_HEADER', 'X Token', /header/],
    ['DIALER_MIN_RESIDUE', '0', /between 1/],
    ['DIALER_PROGRESS_PATH', 'v1/progress/{id}', /start with/],
    ['DIALER_PROGRESS_PATH', '/v1/progress', /\{id\}/],
    ['DIALER_IMPORT_BATCH', '0', /between 1 and 1000/],
    ['DIALER_IMPORT_BATCH', '1001', /between 1 and 1000/],
    ['DIALER_TIMEOUT_MS', '99', /between 100/],
    ['DIALER_TIMEOUT_MS', '25001', /25000/],
    ['DIALER_MAX_MB', '0', /between 1 and 512/],
    ['DIALER_MAX_TASKS', '100001', /100000/],
    ['DIALER_READ_SECONDS', '101', /between 1 and 100/],
    ['IMPORT_READ_SECONDS', '0', /between 1 and 300/],
    ['POLL_CRON', '* * * *', /cron/],
    ['POLL_CRON', '99 * * * *', /cron/],
    ['DATABASE_URL', 'mysql://h/db', /postgres/],
    ['LOCALE', 'zh_CN', /zh-CN/],
    ['LOG_LEVEL', 'verbose', /debug/],
  ];
  test.each(refused)('%s=%s is refused', (name, value, why) => {
    expect(problemOf(name, value)).toMatch(why);
  });

  test('addresses and schemes are brought into one form', () => {
    const config = configOf({
      SLACK_API_URL: 'http://127.0.0.1:1/api',
      DIALER_URL: 'https://calls.example.com/base//',
      DIALER_AUTH_SCHEME: 'none',
    });
    expect(config.slack.apiUrl).toBe('http://127.0.0.1:1/api/');
    expect(config.dialer.url).toBe('https://calls.example.com/base');
    expect(config.dialer.authScheme).toBe('');
  });
});

describe('quotation marks, which Docker leaves around the values of an --env-file', () => {
  test.each(['"', "'", '`'])('%s…%s', (mark) => {
    const quoted = Object.fromEntries(Object.entries(needed).map(([name, value]) => [name, `${mark}${value}${mark}`]));
    expect(configOf(quoted)).toEqual(configOf());
    expect(configOf({ DATA_DIR: `${mark}${mark}` }).dataDir).toBe('./data');
    const secrets = secretsIn(quoted);
    for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'DIALER_TOKEN'] as const)
      expect(secrets).toContain(needed[name]);
  });

  test('one alone, or two that differ, are part of the value', () => {
    for (const value of ['"abc', 'abc"', '"abc\''])
      expect(configOf({ DIALER_IMPORT_KEY: value }).dialer.importKey).toBe(value);
  });

  test('around every value of .env.example, as a shell and Node read it', () => {
    const lines = readFileSync('.env.example', 'utf8').split('\n');
    const literal = lines.flatMap((line) => {
      const [, name = '', value = ''] = /^([A-Z_]+)=(.*)$/.exec(line) ?? [];
      return name === '' ? [] : [[name, value] as const];
    });
    expect(configOf({ ...Object.fromEntries(literal), ...needed })).toEqual(configOf());
  });
});

test('a refused address is not repeated, and its password is a secret', () => {
  const environment = { ...needed, DIALER_URL: 'https://bot:pa55%3Aword@calls.example.com' };
  const read = readConfig(environment);
  expect(JSON.stringify(read)).not.toMatch(/pa55|calls\.example/);
  expect(secretsIn({ HTTPS_PROXY: 'http://me:pr0xy-word@proxy:3128' })).toEqual(['pr0xy-word']);
  expect(secretsIn(environment)).toEqual(expect.arrayContaining(['pa55%3Aword', 'pa55:word']));
});

test('the secrets of the environment include the password inside the database address', () => {
  const secrets = secretsIn({ ...needed, DATABASE_URL: 'postgres://bot:p%40ss-word@host/db', DATA_DIR: '/no/secret' });
  expect(secrets).toEqual(
    expect.arrayContaining(['xoxb-1-secret', 'xapp-1-secret', 'platform-secret', 'p%40ss-word', 'p@ss-word']),
  );
  expect(secrets).not.toContain('/no/secret');
  expect(secretsIn({})).toEqual([]);
});

describe('proxies', () => {
  test('host:port means http, lower case wins, and the platform can be taken out', () => {
    expect(
      configOf({ HTTPS_PROXY: 'proxy.example.com:3128', HTTP_PROXY: 'https://other:1', NO_PROXY: 'a, b' }),
    ).toMatchObject({
      proxies: { https: 'http://proxy.example.com:3128', http: 'https://other:1', none: 'a, b' },
      dialer: { proxies: { https: 'http://proxy.example.com:3128' } },
    });
    expect(configOf({ HTTPS_PROXY: 'http://upper:1', https_proxy: 'http://lower:1' }).proxies.https).toBe(
      'http://lower:1',
    );
    expect(configOf({ HTTPS_PROXY: 'http://upper:1', DIALER_PROXY: 'direct' }).dialer.proxies).toBeNull();
  });

  test('their passwords are secrets, in either spelling', () => {
    const secrets = secretsIn({ HTTPS_PROXY: 'http://bot:first-one@host:1', http_proxy: 'http://bot:sec%40nd@host:1' });
    expect(secrets).toEqual(expect.arrayContaining(['first-one', 'sec%40nd', 'sec@nd']));
    expect(secretsIn({ HTTPS_PROXY: 'bot:third-one@host:1' })).toContain('third-one');
  });
});

test('the address to listen on follows the mode', () => {
  expect(configOf().host).toBe('127.0.0.1');
  expect(configOf({ SLACK_APP_TOKEN: undefined, SLACK_SIGNING_SECRET: 'signing-it' }).host).toBe('0.0.0.0');
  expect(configOf({ HOST: '::' }).host).toBe('::');
});
