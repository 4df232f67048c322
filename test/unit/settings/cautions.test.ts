import { expect, test } from '@jest/globals';
import { shellWords, unknownSettings } from '../../../src/settings/cautions.ts';
import { fileVariable, secrecyOf, settingNames } from '../../../src/settings/settings.ts';

const named = (...names: string[]) => unknownSettings(Object.fromEntries(names.map((name) => [name, 's3cret-value'])));

test('every setting, the files of secrets, and proxies in lower case are known', () => {
  const files = settingNames.filter((name) => secrecyOf(name) !== null).map(fileVariable);
  expect(named(...settingNames, ...files, 'https_proxy', 'http_proxy', 'no_proxy')).toEqual([]);
});

test('a typo in any setting leads to it', () => {
  for (const name of settingNames) {
    for (const typo of [`${name}S`, name.slice(1), `${name.slice(0, 2)}X${name.slice(3)}`]) {
      const [caution] = named(typo);
      expect([typo, caution?.fix]).toEqual([typo, expect.stringContaining('Rename it to ')]);
    }
  }
  expect(named('SLACK_BOT_TOKN')[0]).toMatchObject({
    what: 'Setting SLACK_BOT_TOKN',
    seen: 'is not known and has no effect; perhaps SLACK_BOT_TOKEN is meant',
  });
  expect(named('slack_bot_token', 'LOGLEVEL', 'SLACK_BOT_TOKEN_FIEL').map(({ fix }) => fix)).toEqual([
    'Rename it to SLACK_BOT_TOKEN if it was meant for Dialdeck.',
    'Rename it to LOG_LEVEL if it was meant for Dialdeck.',
    'Rename it to SLACK_BOT_TOKEN_FILE if it was meant for Dialdeck.',
  ]);
});

test('names that begin as ours do are pointed out', () => {
  expect(named('SLACK_WEBHOOK', 'DIALER_VERSION', 'IMPORT_SHEET', 'DIALDECK_PORT').map(({ what }) => what)).toEqual([
    'Setting SLACK_WEBHOOK',
    'Setting DIALER_VERSION',
    'Setting IMPORT_SHEET',
    'Setting DIALDECK_PORT',
  ]);
});

test('a file for what is no secret says so', () => {
  expect(named('DIALER_URL_FILE', 'LOCALE_FILE').map(({ seen, fix }) => [seen, fix])).toEqual([
    ['is not known and has no effect: only secrets are read from files', 'Set DIALER_URL itself.'],
    ['is not known and has no effect: only secrets are read from files', 'Set LOCALE itself.'],
  ]);
});

test('what environments usually hold is left alone, values are never shown, and a flood is bounded', () => {
  const usual = 'PATH HOME USER LOGNAME LANG LC_ALL SHELL PWD OLDPWD TERM HOSTNAME SHLVL _ TZ NODE_ENV NODE_OPTIONS';
  const more =
    'ALL_PROXY all_proxy FTP_PROXY ftp_proxy NO_COLOR POSTGRES_PASSWORD PGHOST PGPORT INVOCATION_ID JOURNAL_STREAM';
  const systemd =
    'CREDENTIALS_DIRECTORY STATE_DIRECTORY RUNTIME_DIRECTORY MEMORY_PRESSURE_WATCH KUBERNETES_PORT XDG_DATA_DIRS';
  expect(named(...usual.split(' '), ...more.split(' '), ...systemd.split(' '))).toEqual([]);
  const flood = named(...Array.from({ length: 500 }, (_, index) => `SLACK_${index}`), `SLACK_${'X'.repeat(9_000)}`);
  expect(flood.length).toBe(20);
  expect(JSON.stringify(flood)).not.toContain('s3cret');
});

test('a folder of the store that only a shell would replace is pointed out', () => {
  for (const folder of ['~/dialdeck', '~', '$HOME/x', '"$HOME/x"', ' ~/x'])
    expect(shellWords({ DATA_DIR: folder })).toMatchObject([
      { what: 'Setting DATA_DIR', seen: expect.stringMatching(/^begins with [~$],/) },
    ]);
  for (const folder of ['./data', '/var/lib/dialdeck', 'a~b', '~name', '/x/$y', undefined])
    expect(shellWords({ DATA_DIR: folder })).toEqual([]);
});
