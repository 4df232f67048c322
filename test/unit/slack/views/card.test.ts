import { describe, expect, test } from '@jest/globals';
import type { CardData } from '../../../../src/core/model/card.ts';
import { taskStates } from '../../../../src/core/model/reading.ts';
import { en } from '../../../../src/i18n/en.ts';
import { zhCN } from '../../../../src/i18n/zh-CN.ts';
import { cardMessage, ownCardMessage } from '../../../../src/slack/views/card.ts';
import type { MessageBody } from '../../../../src/slack/views/limits.ts';
import { bar, glyphs } from '../../../../src/slack/views/state.ts';
import { sampleCard, sampleNow, sampleTask } from '../../../support/samples.ts';
import { actionIds, parts, wordsOf } from '../../../support/view-text.ts';

type Change = Parameters<typeof sampleCard>[0];

const render = (change: Change = {}) => cardMessage(sampleCard(change), en);
const text = (change: Change = {}) => wordsOf(render(change)).join('\n');

/** The two texts with something to press beside them, and the small print. */
const lines = (change: Change = {}) => {
  const [head, facts] = parts(render(change), 'section').map(({ text }) => (text as { text: string }).text);
  return { head, facts, foot: footOf(render(change)) };
};
const footOf = (card: MessageBody) => parts(card, 'context').flatMap(({ elements }) => elements as { text: string }[]);

describe('what a card says', () => {
  test('a task that may be redialed names the rule, how many numbers, and the end', () => {
    const evidence = { kind: 'may_redial', rule: '<Twice>', numbers: 8214, endsAt: sampleNow } as const;
    const card = sampleCard({ state: 'awaiting_redial', evidence });
    expect(wordsOf(cardMessage(card, en)).join('\n')).toMatch(
      /Awaiting redial\*\n.*All dialed once; \*&lt;Twice&gt;\* may redial up to 8,214, otherwise finished at <!date\^/s,
    );
    expect(wordsOf(cardMessage(card, zhCN)).join('\n')).toContain('最多可能重呼 8,214 个');
  });

  test('what was dialed before the first look is said', () => {
    const firstSeen = { at: sampleNow, dialed: 29 };
    expect(text({ firstSeen })).toMatch(/\*Dialing\* · 29 dialed since <!date\^/);
    expect(text({ firstSeen: { ...firstSeen, dialed: 0 } })).not.toContain('since');
  });

  test('name, state with evidence, bar, pace, line, script, quiet hours, who and when', () => {
    const { head, facts, foot } = lines();
    expect(head).toBe(
      [
        `📞 *Spring renewal* · *Dialing* · last dialed <!date^${sampleNow / 1000 - 20}^{time}|2026-01-05 01:59 UTC>`,
        `▓▓▓░░░ 62% · 5,093 / 8,214 · 48/min · done about <!date^${sampleNow / 1000 + 3900}^{time}|2026-01-05 03:05 UTC>`,
      ].join('\n'),
    );
    expect(facts).toBe('Line 1 · Renewal v3 · quiet hours: Lunch break · 4 at a time');
    expect(foot).toMatchObject([
      { text: `<!date^${sampleNow / 1000 - 6000}^{time}|2026-01-05 00:20 UTC> <@U0ALICE> started` },
    ]);
    expect(render().text).toBe('📞 Spring renewal: Dialing, 62% · 5,093 / 8,214');
  });

  test('the last acts are said with their figures, the newest first, and a day with what is not near', () => {
    const acts: CardData['acts'] = [
      { person: 'U1', action: 'created', at: sampleNow - 30 * 3_600_000, count: null },
      { person: 'U2', action: 'imported', at: sampleNow - 3_600_000, count: 1_888 },
      { person: 'U3', action: 'paused', at: sampleNow - 60_000, count: null },
    ];
    const names = new Map([
      ['U1', 'Alice'],
      ['U2', '*李梅*'],
      ['U3', 'Bob'],
    ]);
    const said = (t: typeof en | typeof zhCN) =>
      footOf(cardMessage(sampleCard({ acts }), t, { names }))
        .map(({ text }) => text.replaceAll(/<!date\^\d+\^([^|]+)\|[^>]+>/g, '($1)'))
        .join();
    const inert = '\u200b*\u200b李梅\u200b*\u200b';
    expect(said(en)).toBe(
      `({time}) Bob paused · ({time}) ${inert} imported 1,888 numbers · ({date_short_pretty} {time}) Alice created it`,
    );
    expect(said(zhCN)).toBe(
      `({time}) Bob 暂停 · ({time}) ${inert} 导入 1,888 个号码 · ({date_short_pretty} {time}) Alice 创建`,
    );
  });

  test('someone whose name is not known is mentioned', () => {
    expect(text()).toContain('<@U0ALICE> started');
  });

  test('while something is carried out, that is said instead of how the state is known', () => {
    const working = cardMessage(sampleCard(), en, { working: 'pause' });
    expect(wordsOf(working).join('\n')).toMatch(/\*Spring renewal\* · ⏳ Pausing the task…\n▓▓▓░░░ 62%/);
    expect(actionIds(working)).toEqual(actionIds(render()));
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
    expect(text({ task: { line: { ...sampleTask().line, name: null } } })).toContain('line-1 · Renewal v3');
  });
});

describe('the buttons', () => {
  const ids = (change: Change) => actionIds(render(change));

  test.each([
    ['dialing', true, ['task_pause', 'task_more']],
    ['waiting', true, ['task_pause', 'task_more']],
    ['awaiting_redial', true, ['task_pause', 'task_more']],
    ['finished', true, ['task_pause', 'task_more']],
    ['paused', false, ['task_more', 'task_start']],
    ['draft', false, ['task_more', 'task_import']],
    ['finished', false, ['task_more', 'form_open']],
    ['gone', false, []],
    ['gone', true, []],
  ] as const)('%s, switched on %s: the upper and the lower one are %j', (state, started, expected) => {
    expect(ids({ state, task: { started } })).toEqual(expected);
  });

  test.each(taskStates)('where one pauses a task, nothing starts one and the reverse: %s', (state) => {
    const [whileOn, whileOff] = [true, false].map((started) => actionIds(render({ state, task: { started } })));
    for (const [place, id] of (whileOn ?? []).entries()) {
      expect([id, whileOff?.[place]]).not.toEqual(['task_pause', 'task_start']);
      expect([id, whileOff?.[place]]).not.toEqual(['task_start', 'task_pause']);
    }
  });

  test('carry the id of the task; what is pressed most is beside the block called task', () => {
    const card = render();
    expect(parts(card, 'actions')).toEqual([]);
    expect(parts(card, 'section').map(({ block_id }) => block_id)).toEqual(['task', 'facts']);
    expect(parts(card, 'button').map(({ value }) => value)).toEqual([sampleTask().id]);
    expect(parts(card, 'overflow')[0]?.options).toMatchObject(
      ['import', 'edit', 'clone', 'list', 'delete'].map((verb) => ({ value: `${verb}:${sampleTask().id}` })),
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

test('a short bar has the same proportion', () => {
  expect(bar(50, 100, 6)).toBe('▓▓▓░░░');
  expect(bar(1, 10_000, 6)).toBe('▓░░░░░');
});
