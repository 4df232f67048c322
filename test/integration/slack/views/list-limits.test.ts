import { beforeAll, describe, expect, test } from '@jest/globals';
import { checkMessage } from '../../../../sandbox/slack/validation/messages.ts';
import { checkView } from '../../../../sandbox/slack/validation/views.ts';
import type { Reading } from '../../../../src/core/model/reading.ts';
import { cardFilters } from '../../../../src/core/tasks/filter.ts';
import {
  createFinder,
  type ListRequest,
  pageSize,
  type TaskFinder,
  wholeList,
} from '../../../../src/core/tasks/finder.ts';
import { listSorts } from '../../../../src/core/tasks/sort.ts';
import { createBoard } from '../../../../src/core/watch/board.ts';
import { nextReading } from '../../../../src/core/watch/infer.ts';
import { en } from '../../../../src/i18n/en.ts';
import { zhCN } from '../../../../src/i18n/zh-CN.ts';
import { type ListPage, listMessage, listTableMessage, pagesInTable } from '../../../../src/slack/views/list.ts';
import { requestInBlock } from '../../../../src/slack/views/list-request.ts';
import { maxOffered, selectView } from '../../../../src/slack/views/select.ts';
import { taskOf } from '../../../support/core/task-samples.ts';
import { hardNames } from '../../../support/every-view.ts';
import { createManualClock } from '../../../support/manual-clock.ts';
import { faultsOf } from '../../../support/slack-limits.ts';
import { parts } from '../../../support/view-text.ts';

const count = 10_000;
/** Enough for each kind of request; more of them find nothing new. */
const rounds = 60;
const names = Object.values(hardNames);

/** The same numbers every time, so that a failure can be looked at again. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function readingOf(index: number, random: (below: number) => number): Reading {
  const name = names[random(names.length)] ?? '';
  const total = random(3) === 0 ? 0 : random(1e12);
  const task = taskOf({
    id: index % 97 === 0 ? `${'长'.repeat(160)}${index}` : `id-${index}`,
    name,
    remark: names[random(names.length)] ?? '',
    line: { id: `line-${index % 200}`, name: names[random(names.length)] ?? '', total: 1, used: 0, expiresAt: null },
    started: random(2) === 0,
    createdAt: random(5) === 0 ? null : random(2e12),
    progress: random(4) === 0 ? null : { total, done: random(total + 1), source: 'endpoint' },
  });
  return { ...nextReading(null, task, 0, { look: 'glance' }), runBy: `U${index % 7}` };
}

describe('a list of 10,000 tasks with the longest names', () => {
  const random = seeded(7);
  let finder: TaskFinder;
  beforeAll(() => {
    const clock = createManualClock(0);
    const board = createBoard(clock);
    board.complete(
      Array.from({ length: count }, (_, index) => readingOf(index, random)),
      board.beginRead(),
    );
    finder = createFinder({
      board,
      store: { rememberList: async () => {}, lastList: async () => [] },
      clock,
      read: async () => finder.known(),
    });
  });

  const requestAt = (round: number): ListRequest => ({
    page: 1 + random(count / pageSize + 5),
    filter: [null, ...cardFilters][random(cardFilters.length + 1)] ?? null,
    text: ['', '', '线', 'line', hardNames['very long'], hardNames['all markup']][random(6)] ?? '',
    mine: random(3) === 0,
    sort: listSorts[round % listSorts.length] ?? 'usual',
    reversed: random(2) === 0,
  });

  test('is taken by Slack whatever is asked for, and its controls say the same of it', async () => {
    const faults: unknown[] = [];
    let rows = 0;
    for (let round = 0; round < rounds; round += 1) {
      const asked = round === 0 ? wholeList : requestAt(round);
      const t = round % 2 === 0 ? en : zhCN;
      const { items, ...part } = await finder.list('U1', asked, pagesInTable);
      const links = new Map(
        items.filter((_, i) => i % 2 === 0).map(({ task }) => [task.id, 'https://acme.slack.com/p1']),
      );
      const list: ListPage = { ...asked, ...part, cards: items, links, notice: null };
      const table = listTableMessage(list, t);
      for (const message of [table, listMessage(list, t)]) {
        const refusal = checkMessage(message);
        faults.push(...faultsOf(message), ...(refusal === null ? [] : [refusal]));
        const [controls] = parts(message, 'actions');
        if (controls !== undefined && !['first_task', 'list_page'].includes(String(controls.block_id))) {
          const { text: _, ...carried } = requestInBlock(String(controls.block_id));
          const { text: _text, ...wanted } = { ...asked, page: 1 };
          expect(carried).toEqual(wanted);
        }
      }
      // Nothing is left out for want of room.
      const shown = parts(table, 'data_table').reduce(
        (sum, { rows: drawn }) => sum + (drawn as unknown[]).length - 1,
        0,
      );
      expect(shown).toBe(items.length);
      rows += shown;
      const { items: offered, page, total } = await finder.list('U1', asked, maxOffered / pageSize);
      const form = selectView(
        { cards: offered, first: (page - 1) * pageSize + 1, total, chosen: 'all', alert: null, privateMetadata: '{}' },
        t,
      );
      const refused = checkView(form, 'modal');
      faults.push(...faultsOf(form), ...(refused === null ? [] : [refused]));
    }
    expect(faults).toEqual([]);
    expect(rows).toBeGreaterThan(rounds * 5);
  });
});
