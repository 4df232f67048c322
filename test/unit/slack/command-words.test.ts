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
    ['STOP!', 'pause', ''],
    ['暂停！！', 'pause', ''],
    ['急停！', 'panic', ''],
    ['pause all!', 'pause', 'all'],
    ['pauseall', 'pause', 'all'],
    ['停止全部。', 'pause', '全部'],
    ['全部暂停', 'pause', '全部'],
    ['所有任务都停止！', 'pause', '全部'],
    ['pause Spring!', 'pause', 'Spring!'],
    ['pause *', 'pause', '*'],
    ['pause "all"', 'pause', '"all"'],
    ['stop all?', 'pause', 'all?'],
    ['stop calling', 'pause', 'calling'],
    ['stop all 3', 'pause', 'all 3'],
  ])('%j is %s with %j', (text, name, rest) => {
    expect(parseCommand(text)).toEqual({ name, rest });
  });

  test.each([
    [
      'pause',
      '',
      ['*STOP*', '`stop`', '_stop!_', '!stop', 'stop…', 'Stop, please!', 'please stop now', 'ＳＴＯＰ！', 'stop ‼️'],
    ],
    ['pause', '', ['停', '停！', '停止～', '暂停吧', '快停下来！', '请立即停止', '马上停一下']],
    [
      'pause',
      'all',
      ['stop all tasks', 'Stop all calls NOW!!!', 'please pause everything', 'all stop', 'stop ALL of them 🛑'],
    ],
    ['pause', 'all', ['pause every call', 'stop all running tasks', 'stop  everything right now, please.']],
    [
      'pause',
      '全部',
      ['全停', '全部停', '都停掉', '停止所有外呼', '暂停所有的任务', '把全部任务暂停', '暂停 全部 任务', '全部 暂停'],
    ],
    [
      'pause',
      '全部',
      ['停止一切呼叫！', '所有任务 停止', '马上把所有正在运行的任务都停掉！！', 'stop 全部', '暂停 all'],
    ],
    ['panic', '', ['panic!', 'Emergency stop!', '全部急停', '立即紧急停止', '急停全部任务！', 'PANIC now please']],
  ])('%s with %j, however it is said: %j', (name, rest, said) => {
    expect(said.map((text) => [text, parseCommand(text)])).toEqual(said.map((text) => [text, { name, rest }]));
  });

  test.each([
    "don't stop",
    'never stop',
    'do not pause all',
    'unstoppable',
    '不要停',
    '别全停',
    '停不停',
    '全停了',
    '任务都停了',
    'everything stopped',
    'all',
    '全部',
    '请',
  ])('%j stops nothing', (text) => {
    const parsed = parseCommand(text);
    expect('name' in parsed && ['pause', 'panic'].includes(parsed.name)).toBe(false);
  });

  test.each([
    ['strat 3', 'start'],
    ['puase', 'pause'],
    ['lst', 'list'],
    ['del 3', 'delete'],
    ['imp', 'import'],
    ['unwacth', 'unwatch'],
    ['hlep', 'help'],
  ])('%j is unknown, and suggests %s', (text, suggestion) => {
    expect(parseCommand(text)).toEqual({ unknown: text.split(' ')[0], suggestion });
  });

  test.each([
    ['暂停会员', 'pause', '会员', '暂停'],
    ['暂停3', 'pause', '3', '暂停'],
    ['开始1-3', 'start', '1-3', '开始'],
    ['启动：3、4', 'start', '3、4', '启动'],
    ['状态会员 春季', 'show', '会员 春季', '状态'],
    ['新建春季续费', 'new', '春季续费', '新建'],
    ['复制3', 'new', '--from 3', '复制'],
    ['导入记录3', 'imports', '3', '导入记录'],
    ['导入3', 'import', '3', '导入'],
    ['禁拨名单统计', 'dnc', '统计', '禁拨名单'],
    ['禁呼午休 12:00–13:30', 'quiet', '午休 12:00–13:30', '禁呼'],
  ])('%j is %s with %j, without a blank behind %s', (text, name, rest, glued) => {
    expect(parseCommand(text)).toEqual({ name, rest, glued });
  });

  test.each([
    ['开始 3', 'start'],
    ['状态 3', 'show'],
    ['进度', 'show'],
    ['status 3', 'show'],
  ])('%j is %s', (text, name) => {
    expect(parseCommand(text)).toMatchObject({ name });
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
