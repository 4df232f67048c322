import { describe, expect, test } from '@jest/globals';
import { taskStates } from '../../../../src/core/model/reading.ts';
import { en } from '../../../../src/i18n/en.ts';
import { zhCN } from '../../../../src/i18n/zh-CN.ts';
import { cardMessage, ownCardMessage } from '../../../../src/slack/views/card.ts';
import { bar, glyphs } from '../../../../src/slack/views/state.ts';
import { sampleCard, sampleNow, sampleTask } from '../../../support/samples.ts';
import { actionIds, parts, wordsOf } from '../../../support/view-text.ts';

const render = (change: Parameters<typeof sampleCard>[0] = {}) => cardMessage(sampleCard(change), en);
const text = (change: Parameters<typeof sampleCard>[0] = {}) => wordsOf(render(change)).join('\n');

describe('what a card says', () => {
  test('a task that may be redialed names the rule, how many numbers, and the end', () => {
    const evidence = { kind: 'may_redial', rule: '<Twice>', numbers: 8214, endsAt: sampleNow } as const;
    const card = sampleCard({ state: 'awaiting_redial', evidence });
    expect(wordsOf(cardMessage(card, en)).join('\n')).toMatch(
      /Awaiting redial\*? · every number dialed once; \*&lt;Twice&gt;\* may call up to 8,214 again\. Finished at <!date\^/,
    );
    expect(wordsOf(cardMessage(card, zhCN)).join('\n')).toContain('最多可能重呼 8,214 个');
  });

  test('what was dialed before the first look is said', () => {
    const firstSeen = { at: sampleNow, dialed: 29 };
    expect(text({ firstSeen })).toMatch(/48 per minute · 29 of 8,214 since <!date\^/);
    expect(text({ firstSeen: { ...firstSeen, dialed: 0 } })).not.toContain('since');
  });

  test('name, state with evidence, bar, pace, line, script, quiet hours, who and when', () => {
    const card = render();
    expect((card.blocks[0] as { text: { text: string } }).text.text).toBe(
      [
        '📞 *Spring renewal*',
        `*Dialing* · last dialed <!date^${sampleNow / 1000 - 20}^{time}|2026-01-05 01:59 UTC>`,
        '▓▓▓▓▓▓░░░░ 62% · 5,093 / 8,214',
        `48 per minute · expected to finish <!date^${sampleNow / 1000 + 3900}^{date_short_pretty} {time}|2026-01-05 03:05 UTC>`,
      ].join('\n'),
    );
    expect(parts(card, 'section')[1]?.fields).toMatchObject([
      { text: '*Line*\nLine 1' },
      { text: '*Script*\nRenewal v3' },
      { text: '*Quiet hours*\nLunch break' },
      { text: '*Concurrency*\n4 concurrent calls' },
    ]);
    expect(text()).toContain('Started by <@U0ALICE>');
    expect(text()).toContain('Updated <!date^');
    expect(card.text).toBe('📞 Spring renewal: Dialing, 62% · 5,093 / 8,214');
  });

  test('the same in Chinese', () => {
    const card = cardMessage(sampleCard(), zhCN);
    expect(card.text).toBe('📞 Spring renewal：呼叫中，62% · 5,093 / 8,214');
    expect(wordsOf(card).join('\n')).toContain('*呼叫中* · 最近拨打 <!date^');
  });

  test('an approximate figure says so', () => {
    expect(text({ task: { progress: { total: 100, done: 62, source: 'progress_bar' } } })).toContain(
      '≈ 62% · 62 / 100',
    );
    expect(text()).not.toContain('≈');
  });

  test('no figure, or no numbers, is said in words, not as 0 %', () => {
    expect(text({ task: { progress: null } })).toContain('Progress not reported');
    expect(text({ task: { progress: { total: 0, done: 0, source: 'endpoint' } } })).toContain('No numbers yet');
    expect(text({ task: { progress: null } })).not.toContain('%');
  });

  test('a stale card says since when, first of all', () => {
    const stale = render({ staleSince: sampleNow - 600_000 });
    expect(JSON.stringify(stale.blocks[0])).toContain(`<!date^${sampleNow / 1000 - 600}^`);
    expect(JSON.stringify(stale.blocks[0])).toContain('may be out of date');
  });

  test('a script in debug mode and a line about to end are pointed out', () => {
    const script = { ...sampleTask().script, debug: true };
    const line = { ...sampleTask().line, expiresAt: sampleNow + 86_400_000 };
    expect(text({ task: { script, line } })).toMatch(/⚠ TTS debug/);
    expect(text({ task: { script, line } })).toMatch(/⚠ expires <!date\^/);
    expect(text({ task: { line: { ...line, expiresAt: sampleNow - 1 } } })).toContain('⚠ expired');
    expect(text({ task: { line: { ...line, expiresAt: sampleNow + 8 * 86_400_000 } } })).not.toContain('⚠');
  });

  test('a thing without a name shows its id', () => {
    expect(text({ task: { line: { ...sampleTask().line, name: null } } })).toContain('*Line*\nline-1');
  });
});

describe('the buttons', () => {
  const ids = (change: Parameters<typeof sampleCard>[0]) => actionIds(render(change));

  test.each([
    ['dialing', true, ['task_pause', 'task_import', 'task_more']],
    ['waiting', true, ['task_pause', 'task_import', 'task_more']],
    ['paused', false, ['task_start', 'task_import', 'task_more']],
    ['draft', false, ['task_start', 'task_import', 'task_more']],
    ['finished', true, ['task_pause', 'task_import', 'task_more']],
    ['finished', false, ['task_import', 'task_more']],
    ['gone', false, []],
    ['gone', true, []],
  ] as const)('%s, switched on %s: %j', (state, started, expected) => {
    expect(ids({ state, task: { started } })).toEqual(expected);
  });

  test('carry the id of the task, in one block called task', () => {
    const actions = parts(render(), 'actions');
    expect(actions).toHaveLength(1);
    expect(actions[0]?.block_id).toBe('task');
    expect(parts(actions, 'button').map((button) => button.value)).toEqual([sampleTask().id, sampleTask().id]);
    expect(parts(actions, 'overflow')[0]?.options).toMatchObject(
      ['edit', 'clone', 'watch', 'delete'].map((verb) => ({ value: `${verb}:${sampleTask().id}` })),
    );
  });

  test('a card shown to one person can be posted for all', () => {
    expect(actionIds(ownCardMessage(sampleCard(), en))).toContain('card_post');
    expect(actionIds(ownCardMessage(sampleCard({ state: 'gone' }), en))).toEqual([]);
  });

  test('pausing stays possible while the card is stale', () => {
    expect(ids({ staleSince: sampleNow })).toContain('task_pause');
  });
});

test('every state has a glyph of its own', () => {
  expect(new Set(taskStates.map((state) => glyphs[state])).size).toBe(taskStates.length);
});

test.each([
  [0, 100, '░░░░░░░░░░'],
  [1, 10_000, '▓░░░░░░░░░'],
  [99, 100, '▓▓▓▓▓▓▓▓▓░'],
  [100, 100, '▓▓▓▓▓▓▓▓▓▓'],
  [120, 100, '▓▓▓▓▓▓▓▓▓▓'],
  [0, 0, '░░░░░░░░░░'],
])('%d of %d is drawn as %s', (done, total, drawn) => {
  expect(bar(done, total)).toBe(drawn);
});
