import { describe, expect, test } from '@jest/globals';
import { canMove, linesBoardOf, linesNamed } from '../../../../src/core/lines/standing.ts';
import type { CardData } from '../../../../src/core/model/card.ts';
import type { LineEntry, Metadata } from '../../../../src/core/model/metadata.ts';
import { sampleCard, sampleNow } from '../../../support/samples.ts';

const day = 24 * 3_600_000;

const metadataOf = (...lines: LineEntry[]): { metadata: Metadata; readAt: number } => ({
  metadata: { lines, scripts: [], quietHours: [], redialRules: [], agentGroups: [] },
  readAt: sampleNow - 1_000,
});

const entry = (id: string, free: number, total: number | null = 10): LineEntry => ({
  id,
  name: `Line ${id}`,
  free,
  total,
  callerNumber: null,
});

const onLine = (
  id: string,
  change: Partial<CardData['task']> = {},
  line: Partial<CardData['task']['line']> = {},
): CardData =>
  sampleCard({
    task: { ...change, line: { id, name: `Line ${id}`, total: null, used: null, expiresAt: null, ...line } },
  });

const boardOf = (cards: readonly CardData[], dated: ReturnType<typeof metadataOf> | null) =>
  linesBoardOf({ cards, readAt: sampleNow }, dated, sampleNow);

describe('a line', () => {
  test('has its free concurrency from the metadata and its use from the task list', () => {
    const [line] = boardOf([onLine('a', {}, { used: 7, total: 9 })], metadataOf(entry('a', 4))).lines;
    expect(line).toMatchObject({ total: 10, free: 4, used: 7, offered: true, claimed: 4, on: 1 });
  });

  test('of which the task list says nothing is in use as far as the metadata leave', () => {
    expect(boardOf([], metadataOf(entry('a', 4))).lines[0]).toMatchObject({ free: 4, used: 6, tasks: [] });
    expect(boardOf([], metadataOf(entry('a', 4, null))).lines[0]).toMatchObject({ free: 4, used: null, total: null });
  });

  test('has no figure that nobody gave, and is not said to be gone while the lines are not known', () => {
    for (const dated of [null, metadataOf()]) {
      const [line] = boardOf([onLine('a')], dated).lines;
      expect(line).toMatchObject({ total: null, free: null, used: null, offered: null, term: 'unlimited' });
    }
    expect(boardOf([onLine('a')], metadataOf(entry('b', 4))).lines[0]).toMatchObject({
      id: 'a',
      offered: false,
      free: null,
    });
  });

  test('never has less than nothing free', () => {
    expect(boardOf([], metadataOf(entry('a', -3))).lines[0]).toMatchObject({ free: 0, used: 10 });
  });

  test.each([
    [sampleNow - 1, 'expired'],
    [sampleNow, 'expired'],
    [sampleNow + 7 * day, 'expiring'],
    [sampleNow + 7 * day + 1, 'valid'],
    [null, 'unlimited'],
  ] as const)('that ends at %p is %s', (expiresAt, term) => {
    expect(boardOf([onLine('a', {}, { expiresAt })], null).lines[0]?.term).toBe(term);
  });

  test('has its tasks with those that are on first, the largest first, and none that was deleted', () => {
    const cards = [
      onLine('a', { id: 'off', started: false, concurrency: 9 }),
      onLine('a', { id: 'small', concurrency: 1 }),
      onLine('a', { id: 'large', concurrency: 5 }),
      { ...onLine('a', { id: 'deleted', concurrency: 50 }), state: 'gone' as const },
    ];
    const [line] = boardOf(cards, null).lines;
    expect(line?.tasks.map(({ task }) => task.id)).toEqual(['large', 'small', 'off']);
    expect(line).toMatchObject({ on: 2, claimed: 6 });
  });
});

describe('the board', () => {
  test('begins with what cannot be called on, then what is full, then what expires soon; unused lines come last', () => {
    const cards = [
      onLine('plain', { id: '1' }),
      onLine('expiring', { id: '2' }, { expiresAt: sampleNow + day }),
      onLine('full', { id: '3', concurrency: 2 }),
      onLine('gone', { id: '4' }),
      onLine('oversubscribed', { id: '5', concurrency: 11 }, { total: 10 }),
    ];
    const free = (id: string) => entry(id, 4);
    const dated = metadataOf(free('unused'), free('plain'), free('expiring'), entry('full', 0), free('oversubscribed'));
    expect(boardOf(cards, dated).lines.map(({ id }) => id)).toEqual([
      'gone',
      'oversubscribed',
      'full',
      'expiring',
      'plain',
      'unused',
    ]);
  });

  test('finds a line by its id or whole name before those whose name contains the text', () => {
    const { lines } = boardOf([], metadataOf(entry('1', 4), entry('11', 4), entry('2', 4)));
    const found = (text: string) => linesNamed(lines, text).map(({ id }) => id);
    expect(found('1')).toEqual(['1']);
    expect(found('ＬＩＮＥ　1')).toEqual(['1']);
    expect(found('line 1')).toEqual(['1']);
    expect(found('line')).toHaveLength(3);
    expect(found('')).toHaveLength(3);
    expect(found('nothing')).toEqual([]);
  });
});

test('concurrency can be moved where one task can give some and another one is there', () => {
  const two = (a: number, b: number) =>
    canMove({ tasks: [onLine('a', { concurrency: a }), onLine('a', { concurrency: b })] });
  expect(two(1, 1)).toBe(false);
  expect(two(2, 1)).toBe(true);
  expect(canMove({ tasks: [onLine('a', { concurrency: 9 })] })).toBe(false);
});
