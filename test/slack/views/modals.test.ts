import { describe, expect, test } from '@jest/globals';
import { fieldNames } from '../../../src/core/tasks/task.ts';
import { en } from '../../../src/i18n/en.ts';
import { zhCN } from '../../../src/i18n/zh-CN.ts';
import { deleteView } from '../../../src/slack/views/delete.ts';
import { differenceView } from '../../../src/slack/views/difference.ts';
import { createdView, deletedView, savedView, unknownView } from '../../../src/slack/views/results.ts';
import { loadingView, problemView } from '../../../src/slack/views/waiting.ts';
import { sampleCard, sampleChoices, sampleDraft, sampleTask } from '../../support/samples.ts';
import { actionIds, parts, wordsOf } from '../../support/view-text.ts';

const words = (view: unknown) => wordsOf(view).join('\n');

describe('differenceView', () => {
  const render = (change: Partial<Parameters<typeof differenceView>[0]> = {}) =>
    differenceView({
      t: en,
      before: sampleTask({ agentGroup: { id: '21', name: 'Old group' } }),
      draft: sampleDraft({ line: 'line-2', concurrency: 2, agentGroup: null }),
      choices: sampleChoices(3),
      changed: ['agent_group', 'concurrency', 'line'],
      movedMeanwhile: false,
      running: false,
      privateMetadata: 'p',
      ...change,
    });

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
    const choices = sampleChoices(0);
    const text = words(
      render({ choices, before: sampleTask(), changed: ['line', 'script'], draft: sampleDraft({ line: 'line-9' }) }),
    );
    expect(text).toContain('Line 1 → *line-9*');
    expect(text).toContain('Renewal v3 → *Renewal v3*');
  });

  test('what somebody else saved meanwhile is not overwritten without saying so', () => {
    const view = render({ movedMeanwhile: true });
    expect(view.submit?.text).toBe('Overwrite');
    expect(words(view)).toContain('Someone else changed this task');
    expect(parts(view, 'button')).toMatchObject([
      { action_id: 'edit_reload', confirm: { title: { text: 'Reload the task?' } } },
    ]);
    expect(actionIds(render())).toEqual([]);
  });

  test('a running task warns; no change at all cannot be saved', () => {
    expect(words(render({ running: true }))).toContain('This task is running');
    expect(render({ changed: [] })).not.toHaveProperty('submit');
    expect(words(render({ changed: [] }))).toContain('There are no changes');
  });

  test.each(fieldNames)('%s can be shown', (field) => {
    for (const t of [en, zhCN])
      expect(words(render({ t, changed: [field] }))).toContain(`*${t.fields[field].label}*\n`);
  });
});

describe('deleteView', () => {
  test('asks for the name, which stands there whole and as plain text', () => {
    const name = '<b> *x* 13800138000';
    const view = deleteView({ t: en, task: sampleTask({ name }), running: false, privateMetadata: 'p' });
    expect(view).toMatchObject({ callback_id: 'task_delete', submit: { text: 'Delete' }, private_metadata: 'p' });
    expect(view.blocks).toContainEqual({ type: 'section', text: { type: 'plain_text', text: name } });
    expect(parts(view, 'input').map((block) => block.block_id)).toEqual(['confirm_name']);
    expect(actionIds(view)).toEqual(['confirm_name']);
    expect(words(view)).toContain('It has 8,214 numbers, 3,121 not dialed yet.');
  });

  test('refuses a running task: the rule, how to fix it, and the button that does', () => {
    const view = deleteView({ t: en, task: sampleTask({ started: true }), running: true, privateMetadata: '' });
    expect(view).not.toHaveProperty('submit');
    expect(actionIds(view)).toEqual(['task_pause']);
    expect(words(view)).toContain('a running task cannot be deleted. Pause it first');
  });
});

describe('results', () => {
  test('a created task can be filled and started', () => {
    const view = createdView({ t: en, card: sampleCard(), channel: 'C1', already: false });
    expect(actionIds(view)).toEqual(['task_import', 'task_start']);
    expect(parts(view, 'actions')).toHaveLength(1);
    expect(words(view)).toContain('<#C1>');
    expect(words(createdView({ t: en, card: sampleCard(), channel: 'C1', already: true }))).toContain(
      'Nothing was created twice',
    );
  });

  test('a saved task that is paused can be started, one that runs cannot', () => {
    expect(actionIds(savedView({ t: en, card: sampleCard({ task: { started: false } }) }))).toEqual(['task_start']);
    expect(actionIds(savedView({ t: en, card: sampleCard() }))).toEqual([]);
  });

  test('a deleted task is named', () => {
    expect(words(deletedView({ t: zhCN, name: '春季<1>' }))).toContain('*春季&lt;1&gt;* 已删除');
  });

  test('an unknown outcome can be checked, and says that nothing is sent again', () => {
    const view = unknownView({ t: en, kind: 'create', text: 'No answer came.', checkValue: 'v' });
    expect(parts(view, 'button')).toMatchObject([{ action_id: 'outcome_check', value: 'v' }]);
    expect(words(view)).toContain('*It is not known yet whether the task was created.*\nNo answer came.');
    expect(words(view)).toContain('Nothing is sent again');
  });
});

describe('waiting', () => {
  test('says what is done, and has nothing to submit', () => {
    const view = loadingView({ t: zhCN, kind: 'creating', privateMetadata: 'p' });
    expect(view).not.toHaveProperty('submit');
    expect(view.private_metadata).toBe('p');
    expect(words(view)).toContain('⏳ 正在创建任务…');
  });

  test('a problem has a way on, where there is one', () => {
    const problem = { t: en, title: en.titles.create, text: 'No answer.', privateMetadata: '' };
    const retry = { actionId: 'form_retry', label: 'Try again', value: 'v' };
    expect(parts(problemView({ ...problem, retry }), 'button')).toMatchObject([
      { action_id: 'form_retry', value: 'v' },
    ]);
    expect(actionIds(problemView({ ...problem, retry: null }))).toEqual([]);
  });
});
