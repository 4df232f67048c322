import { describe, expect, test } from '@jest/globals';
import { readWish, type Wish } from '../../../../src/core/subscriptions/read-wish.ts';
import { growthOf, superlinear } from '../../../support/cpu-time.ts';

const minutes = (n: number): Wish => ({ kind: 'mute', forMs: n * 60_000 });
const unclear: Wish = { kind: 'mute_unclear' };

test.each<[string, Wish]>([
  ['', { kind: 'list' }],
  ['list', { kind: 'list' }],
  ['列表', { kind: 'list' }],
  ['Test', { kind: 'test' }],
  ['测试', { kind: 'test' }],
  ['settings', { kind: 'settings' }],
  ['设置', { kind: 'settings' }],
  ['all', { kind: 'all' }],
  ['ＡＬＬ', { kind: 'all' }],
  ['全部', { kind: 'all' }],
  ['所有任务', { kind: 'all' }],
  ['mine', { kind: 'mine' }],
  ['My  tasks', { kind: 'mine' }],
  ['我的', { kind: 'mine' }],
  ['line East 1', { kind: 'line', text: 'east 1', whole: 'line East 1' }],
  ['线路华东 1', { kind: 'line', text: '华东 1', whole: '线路华东 1' }],
  ['name Spring Renewal', { kind: 'name', text: 'Spring Renewal' }],
  ['named Spring', { kind: 'name', text: 'Spring' }],
  ['名称 春季', { kind: 'name', text: '春季' }],
  ['名称春季', { kind: 'name', text: '春季' }],
  ['3', { kind: 'task', ref: '3' }],
  ['Spring renewal', { kind: 'task', ref: 'Spring renewal' }],
  ['Allocation', { kind: 'task', ref: 'Allocation' }],
  ['Linen sale', { kind: 'task', ref: 'Linen sale' }],
  ['Nameless', { kind: 'task', ref: 'Nameless' }],
  ['Muted colors', { kind: 'task', ref: 'Muted colors' }],
  ['line', { kind: 'task', ref: 'line' }],
])('%s', (typed, wish) => {
  expect(readWish(typed)).toEqual(wish);
});

describe('a mute', () => {
  test.each<[string, Wish]>([
    ['mute 2h', minutes(120)],
    ['mute 2 hours', minutes(120)],
    ['mute for 2 hours', minutes(120)],
    ['mute 1h30m', minutes(90)],
    ['mute 1 h 30 min', minutes(90)],
    ['mute 1 hour and 30 minutes', minutes(90)],
    ['mute 1.5h', minutes(90)],
    ['mute half an hour', minutes(30)],
    ['mute an hour', minutes(60)],
    ['mute 90 min', minutes(90)],
    ['mute 1 day', minutes(1_440)],
    ['mute 1w', minutes(10_080)],
    ['静音 2小时', minutes(120)],
    ['静音2小时', minutes(120)],
    ['静音 2 个小时', minutes(120)],
    ['静音 半小时', minutes(30)],
    ['静音 30分钟', minutes(30)],
    ['静音 1小时30分', minutes(90)],
    ['静音 两天', minutes(2_880)],
    ['静音 ２小时', minutes(120)],
    ['mute off', { kind: 'mute', forMs: null }],
    ['mute 0', { kind: 'mute', forMs: null }],
    ['unmute', { kind: 'mute', forMs: null }],
    ['静音 关闭', { kind: 'mute', forMs: null }],
    ['取消静音', { kind: 'mute', forMs: null }],
    ['mute', unclear],
    ['静音', unclear],
    ['mute 2', unclear],
    ['mute soon', unclear],
    ['mute 2 moons', unclear],
    ['mute 2h soon', unclear],
    ['mute 0.1 min', unclear],
    ['mute 31 days', unclear],
    ['mute 99999 w', unclear],
    ['mute 1h1h1h1h1h', unclear],
  ])('%s', (typed, wish) => {
    expect(readWish(typed)).toEqual(wish);
  });
});

test.each(['mute ', '1h ', '线路', 'named ', 'half an ', '半', ' ', '1'])(
  'of %j again and again only the beginning is read',
  (part) => {
    for (const before of ['', 'mute ']) {
      expect(growthOf((size) => `${before}${part.repeat(size)}`, 64_000, readWish)).toBeLessThan(superlinear);
    }
  },
);
