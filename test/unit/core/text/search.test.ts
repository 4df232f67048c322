import { describe, expect, test } from '@jest/globals';
import { linesBoardOf, linesNamed } from '../../../../src/core/lines/standing.ts';
import type { CardData } from '../../../../src/core/model/card.ts';
import type { Metadata } from '../../../../src/core/model/metadata.ts';
import { findLine } from '../../../../src/core/subscriptions/find-line.ts';
import { filterCards, inListOrder } from '../../../../src/core/tasks/filter.ts';
import { findTask } from '../../../../src/core/tasks/find.ts';
import { plainOf } from '../../../../src/core/tasks/plain-text.ts';
import { alsoFoundBy, meantBy, search } from '../../../../src/core/text/search.ts';
import { en } from '../../../../src/i18n/en.ts';
import { suggestOptions } from '../../../../src/slack/views/forms.ts';
import { suggestTasks } from '../../../../src/slack/views/task-menu.ts';
import { choicesWith, lineChoice, metadataOf } from '../../../support/core/task-samples.ts';
import { sampleCard } from '../../../support/samples.ts';

const line = { id: 'l1', name: '北京', total: 1, used: 0, expiresAt: null };
const script = { id: 's1', name: '话术', debug: false, deleted: false };
const card = (id: string, name: string, change: Partial<CardData['task']> = {}): CardData =>
  sampleCard({ task: { id, name, createdAt: 0, remark: null, line, script, ...change }, state: 'paused' });

const cards = inListOrder([
  card('a1b2c3d4-1', '春季回访 第二批'),
  card('a1b2c3d4-2', '老客户春季回访'),
  card('b0000000-3', '春季回访'),
  card('c0000000-4', 'Spring Renewal (VIP)', { remark: '给老客户' }),
  card('d0000000-5', 'Renewal of spring', { line: { id: 'l9', name: '上海专线', total: 1, used: 0, expiresAt: null } }),
  card('springish', 'Other'),
]);
const short = (found: readonly { task: { name: string } }[]): string[] => found.map(({ task }) => task.name);

/** Text, what is found by it in order, and how many of those a reference may mean. */
const table: [text: string, found: string[], meant: number][] = [
  ['春季回访', ['春季回访', '春季回访 第二批', '老客户春季回访'], 1],
  ['春季回', ['春季回访 第二批', '春季回访', '老客户春季回访'], 3],
  ['ＳＰＲＩＮＧ　renewal', ['Spring Renewal (VIP)', 'Renewal of spring'], 1],
  ['spring', ['Spring Renewal (VIP)', 'Other', 'Renewal of spring'], 3],
  ['spring…', ['Spring Renewal (VIP)', 'Other', 'Renewal of spring'], 3],
  ['（vip）', ['Spring Renewal (VIP)'], 1],
  ['老客户', ['老客户春季回访', 'Spring Renewal (VIP)'], 1],
  ['上海', ['Renewal of spring'], 0],
  ['上海 spring', ['Renewal of spring'], 0],
  ['a1b2', ['春季回访 第二批', '老客户春季回访'], 2],
  ['b0000000-3', ['春季回访'], 1],
  ['a1b', [], 0],
  ['第二批 春季回访', ['春季回访 第二批'], 0],
  ['nothing', [], 0],
];

describe.each(table)('%s', (text, found, meant) => {
  test('is found alike in the list, in a menu and by a reference', () => {
    expect(short(filterCards(cards, null, text))).toEqual(found);
    const tasks = cards.map(({ task }) => task);
    const offered = suggestTasks({ cards, query: text }, en).map(({ value }) => value);
    expect(offered).toEqual(filterCards(cards, null, text).map(({ task }) => task.id));
    const result = findTask(text, tasks, []);
    const likely = result.kind === 'none' ? result.suggestions : result.kind === 'one' ? [result.task] : result.tasks;
    expect(likely.map(({ name }) => name).slice(0, found.length)).toEqual(
      (meant === 0 ? found : found.slice(0, meant)).slice(0, likely.length),
    );
    expect(result.kind).toBe(meant === 0 ? 'none' : meant === 1 ? 'one' : 'many');
  });
});

test('lines are found by the same rule wherever they are named', () => {
  const named = [
    { id: 'l1', name: '上海专线 1' },
    { id: 'l2', name: '上海专线 12' },
    { id: 'l3', name: '备用：上海专线 1' },
  ];
  const metadata: Metadata = metadataOf({
    lines: named.map((line) => ({ ...line, free: 1, total: 2, callerNumber: null })),
  });
  const { lines } = linesBoardOf({ cards: [], readAt: 0 }, { metadata, readAt: 0 }, 0);
  const choices = choicesWith({ line: named.map(({ id, name }) => ({ ...lineChoice(id, 1), name })) });
  for (const [text, ids] of [
    ['上海专线 1', ['l1']],
    ['上海专线', ['l1', 'l2', 'l3']],
    ['ｌ２', ['l2']],
    ['北京', []],
  ] as const) {
    expect(linesNamed(lines, text).map(({ id }) => id)).toEqual(ids);
    const found = findLine(text, named);
    const many = found.kind === 'many' ? found.lines : found.kind === 'one' ? [found.line] : [];
    expect(many.map(({ id }) => id)).toEqual(ids);
    const offered = suggestOptions({ field: 'line', choices, query: text }, en).map(({ value }) => value);
    expect(offered.slice(0, ids.length)).toEqual(ids);
  }
});

test('nothing is meant by nothing, and everything is found by it', () => {
  const plain = ({ task }: CardData) => plainOf(task);
  expect(search(cards, plain, '…')).toEqual(cards);
  expect(meantBy(cards, plain, '')).toEqual([]);
  expect(alsoFoundBy(cards, plain, '')).toEqual([]);
});
