import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { leftOnMs, platformDownMs } from '../../../../src/core/alerts/causes.ts';
import { leversOf, leverVerbs } from '../../../../src/core/alerts/levers.ts';
import { alertKinds } from '../../../../src/core/model/alert.ts';
import { expiringMs } from '../../../../src/core/model/task.ts';
import { catalogueOf } from '../../../../src/i18n/translator.ts';
import { verbLabel } from '../../../../src/slack/views/alert.ts';
import { sampleAlert } from '../../../support/samples.ts';

const minute = 60_000;

const pages = [
  { page: 'docs/alerts.md', locale: 'en', days: 'days', minutes: 'minutes', quoted: (words: string) => `*${words}*` },
  {
    page: 'docs/zh-CN/alerts.md',
    locale: 'zh-CN',
    days: '天',
    minutes: '分钟',
    quoted: (words: string) => `“${words}”`,
  },
] as const;

describe.each(pages)('$page', ({ page, locale, days, minutes, quoted }) => {
  const t = catalogueOf(locale);
  /** The cells of each row of a table with so many columns whose first one is code. */
  const rowsOf = (columns: number): string[][] =>
    readFileSync(page, 'utf8')
      .split('\n')
      .filter((line) => /^\| `\w+` \|/.test(line))
      .map((line) => line.split('|').map((cell) => cell.trim()))
      .filter(({ length }) => length === columns + 2);
  const rows = rowsOf(5);

  test('lists every kind of alert, in order, with its levers', () => {
    const holders = [{ id: 'task-2', name: 'Giant', concurrency: 6 }];
    const listed = rows.map(([, kind, , , , levers]) => [kind, levers]);
    const drawn = alertKinds.map((kind) => {
      const levers = leversOf(sampleAlert({ kind, facts: { holders } }));
      return [`\`${kind}\``, levers.map(({ verb }) => `\`${verb}\``).join(' ')];
    });
    expect(listed).toEqual(drawn);
  });

  test('names the limits of the code', () => {
    const limitOf = (kind: string): string => rows.find(([, cell]) => cell === `\`${kind}\``)?.join(' ') ?? '';
    expect(limitOf('line_expiring')).toContain(`${expiringMs / (24 * 60 * minute)} ${days}`);
    expect(limitOf('left_on')).toContain(`${leftOnMs / minute} ${minutes}`);
    expect(limitOf('platform_down')).toContain(`${platformDownMs / minute} ${minutes}`);
  });

  test('names every lever with its button', () => {
    const listed = rowsOf(3).map(([, verb, label]) => `${verb} ${label}`);
    expect(listed.sort()).toEqual(leverVerbs.map((verb) => `\`${verb}\` ${quoted(verbLabel(verb, t))}`).sort());
  });
});

test('the Chinese page calls each alert what a board calls it', () => {
  const { troubles } = catalogueOf('zh-CN').board;
  const page = readFileSync('docs/zh-CN/alerts.md', 'utf8');
  const named = alertKinds.filter((kind) => page.includes(`\n| \`${kind}\` | ${troubles[kind]}`));
  expect(named).toEqual(alertKinds);
});
