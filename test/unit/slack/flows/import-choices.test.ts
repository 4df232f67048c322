import { describe, expect, test } from '@jest/globals';
import type { ViewOutput } from '@slack/bolt';
import type { ImportChoices } from '../../../../src/core/model/import-choices.ts';
import { en } from '../../../../src/i18n/en.ts';
import { changedPreview, choicesIn } from '../../../../src/slack/flows/import-choices.ts';
import { importPreviewView } from '../../../../src/slack/views/imports.ts';
import { sampleHistory, sampleNumbers, sampleTask } from '../../../support/samples.ts';

describe('what a submitted preview asks for', () => {
  const list = sampleNumbers({ severalRows: 1 });
  const data = {
    channel: 'C1',
    taskId: 't1',
    runId: 'run-1',
    fileId: 'F1',
    fileShown: true,
    choices: choicesIn(list, undefined),
  };
  const submitted = (values: { phones?: string[]; name?: string; several?: string; text?: string }, text = '') => {
    const select = (value: string | undefined) => ({ selected_option: value === undefined ? null : { value } });
    return {
      blocks: importPreviewView(
        {
          task: sampleTask(),
          list,
          history: sampleHistory(),
          recentDays: 30,
          batchSize: 100,
          further: null,
          text,
          choices: undefined,
          privateMetadata: '',
        },
        en,
      ).blocks,
      state: {
        values: {
          phone_columns: { phone_columns: { selected_options: (values.phones ?? ['1']).map((value) => ({ value })) } },
          name_column: { name_column: select(values.name ?? 'detected') },
          several_numbers: { several_numbers: select(values.several ?? 'all') },
          ...(text !== '' && { numbers: { numbers: { value: values.text ?? text } } }),
        },
      },
    } as unknown as ViewOutput;
  };

  test('nothing, as it was shown', () => {
    expect(changedPreview(submitted({}), data)).toBeNull();
    expect(changedPreview(submitted({}, '138 0013 8000'), { ...data, fileId: undefined })).toBeNull();
  });

  test.each<[string, Parameters<typeof submitted>[0], Partial<ImportChoices>]>([
    ['another column', { phones: ['0'] }, { phones: [0], several: 'all' }],
    ['one more column', { phones: ['1', '0'] }, { phones: [1, 0], several: 'all' }],
    ['no name', { name: 'none' }, { phones: [1], name: null, several: 'all' }],
    ['another name', { name: '1' }, { phones: [1], name: 1, several: 'all' }],
    ['the first number', { several: 'first' }, { phones: [1], several: 'first' }],
  ])('%s', (_, values, choices) => {
    expect(changedPreview(submitted(values), data)).toEqual({
      taskId: 't1',
      text: '',
      file: { id: 'F1', shown: true },
      choices,
    });
  });

  test('another sheet or encoding, of which the columns are not known yet', () => {
    const workbook = {
      sheets: [0, 1].map((index) => ({ index, name: `S${index}`, hidden: false })),
      sheet: 0,
      hiddenRows: 0,
      uncalculated: 0,
    };
    const sheets = { ...data, choices: choicesIn({ ...list, encoding: null, workbook }, undefined) };
    const menu = (name: string, value: string) => {
      const view = submitted({ phones: ['0'], name: '1' });
      Object.assign(view.state.values, { [name]: { [name]: { selected_option: { value } } } });
      return view;
    };
    expect(changedPreview(menu('sheet', '1'), sheets)?.choices).toEqual({ sheet: 1, several: 'all' });
    expect(changedPreview(menu('sheet', '0'), sheets)?.choices).toEqual({
      sheet: 0,
      phones: [0],
      name: 1,
      several: 'all',
    });
    const doubtful = { ...data, choices: choicesIn({ ...list, encoding: 'big5', encodingDoubtful: true }, undefined) };
    expect(changedPreview(menu('encoding', 'gb18030'), doubtful)?.choices).toEqual({
      encoding: 'gb18030',
      several: 'all',
    });
    expect(changedPreview(menu('encoding', 'nonsense'), doubtful)?.choices).toMatchObject({
      encoding: 'big5',
      phones: [0],
    });
  });

  test('the pasted text, when it was corrected', () => {
    const changed = changedPreview(submitted({ text: '139 0013 9000' }, '138 0013 8000'), {
      ...data,
      fileId: undefined,
    });
    expect(changed).toMatchObject({ text: '139 0013 9000', file: null });
  });

  test('the whole list, when nothing was ready', () => {
    expect(changedPreview(submitted({}), { ...data, runId: undefined })).toMatchObject({ file: { id: 'F1' } });
  });

  test('nothing, for what is no choice', () => {
    expect(changedPreview(submitted({ several: 'x' }), data)).toBeNull();
    expect(changedPreview(submitted({ phones: ['-1'] }), data)).toBeNull();
  });
});
