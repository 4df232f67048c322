import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { leftOnMs, platformDownMs } from '../../../../src/core/alerts/causes.ts';
import { leversOf } from '../../../../src/core/alerts/levers.ts';
import { alertKinds } from '../../../../src/core/model/alert.ts';
import { expiringMs } from '../../../../src/core/model/task.ts';
import { sampleAlert } from '../../../support/samples.ts';

const minute = 60_000;
const page = readFileSync('docs/alerts.md', 'utf8');
/** The cells of each row of the first table. */
const rows = page
  .split('\n')
  .filter((line) => /^\| `\w+` \|.*\|.*\|.*\|.*\|$/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

test('the page lists every kind of alert, in order, with its levers', () => {
  const holders = [{ id: 'task-2', name: 'Giant', concurrency: 6 }];
  const listed = rows.map(([, kind, , , , levers]) => [kind, levers]);
  const drawn = alertKinds.map((kind) => {
    const levers = leversOf(sampleAlert({ kind, facts: { holders } }));
    return [`\`${kind}\``, levers.map(({ verb }) => `\`${verb}\``).join(' ')];
  });
  expect(listed).toEqual(drawn);
});

test('the page names the limits of the code', () => {
  const limitOf = (kind: string): string => rows.find(([, cell]) => cell === `\`${kind}\``)?.join(' ') ?? '';
  expect(limitOf('line_expiring')).toContain(`${expiringMs / (24 * 60 * minute)} days`);
  expect(limitOf('left_on')).toContain(`${leftOnMs / minute} minutes`);
  expect(limitOf('platform_down')).toContain(`${platformDownMs / minute} minutes`);
});
