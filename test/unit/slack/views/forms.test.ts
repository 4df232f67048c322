import { describe, expect, test } from '@jest/globals';
import { fieldNames, fields } from '../../../../src/core/model/fields.ts';
import type { Choices, LineChoice } from '../../../../src/core/tasks/choices.ts';
import { type Catalogue, en } from '../../../../src/i18n/en.ts';
import { issueSentence } from '../../../../src/i18n/sentences.ts';
import { zhCN } from '../../../../src/i18n/zh-CN.ts';
import { readForm } from '../../../../src/slack/bolt/read-form.ts';
import { suggestOptions, type TaskForm, taskFormView } from '../../../../src/slack/views/forms.ts';
import { noChoice, optionOf } from '../../../../src/slack/views/menus.ts';
import { sampleCallerNumber, sampleChoices, sampleRaw } from '../../../support/samples.ts';
import { parts } from '../../../support/view-text.ts';

const form = (change: Partial<TaskForm> = {}, t: Catalogue = en) =>
  taskFormView(
    {
      mode: 'create',
      values: sampleRaw(),
      choices: sampleChoices(3),
      issues: [],
      alert: null,
      privateMetadata: '{"key":"k1"}',
      ...change,
    },
    t,
  );

interface Input {
  block_id: string;
  optional?: boolean;
  dispatch_action?: boolean;
  label: { text: string };
  hint?: { text: string };
  element: {
    type: string;
    action_id: string;
    initial_value?: string;
    initial_option?: { value: string };
    options?: { value: string; text: { text: string } }[];
    min_query_length?: number;
    multiline?: boolean;
  };
}
const elements = { text: 'plain_text_input', number: 'number_input', choice: 'static_select' };
const inputs = (view: unknown) => parts(view, 'input') as unknown as Input[];
const input = (view: unknown, name: string) => inputs(view).find((block) => block.block_id === name) as Input;

describe('taskFormView', () => {
  test('has one input per field, in order; block_id and action_id are the name of the field', () => {
    expect(inputs(form()).map((block) => [block.block_id, block.element.action_id])).toEqual(
      [...fieldNames, 'numbers', 'file'].map((name) => [name, name]),
    );
    expect(inputs(form({ mode: 'edit' })).map((block) => block.block_id)).toEqual(fieldNames);
    expect(form()).toMatchObject({
      callback_id: 'task_create',
      private_metadata: '{"key":"k1"}',
      submit: { text: 'Create' },
    });
    expect(form({ mode: 'edit' })).toMatchObject({ callback_id: 'task_edit', submit: { text: 'Review changes' } });
  });

  test('shows every value that was typed or chosen', () => {
    const view = form({ values: sampleRaw({ agent_group: '21', pause_seconds: '10' }) });
    const shown = Object.fromEntries(
      inputs(view).map(({ block_id, element }) => [block_id, element.initial_option?.value ?? element.initial_value]),
    );
    expect(shown).toEqual(sampleRaw({ agent_group: '21', pause_seconds: '10' }));
  });

  test.each(fields)('$name is drawn by its kind, and read back as it was shown', (field) => {
    const raw = sampleRaw({ agent_group: '21', pause_seconds: '10' });
    const { element, label, optional } = input(form({ values: raw }), field.name);
    expect(element.type).toBe(elements[field.kind]);
    expect([label.text, optional]).toEqual([en.fields[field.name].label, field.optional]);
    const { initial_option: option, initial_value: value } = element;
    const state = { [field.name]: { [field.name]: { selected_option: option, value } } };
    expect(readForm(state)[field.name]).toBe(raw[field.name]);
  });

  test('what is empty or no number has no initial value, which Slack would refuse', () => {
    const view = form({
      values: sampleRaw({ name: '', remark: '', pause_seconds: '', concurrency: 'four', script: 'gone' }),
    });
    for (const name of ['name', 'remark', 'pause_seconds', 'concurrency']) {
      expect(input(view, name).element).not.toHaveProperty('initial_value');
    }
    expect(input(view, 'script').element).not.toHaveProperty('initial_option');
  });

  test('only the pause, the agent group, the remark and the numbers may stay empty; what is entered is reported', () => {
    expect(
      inputs(form())
        .filter((block) => block.optional)
        .map((block) => block.block_id),
    ).toEqual(['pause_seconds', 'agent_group', 'remark', 'numbers', 'file']);
    const reported = (mode: 'create' | 'edit') =>
      inputs(form({ mode }))
        .filter((block) => block.dispatch_action)
        .map((block) => block.block_id);
    for (const mode of ['create', 'edit'] as const) expect(reported(mode)).toEqual(fieldNames);
    expect(input(form(), 'remark').element.multiline).toBe(true);
  });

  test('the concurrency hint names the limit of the chosen line', () => {
    expect(input(form(), 'concurrency').hint?.text).toContain('max 4 on this line');
    expect(input(form({}, zhCN), 'concurrency').hint?.text).toContain('该线路上限 4 路');
    expect(input(form({ values: sampleRaw({ line: '' }) }), 'concurrency').hint?.text).not.toContain('max');
  });

  test('issues appear directly beneath their field, an alert on top', () => {
    const issue = { field: 'concurrency', code: 'over_line', max: 4 } as const;
    const { blocks } = form({ issues: [issue], alert: 'The platform refused this.' });
    const at = blocks.findIndex((block) => (block as { block_id?: string }).block_id === 'concurrency');
    expect(blocks[at + 1]).toMatchObject({ type: 'context', elements: [{ text: `⚠️ ${issueSentence(en, issue)}` }] });
    expect(blocks[0]).toMatchObject({ type: 'section', text: { text: '⚠️ The platform refused this.' } });
  });

  test('one context block counts what was left out, with the reason', () => {
    const choices = sampleChoices(2, {
      hidden: [
        { field: 'script', reason: 'script_deleted', count: 1 },
        { field: 'line', reason: 'line_no_free_concurrency', count: 3 },
      ],
    });
    const last = form({ mode: 'edit', choices }).blocks.at(-1);
    expect(last).toMatchObject({
      type: 'context',
      elements: [{ text: '1 script hidden: deleted\n3 lines hidden: no free concurrency' }],
    });
    expect(form({ mode: 'edit' }).blocks.at(-1)).toMatchObject({ type: 'input' });
  });

  test('a menu that must be used and is empty leaves no form, but the reason and what to do', () => {
    const choices = sampleChoices(2, {
      line: [],
      hidden: [{ field: 'line', reason: 'line_no_free_concurrency', count: 3 }],
    });
    const view = form({ choices });
    expect(inputs(view)).toEqual([]);
    expect(view).not.toHaveProperty('submit');
    expect(JSON.stringify(view)).toContain(
      'No lines are available.\\n3 lines hidden: no free concurrency\\nPause another task',
    );
  });

  test('without a usable agent group the form works without that menu', () => {
    const choices = sampleChoices(2, {
      agent_group: [],
      hidden: [{ field: 'agent_group', reason: 'group_without_line', count: 2 }],
    });
    const view = form({ mode: 'edit', choices });
    expect(inputs(view).map((block) => block.block_id)).toEqual(fieldNames.filter((name) => name !== 'agent_group'));
    expect(view.submit).toBeDefined();
    expect(JSON.stringify(view).match(/2 agent groups hidden: no transfer line/g)).toHaveLength(1);
  });

  test.each([
    [1, 'static_select'],
    [100, 'static_select'],
    [101, 'external_select'],
    [10_000, 'external_select'],
  ])('%d entries make a %s that shows the chosen one', (n, type) => {
    const view = form({ choices: sampleChoices(n), values: sampleRaw({ script: String(296 + n), line: `line-${n}` }) });
    for (const [field, id] of [
      ['script', String(296 + n)],
      ['line', `line-${n}`],
    ] as const) {
      const { element } = input(view, field);
      expect([element.type, element.initial_option?.value]).toEqual([type, id]);
      expect(element.options?.length).toBe(type === 'static_select' ? n : undefined);
      expect(element.min_query_length).toBe(type === 'static_select' ? undefined : 0);
    }
  });

  test('a hundred very heavy names are asked for as one types, so that the view stays small', () => {
    const choices = sampleChoices(100, {}, () => '尊享线路'.repeat(50));
    const view = form({ choices });
    expect(Buffer.byteLength(JSON.stringify(view))).toBeLessThan(250_000);
  });

  test('private_metadata that is too long is a fault of ours, not cut', () => {
    expect(() => form({ privateMetadata: 'x'.repeat(3001) })).toThrow(/private_metadata/);
  });
});

describe('options', () => {
  const line = (change: Partial<LineChoice> = {}): LineChoice => ({
    id: 'l',
    name: 'Line A',
    free: 4,
    total: 10,
    callerNumber: sampleCallerNumber,
    max: 4,
    ...change,
  });
  const lineText = (change: Partial<LineChoice>, t = en) =>
    optionOf({ field: 'line', entry: line(change) }, t).text.text;

  test('a line says how much of it is free, and a part of its number', () => {
    expect(lineText({})).toBe('Line A · 4 of 10 free · 0571****5008');
    expect(lineText({}, zhCN as typeof en)).toBe('Line A · 空闲 4 / 10 · 0571****5008');
    expect(lineText({ total: null, callerNumber: null })).toBe('Line A · 4 free');
    expect(lineText({ free: 0, max: 6 })).toContain('0 of 10 free · up to 6 for this task');
  });

  test('a long name gives way to what one chooses by', () => {
    const text = lineText({ name: '尊享线路'.repeat(40) });
    expect(text.length).toBeLessThanOrEqual(75);
    expect(text).toMatch(/… · 4 of 10 free · 0571\*{4}5008$/);
  });

  test('a script in debug mode says so, also with a long name', () => {
    const entry = { id: '1', name: 'x'.repeat(200), debug: true, deleted: false };
    expect(optionOf({ field: 'script', entry }, en).text.text).toMatch(/… · ⚠ TTS debug$/);
  });

  test('an entry without a name shows its id; a phone number in a name is masked', () => {
    expect(optionOf({ field: 'quiet_hours', entry: { id: 'q1', name: ' ' } }, en).text.text).toBe('q1');
    expect(optionOf({ field: 'quiet_hours', entry: { id: 'q1', name: '南京-17361984317' } }, en).text.text).toBe(
      '南京-173****4317',
    );
  });

  test('an optional choice can be taken back', () => {
    expect(input(form(), 'agent_group').element.options?.[0]).toMatchObject({ value: noChoice });
    expect(input(form(), 'agent_group').element).not.toHaveProperty('initial_option');
  });
});

describe('suggestOptions', () => {
  const suggest = (choices: Choices, query: string, field: 'line' | 'script' | 'agent_group' = 'line') =>
    suggestOptions({ field, choices, query }, en).map((option) => option.value);

  test('shows the first hundred before anything is typed', () => {
    expect(suggest(sampleChoices(10_000), '')).toHaveLength(100);
  });

  test('finds one in ten thousand, by name or by caller number, whatever the case and width', () => {
    const choices = sampleChoices(10_000);
    const marked = choices.line[7776];
    if (marked) marked.callerNumber = '02177776666';
    expect(suggest(choices, 'LINE 7777')).toEqual(['line-7777']);
    expect(suggest(choices, 'ｌｉｎｅ ７７７７')).toEqual(['line-7777']);
    expect(suggest(choices, '77776666')).toEqual(['line-7777']);
    expect(suggest(choices, ' line 7777 ')).toEqual(['line-7777']);
  });

  test('what begins with the words comes before what holds them', () => {
    const choices = sampleChoices(0, {
      quiet_hours: [],
      script: [
        { id: 'a', name: 'Old renewal', debug: false, deleted: false },
        { id: 'b', name: 'Renewal', debug: false, deleted: false },
      ],
    });
    expect(suggest(choices, 'renewal', 'script')).toEqual(['b', 'a']);
  });

  test('nothing fits: no options', () => {
    expect(suggest(sampleChoices(10), 'zzz')).toEqual([]);
    expect(suggest(sampleChoices(0), '')).toEqual([]);
  });

  test('an id that no option can carry is left out, not cut into another', () => {
    const choices = sampleChoices(1, {
      line: [{ id: 'x'.repeat(151), name: 'L', free: 4, total: 4, callerNumber: null, max: 4 }],
    });
    expect(suggest(choices, '')).toEqual([]);
  });
});
