import { describe, expect, test } from '@jest/globals';
import { taskStates } from '../../../../src/core/model/reading.ts';
import { cardFilters } from '../../../../src/core/tasks/filter.ts';
import type { ListRequest } from '../../../../src/core/tasks/finder.ts';
import { en } from '../../../../src/i18n/en.ts';
import { zhCN } from '../../../../src/i18n/zh-CN.ts';
import { readListWords } from '../../../../src/slack/commands/list-words.ts';

const names = ['spring done', '暂停服务通知', 'Running shoes', '我的世界'];
const read = (typed: string): [ListRequest['filter'], boolean, string] => {
  const { filter, mine, text } = readListWords(typed, (wanted) => names.some((name) => name.includes(wanted)));
  return [filter, mine, text];
};

test.each<[string, ReturnType<typeof read>]>([
  ['', [null, false, '']],
  ['all', [null, false, '']],
  ['全部', [null, false, '']],
  ['running', ['running', false, '']],
  ['RUNNING shoes', ['running', false, 'shoes']],
  ['运行中', ['running', false, '']],
  ['暂停', ['paused', false, '']],
  ['停滞', ['stalled', false, '']],
  ['stalled', ['stalled', false, '']],
  ['已完成', ['done', false, '']],
  ['呼叫中 春季', ['dialing', false, '春季']],
  ['春季 呼叫中', ['dialing', false, '春季']],
  ['awaiting redial spring', ['redial', false, 'spring']],
  ['mine', [null, true, '']],
  ['我的', [null, true, '']],
  ['我的 暂停 春季', ['paused', true, '春季']],
  ['暂停 我的', ['paused', true, '']],
  ['spring mine paused', ['paused', true, 'spring']],
  ['我的运行中的任务', ['running', true, '']],
  ['运行中春季', ['running', false, '春季']],
  // A second state is a text, and so is one that is quoted or part of a name.
  ['paused done', ['paused', false, 'done']],
  ['"running"', [null, false, 'running']],
  ['“暂停”', [null, false, '暂停']],
  ['spring done', [null, false, 'spring done']],
  ['autumn done', ['done', false, 'autumn']],
  ['暂停服务通知', [null, false, '暂停服务通知']],
  ['暂停服务', [null, false, '暂停服务']],
  ['我的世界', [null, false, '我的世界']],
  ['春季续费', [null, false, '春季续费']],
])('%s', (typed, expected) => {
  expect(read(typed)).toEqual(expected);
});

describe.each(Object.entries({ en, 'zh-CN': zhCN }))('what the words of %s', (_, t) => {
  test('call a filter is understood as it', () => {
    for (const filter of cardFilters) expect(read(t.list.filters[filter])[0]).toBe(filter);
    expect(read(t.list.mine)[1]).toBe(true);
  });

  test('call a state finds its tasks', () => {
    for (const state of taskStates) {
      if (state !== 'gone') expect(read(t.states[state])).toEqual([expect.any(String), false, '']);
    }
  });

  test('show as arguments is understood, but for the text', () => {
    const shown = t.commands.list.args.split(/[[\]| ]+/).filter(Boolean);
    const texts = shown.map((word) => readListWords(word, () => false).text);
    expect(texts.filter(Boolean)).toEqual(shown.slice(-1));
  });
});
