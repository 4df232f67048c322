import { describe, expect, test } from '@jest/globals';
import { checkMessage } from '../../../../sandbox/slack/validation/messages.ts';
import type { BoardRow } from '../../../../src/core/model/channel-board.ts';
import { en } from '../../../../src/i18n/en.ts';
import { zhCN } from '../../../../src/i18n/zh-CN.ts';
import { channelBoardMessage } from '../../../../src/slack/views/channel-board.ts';
import { hardNames } from '../../../support/every-view.ts';
import { sampleBoard, sampleCard, sampleNow } from '../../../support/samples.ts';
import { faultsOf } from '../../../support/slack-limits.ts';
import { parts, wordsOf } from '../../../support/view-text.ts';

const rowOf = (i: number, change: Partial<BoardRow> = {}, name = `Task ${i}`): BoardRow => ({
  card: sampleCard({ task: { id: `task-${i}`, name } }),
  group: 'dialing',
  lever: 'pause',
  troubles: [],
  ...change,
});

const markupIn = (text: unknown): string => (text as { text: string }).text;

const many = (count: number, name: string): BoardRow[] => Array.from({ length: count }, (_, i) => rowOf(i, {}, name));

describe.each(Object.entries({ en, 'zh-CN': zhCN }))('%s', (_, t) => {
  test.each(Object.entries(hardNames))(
    'fifty tasks with %s names fit into one message, all of them counted',
    (_, name) => {
      const rows = many(50, name);
      const message = channelBoardMessage(sampleBoard(rows), t);
      expect([...faultsOf(message), checkMessage(message)]).toEqual([null]);
      expect(message.blocks).toHaveLength(50 - 1);
      expect(parts(message, 'button').filter(({ action_id }) => action_id === 'board_pause')).toHaveLength(46);
      expect(wordsOf(message).join('\n')).toContain(t.board.more(4));
      // No row lost its figures to the length of the names.
      const figures = parts(message, 'section').filter(({ text }) => /62%/.test(JSON.stringify(text)));
      expect(figures).toHaveLength(46);
    },
  );

  test('a dozen tasks show their names as long as a card does', () => {
    const name = 'x'.repeat(60);
    expect(wordsOf(channelBoardMessage(sampleBoard(many(12, name)), t)).join('\n')).toContain(name);
  });
});

describe('a row', () => {
  const textOf = (row: BoardRow): string =>
    markupIn(parts(channelBoardMessage(sampleBoard([row]), en), 'section')[1]?.text);
  const time = (at: number) => new RegExp(`<!date\\^${at / 1000}\\^\\{time\\}`);

  test('says how far a task has come and when it will end', () => {
    expect(textOf(rowOf(1))).toMatch(/^📞 \*Task 1\*\n62% · 3,121 left · until </);
  });

  test('says why it is where it is', () => {
    const evidence = { kind: 'stalled', since: sampleNow } as const;
    const card = sampleCard({ state: 'waiting', evidence });
    const stalled = textOf(rowOf(1, { group: 'attention', troubles: ['stalled'], card }));
    expect(stalled).toMatch(/^⚠️ \*Spring renewal\*\nno calls since <.*> · 62%/);
    expect(stalled).toMatch(time(sampleNow));
    const quiet = sampleCard({ state: 'waiting', evidence: { kind: 'quiet_hours', until: sampleNow } });
    expect(textOf(rowOf(1, { group: 'waiting', card: quiet }))).toMatch(/\nquiet hours until <.* · 62%/);
  });

  test('says what is wrong, as far as there is room', () => {
    const troubles = ['stalled', 'script_debug', 'rule_off', 'line_expiring'] as const;
    expect(textOf(rowOf(1, { group: 'attention', troubles }))).toMatch(/\nno calls · script in debug mode · 62%/);
  });

  test('of a task that cannot dial on its line offers another one', () => {
    const row = rowOf(1, { group: 'attention', troubles: ['line_dead'], lever: 'line' });
    const [lever] = parts(channelBoardMessage(sampleBoard([row]), en), 'button');
    expect(lever).toMatchObject({ action_id: 'alert_line:0', value: 'line:task-1' });
  });

  test('without anything to do takes one line, and ten of them one block', () => {
    const rows = Array.from({ length: 21 }, (_, i) => rowOf(i, { group: 'finished', lever: null }));
    const message = channelBoardMessage(sampleBoard(rows), en);
    const blocks = parts(message, 'section').slice(1);
    expect(blocks.map(({ text }) => markupIn(text).split('\n').length)).toEqual([10, 10, 1]);
    expect(blocks.filter(({ accessory }) => accessory !== undefined)).toEqual([]);
    // Each can be opened all the same.
    expect(parts(message, 'static_select')[0]?.options).toHaveLength(21);
  });

  test('of a deleted task opens nothing', () => {
    const message = channelBoardMessage(sampleBoard([rowOf(1, { group: 'gone', lever: null })]), en);
    expect(parts(message, 'static_select')).toEqual([]);
  });
});
