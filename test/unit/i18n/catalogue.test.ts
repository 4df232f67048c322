import { describe, expect, test } from '@jest/globals';
import { en } from '../../../src/i18n/en.ts';
import { zhCN } from '../../../src/i18n/zh-CN.ts';

type Entry = { path: string; value: unknown };

function entries(node: unknown, path = ''): Entry[] {
  if (typeof node === 'object' && node !== null && !Array.isArray(node)) {
    return Object.entries(node).flatMap(([key, value]) => entries(value, path === '' ? key : `${path}.${key}`));
  }
  return [{ path, value: node }];
}

const facts = { words: '“4711”', status: 503, waitMs: 61_000, maybeSent: true, limit: 7004, hours: '09:00-21:00' };

/** Parameters that are not one plain value each. */
const quoted = ['“7001”', '“7002”'];
const special: { starts: string; args: unknown[] }[] = [
  { starts: 'errors.', args: [facts] },
  { starts: 'alerts.heldBy', args: [['7001', '7002']] },
  { starts: 'units.sentences', args: [['7001', '7002']] },
  { starts: 'units.duration', args: [10_260_000] },
  ...['expect', 'posts'].map((name) => ({ starts: `subscriptions.${name}`, args: [['7001', '7002']] })),
  ...['notWatched', 'noLine'].map((name) => ({ starts: `subscriptions.${name}`, args: ['“7001”', '7002'] })),
  { starts: 'schedule.conflict.quiet_hours', args: ['7001', '7002', '“7003”'] },
  { starts: 'schedule.conflict.line_full', args: ['7001', '“7002”', 7003] },
  { starts: 'schedule.conflict.line', args: ['“7001”', 7002] },
  ...['schedule.issues', 'schedule.aria'].map((starts) => ({ starts, args: ['“7001”'] })),
  { starts: 'quiet.hours.dayRange', args: ['“7001”', '“7002”'] },
  { starts: 'quiet.hours.fromUntil', args: ['7001', '7002'] },
  { starts: 'quiet.hours.ofDays', args: ['7001', '7002'] },
  { starts: 'quiet.hours.', args: [['7001', '7002']] },
  ...['quiet.issues', 'quiet.noSuchGroup'].map((starts) => ({ starts, args: ['“7001”', '“7002”'] })),
  { starts: 'preflight.line_expired', args: ['“7001”', '7002'] },
  { starts: 'listWarnings.columnAt', args: [7001] },
  { starts: 'listWarnings.where', args: ['“7001”', 7002, 7003] },
  ...[
    'listWarnings.',
    'list.search',
    'preflight.',
    'imports.column',
    'imports.namesFrom',
    'imports.sheet',
    'imports.fromFile',
    'imports.offered',
    'answers.unknownCommand',
    'answers.noTopic',
    'answers.noSuchTask',
  ].map((starts) => ({ starts, args: quoted })),
  { starts: 'otherVersion.', args: ['“7001”', '“7002”'] },
  { starts: 'report.by', args: ['“7001”', ['7002']] },
  { starts: 'report.skipped', args: [7001, ['7002']] },
  { starts: 'panel.count', args: [7001, '7002'] },
  { starts: 'answers.quietHours', args: ['“7001”'] },
  { starts: 'issues.required', args: ['备注'] },
  { starts: 'issues.notAvailable', args: ['备注'] },
];

/** Numbers serve as figures and as names, so that each can be recognized in the output. */
function sample(
  { path, value }: Entry,
  figures: readonly number[] = [7001, 7002, 7003],
): { text: string; args: unknown[] } {
  if (typeof value !== 'function') return { text: Array.isArray(value) ? value.join('\n') : String(value), args: [] };
  const args = (special.find(({ starts }) => path.startsWith(starts))?.args ?? figures).slice(0, value.length);
  return { text: String(value(...args)), args };
}

/** Fields without a hint or a placeholder. */
const mayBeEmpty = /^fields\.\w+\.(hint|placeholder)$|^commands\.(panic|resume)\.args$/;
const languages = [
  { name: 'en', catalogue: entries(en) },
  { name: 'zh-CN', catalogue: entries(zhCN) },
];

test('both languages have the same keys, as words or as functions of as many parameters', () => {
  const shape = (list: Entry[]) =>
    list.map(({ path, value }) => `${path}:${typeof value === 'function' ? value.length : typeof value}`).sort();
  const unused = (path: string) => /^(errors|preflight)\./.test(path);
  expect(shape(entries(zhCN)).filter((line) => !unused(line))).toEqual(
    shape(entries(en)).filter((line) => !unused(line)),
  );
  expect(
    entries(zhCN)
      .map(({ path }) => path)
      .sort(),
  ).toEqual(
    entries(en)
      .map(({ path }) => path)
      .sort(),
  );
});

describe.each(languages)('$name', ({ name, catalogue }) => {
  test('nothing is empty, and nothing says undefined or NaN', () => {
    for (const entry of catalogue) {
      const { text } = sample(entry);
      if (!mayBeEmpty.test(entry.path)) expect([entry.path, text.trim()]).not.toEqual([entry.path, '']);
      expect([entry.path, text]).not.toEqual([entry.path, expect.stringMatching(/undefined|NaN|null|\[object/)]);
    }
  });

  test('what is put in comes out', () => {
    for (const entry of catalogue) {
      const { text, args } = sample(entry);
      for (const arg of args.flat()) {
        if (typeof arg === 'object' || entry.path === 'units.duration') continue;
        const shown = text.includes(String(arg)) || text.includes(Number(arg).toLocaleString('en-US'));
        expect([entry.path, text, arg, shown]).toEqual([entry.path, text, arg, true]);
      }
    }
  });

  test('titles and the buttons that submit or close a modal have at most 24 characters, all buttons 75', () => {
    for (const entry of catalogue.filter(({ path }) => path.startsWith('titles.'))) {
      expect([entry.path, sample(entry).text.length <= 24]).toEqual([entry.path, true]);
    }
    const modal = [
      'create',
      'review',
      'save',
      'overwrite',
      'delete',
      'next',
      'cancel',
      'close',
      'back',
      'done',
      'importReady',
    ];
    for (const entry of catalogue.filter(({ path }) => path.startsWith('buttons.'))) {
      const max = modal.includes(entry.path.slice('buttons.'.length)) ? 24 : 75;
      expect([entry.path, sample(entry, [1_234_567]).text.length <= max]).toEqual([entry.path, true]);
    }
  });

  test('no text ends in a blank or holds two in a row, and nothing shouts', () => {
    for (const entry of catalogue.filter(({ path }) => path !== 'units.separator')) {
      const { text } = sample(entry);
      expect([entry.path, text]).toEqual([entry.path, expect.not.stringMatching(/ {2}| $|^ |[!！]/)]);
    }
  });

  if (name === 'en') {
    test('no Chinese in English', () => {
      for (const entry of catalogue.filter(({ path }) => !path.startsWith('issues.'))) {
        expect([entry.path, sample(entry).text]).toEqual([
          entry.path,
          expect.not.stringMatching(/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u),
        ]);
      }
    });
  } else {
    /** Names, ids, formats and command words that have no Chinese form. */
    const allowed = new Set([
      'CSV',
      'XLSX',
      'IMPORT_MAX_MB',
      'IMPORT_MAX_ROWS',
      'IMPORT_MAX_COLUMNS',
      'IMPORT_MAX_UNPACKED_MB',
      'IMPORT_READ_SECONDS',
      'IMPORT_READ_MB',
      'TXT',
      'TTS',
      'UTF',
      'MB',
      'Slack',
      'Dialdeck',
      'DIALER_TOKEN',
      'DIALER_URL',
      'SLACK_COMMAND',
      'ALLOW_GUESTS',
      'DIALER_MAX_MB',
      'DIALER_MAX_TASKS',
      'NUMBERS_KEY',
      'E',
    ]);
    const commandWords = new Set(['from', 'invite', 'files', 'channels', 'groups', 'read', 'Import', 'this', 'file']);

    test('no English word in Chinese', () => {
      for (const entry of catalogue.filter(({ path }) => !path.startsWith('dates.'))) {
        // What an example names is filled in.
        const words =
          sample(entry)
            .text.replaceAll(/\{(?:task|line|group|channel)\}/g, '')
            .match(/[A-Za-z_]+/g) ?? [];
        expect([entry.path, words.filter((word) => !allowed.has(word) && !commandWords.has(word))]).toEqual([
          entry.path,
          [],
        ]);
      }
    });

    test('Chinese and Latin or digits are kept apart by a blank, and marks are full-width', () => {
      for (const entry of catalogue.filter(({ path }) => !path.startsWith('dates.'))) {
        const text = sample(entry)
          .text.replaceAll('*', '')
          .replaceAll(/`[^`]*`/g, '`');
        expect([entry.path, text]).toEqual([
          entry.path,
          expect.not.stringMatching(
            /\p{Script=Han}[A-Za-z0-9`]|[A-Za-z0-9`]\p{Script=Han}|\p{Script=Han}[,;:?()]|[,;?()]\p{Script=Han}/u,
          ),
        ]);
      }
    });

    test('no blank precedes a date, which Slack may begin with a Chinese character', () => {
      const at = '今天 6:47';
      const { absent, just_started, not_moved, on_since, stalled, quiet_hours } = zhCN.evidence;
      const sentences = [
        ...[
          absent,
          just_started,
          not_moved,
          on_since,
          stalled,
          quiet_hours,
          zhCN.card.endsAt,
          zhCN.card.stale,
          zhCN.card.updated,
        ].map((say) => say(at)),
        ...Object.values(zhCN.actions).flatMap((say) => [null, 8_214].map((count) => say('李梅', at, count))),
      ];
      for (const sentence of sentences) expect(sentence).toMatch(/(^|[，：])今天 6:47( \p{Script=Han}|$)/u);
    });

    test('the terms of the product are used', () => {
      const labels = Object.fromEntries(Object.entries(zhCN.fields).map(([field, { label }]) => [field, label]));
      expect(labels).toEqual({
        name: '名称',
        script: '话术',
        line: '线路',
        concurrency: '并发',
        pause_seconds: '呼叫间隔',
        ring_timeout: '拨号超时',
        quiet_hours: '禁呼时段',
        redial_rule: '重呼规则',
        agent_group: '客服组',
        remark: '备注',
      });
    });
  }
});

test('English counts one thing and many things differently', () => {
  expect(en.choices.hidden.line_no_free_concurrency(1)).toBe('1 line hidden: no free concurrency');
  expect(en.choices.hidden.line_no_free_concurrency(3)).toBe('3 lines hidden: no free concurrency');
  expect(en.buttons.importReady(1)).toBe('Import 1 number');
  expect(en.buttons.importReady(812)).toBe('Import 812 numbers');
});

test('durations read naturally', () => {
  expect(en.units.duration(10_260_000)).toBe('2 h 51 min');
  expect(zhCN.units.duration(10_260_000)).toBe('2 小时 51 分钟');
  expect(en.units.duration(59_400)).toBe('59 s');
  expect(en.units.duration(59_600)).toBe('1 min');
  expect(en.units.duration(7_200_000)).toBe('2 h');
  expect(en.units.duration(7_199_000)).toBe('2 h');
});
