import { describe, expect, test } from '@jest/globals';
import { draftOf, fieldNames } from '../../../../src/core/model/fields.ts';
import { type Catalogue, en } from '../../../../src/i18n/en.ts';
import { zhCN } from '../../../../src/i18n/zh-CN.ts';
import { deleteView } from '../../../../src/slack/views/delete.ts';
import { type Difference, differenceView } from '../../../../src/slack/views/difference.ts';
import { createdView, deletedView, savedView, unknownView } from '../../../../src/slack/views/results.ts';
import { loadingView, problemView } from '../../../../src/slack/views/waiting.ts';
import { sampleCard, sampleChanged, sampleChoices, sampleDraft, sampleTask } from '../../../support/samples.ts';
import { actionIds, parts, wordsOf } from '../../../support/view-text.ts';

const words = (view: unknown) => wordsOf(view).join('\n');

describe('differenceView', () => {
  const edited = { line: 'line-2', concurrency: 2, agentGroup: null };
  const before = sampleTask({ agentGroup: { id: '21', name: 'Old group' } });
  const render = (change: Partial<Difference> = {}, t: Catalogue = en) =>
    differenceView(
      {
        before,
        draft: sampleDraft(edited),
        choices: sampleChoices(3),
        movedMeanwhile: false,
        privateMetadata: 'p',
        ...change,
      },
      t,
    );

  test('shows old and new in names, in the order of the form, and only what changed', () => {
    expect(words(render())).toContain(
      '*Line*\nLine 1 → *Line 2*\n*Concurrency*\n4 → *2*\n*Agent group*\nGroup 1 → *none*'.slice(0, 26),
    );
    const shown = parts(render(), 'section').map((block) => (block.text as { text: string }).text);
    expect(shown).toEqual([
      'Changes to *Spring renewal*:',
      '*Line*\nLine 1 → *Line 2*',
      '*Concurrency*\n4 → *2*',
      '*Agent group*\nGroup 1 → *none*',
    ]);
    expect(render()).toMatchObject({ callback_id: 'task_edit_save', submit: { text: 'Save' }, private_metadata: 'p' });
  });

  test('an entry that is no longer listed shows the name the task still has, else its id', () => {
    const draft = sampleDraft({ line: 'line-9', script: '299' });
    const text = words(render({ choices: sampleChoices(0), before: sampleTask(), draft }));
    expect(text).toContain('Line 1 → *line-9*');
    expect(text).toContain('Renewal v3 → *299*');
  });

  test('what someone else saved meanwhile is not overwritten without saying so', () => {
    const view = render({ movedMeanwhile: true });
    expect(view.submit?.text).toBe('Overwrite');
    expect(words(view)).toContain('Someone else changed this task');
    expect(parts(view, 'button')).toMatchObject([
      { action_id: 'edit_reload', confirm: { title: { text: 'Reload the task?' } } },
    ]);
    expect(actionIds(render())).toEqual([]);
  });

  test('a running task warns; no change at all cannot be saved', () => {
    expect(words(render({ before: { ...before, started: true } }))).toContain('This task is running');
    const same = { draft: draftOf(before) };
    expect(render(same)).not.toHaveProperty('submit');
    expect(words(render(same))).toContain('There are no changes');
  });

  test.each(fieldNames)('%s can be shown', (field) => {
    for (const t of [en, zhCN]) {
      expect(words(render({ before: sampleTask(), draft: sampleChanged() }, t))).toContain(
        `*${t.fields[field].label}*\n`,
      );
    }
  });
});

describe('deleteView', () => {
  test('asks for the name, which is shown in full and as plain text', () => {
    const name = '<b> *x* 13800138000';
    const view = deleteView({ task: sampleTask({ name }), privateMetadata: 'p' }, en);
    expect(view).toMatchObject({ callback_id: 'task_delete', submit: { text: 'Delete' }, private_metadata: 'p' });
    expect(view.blocks).toContainEqual({ type: 'section', text: { type: 'plain_text', text: name, emoji: false } });
    expect(parts(view, 'input').map((block) => block.block_id)).toEqual(['confirm_name']);
    expect(actionIds(view)).toEqual(['confirm_name']);
    expect(words(view)).toContain('It has 8,214 numbers, 3,121 not dialed yet.');
  });

  test('refuses a running task: the rule, how to fix it, and the button that does', () => {
    const view = deleteView({ task: sampleTask({ started: true }), privateMetadata: '' }, en);
    expect(view).not.toHaveProperty('submit');
    expect(actionIds(view)).toEqual(['task_pause']);
    expect(words(view)).toContain('a running task cannot be deleted. Pause it first');
  });
});

describe('results', () => {
  test('a created task can be filled and started', () => {
    const view = createdView({ card: sampleCard(), channel: 'C1', already: false }, en);
    expect(actionIds(view)).toEqual(['task_import', 'task_start']);
    expect(parts(view, 'actions')).toHaveLength(1);
    expect(words(view)).toContain('<#C1>');
    expect(words(createdView({ card: sampleCard(), channel: 'C1', already: true }, en))).toContain(
      'Nothing was created twice',
    );
  });

  test('a saved task that is paused can be started, one that runs cannot', () => {
    expect(actionIds(savedView(sampleCard({ task: { started: false } }), en))).toEqual(['task_start']);
    expect(actionIds(savedView(sampleCard(), en))).toEqual([]);
  });

  test('a deleted task is named', () => {
    expect(words(deletedView('春季<1>', zhCN))).toContain('*春季&lt;1&gt;* 已删除');
  });

  test('an unknown outcome can be checked, and says that nothing is sent again', () => {
    const view = unknownView({ kind: 'create', text: 'No answer came.', checkValue: 'v' }, en);
    expect(parts(view, 'button')).toMatchObject([{ action_id: 'outcome_check', value: 'v' }]);
    expect(words(view)).toContain('*It is not known yet whether the task was created.*\nNo answer came.');
    expect(words(view)).toContain('Nothing is sent again');
  });
});

describe('waiting', () => {
  test('says what is done, and has nothing to submit', () => {
    const view = loadingView({ kind: 'creating', privateMetadata: 'p' }, zhCN);
    expect(view).not.toHaveProperty('submit');
    expect(view.private_metadata).toBe('p');
    expect(words(view)).toContain('⏳ 正在创建任务…');
  });

  test('a problem has a way on, where there is one', () => {
    const problem = { title: en.titles.create, text: 'No answer.', privateMetadata: '' };
    expect(parts(problemView({ ...problem, retry: 'v' }, en), 'button')).toMatchObject([
      { action_id: 'form_retry', text: { text: 'Try again' }, value: 'v' },
    ]);
    expect(actionIds(problemView({ ...problem, retry: null }, en))).toEqual([]);
  });
});
