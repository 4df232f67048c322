import { describe, expect, test } from '@jest/globals';
import type { NumberList } from '../../../../src/core/model/numbers.ts';
import { en } from '../../../../src/i18n/en.ts';
import { importPreviewView } from '../../../../src/slack/views/imports.ts';
import { sampleHistory, sampleNumbers, sampleTask } from '../../../support/samples.ts';
import { parts, wordsOf } from '../../../support/view-text.ts';

const columns = (count: number, numbers: (index: number) => number) =>
  Array.from({ length: count }, (_, index) => ({ index, title: `t${index}`, numbers: numbers(index) }));

const preview = (list: NumberList) =>
  importPreviewView(
    {
      task: sampleTask(),
      list,
      history: sampleHistory(list.ready.count),
      recentDays: 30,
      batchSize: 100,
      further: null,
      text: '',
      choices: undefined,
      privateMetadata: '',
    },
    en,
  );

describe('the menus of a preview', () => {
  test('a list without columns has none; a table has its columns, and several numbers have a choice', () => {
    expect(parts(preview(sampleNumbers({ columns: [] })), 'input')).toEqual([]);
    const ids = (list: NumberList) => parts(preview(list), 'input').map((block) => block.block_id);
    expect(ids(sampleNumbers())).toEqual(['phone_columns', 'name_column']);
    expect(ids(sampleNumbers({ severalRows: 1 }))).toEqual(['phone_columns', 'name_column', 'several_numbers']);
  });

  test('columns in use and with numbers are offered first, within what a menu holds', () => {
    const list = sampleNumbers({ columns: columns(500, (index) => Number(index === 300)), phones: [499], name: 498 });
    const [menu] = parts(preview(list), 'multi_static_select');
    const values = ((menu?.options ?? []) as { value: string }[]).map(({ value }) => Number(value));
    expect(values.length).toBeLessThanOrEqual(98);
    expect(values).toEqual(expect.arrayContaining([300, 498, 499]));
    expect(values).toEqual([...values].sort((a, b) => a - b));
  });

  test('an open question is asked, and there is nothing to import', () => {
    const open = sampleNumbers({ columns: columns(4, (index) => index % 2), phones: [], open: [1, 3], ready: [] });
    const view = preview(open);
    expect(wordsOf(view).join('\n')).toContain(en.imports.chooseColumns);
    expect(wordsOf(preview({ ...open, open: [1] })).join('\n')).toContain(en.imports.chooseColumn);
    expect(view.submit).toMatchObject({ text: 'Apply' });
  });

  test('the columns that have numbers and are not used are named', () => {
    const list = sampleNumbers({ columns: columns(3, () => 5), phones: [1] });
    expect(wordsOf(preview(list)).join('\n')).toContain('Other columns with numbers, not used: “t0” / “t2”');
  });
});
