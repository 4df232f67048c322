import { describe, expect, test } from '@jest/globals';
import { en } from '../../../src/i18n/en.ts';
import { zhCN } from '../../../src/i18n/zh-CN.ts';
import { commandNames, commands, findCommand, parseCommand } from '../../../src/slack/command-words.ts';

describe('parseCommand', () => {
  test.each([
    ['', 'panel', ''],
    ['   ', 'panel', ''],
    ['面板', 'panel', ''],
    ['new', 'new', ''],
    ['NEW  Spring renewal ', 'new', 'Spring renewal'],
    ['新建 春季续费', 'new', '春季续费'],
    ['新建\u3000春季续费', 'new', '春季续费'],
    ['start 1 2 3', 'start', '1 2 3'],
    ['stop 1', 'pause', '1'],
    ['停止 1', 'pause', '1'],
    ['watch 3 to #campaigns', 'watch', '3 to #campaigns'],
    ['new two\nlines', 'new', 'two\nlines'],
  ])('%j is %s with %j', (text, name, rest) => {
    expect(parseCommand(text)).toEqual({ name, rest });
  });

  test.each([
    ['strat 3', 'start'],
    ['puase', 'pause'],
    ['lst', 'list'],
    ['del 3', 'delete'],
    ['imp', 'import'],
    ['unwacth', 'unwatch'],
    ['hlep', 'help'],
    ['新建春季续费', 'new'],
    ['暂停任务', 'pause'],
  ])('%j is unknown, and suggests %s', (text, suggestion) => {
    expect(parseCommand(text)).toEqual({ unknown: text.split(' ')[0], suggestion });
  });

  test.each(['xyzzy', '天气', 's', '<!channel>', 'pause3000000'])('%j suggests nothing', (text) => {
    expect(parseCommand(text)).toEqual({ unknown: text, suggestion: null });
  });
});

describe('commands', () => {
  test('every command is there once, in the order of the help', () => {
    expect(commands.map(({ name }) => name)).toEqual([...commandNames]);
  });

  test('no word means two commands', () => {
    const words = commands.flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(new Set(words).size).toBe(words.length);
  });

  test.each(commandNames)('%s: the words of both catalogues and all examples lead to it', (name) => {
    for (const t of [en, zhCN]) {
      expect(findCommand(t.commands[name].word)).toBe(name);
      for (const example of t.commands[name].examples) expect(parseCommand(example)).toMatchObject({ name });
    }
  });
});
