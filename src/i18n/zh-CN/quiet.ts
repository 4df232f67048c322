import type { Catalogue } from '../en.ts';
import { grouped } from '../format.ts';

export const quiet: Catalogue['quiet'] = {
  heading: '禁呼时段',
  intro:
    '外呼平台只提供禁呼时段的名称，不提供具体时间。请按平台后台的设置，为每个禁呼时段填写一次。之后任务卡片会显示恢复时间，并指出在其他时间停滞的任务。',
  zone: (zone) => `时间均为平台所在时区（${zone}）。`,
  hours: {
    days: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
    daily: '每天',
    dayRange: (first, last) => `${first}至${last}`,
    dayList: (items) => items.join('、'),
    fromUntil: (from, until) => `${from}–${until}`,
    periodList: (items) => items.join('、'),
    lineList: (items) => items.join('；'),
    ofDays: (days, periods) => `${days} ${periods}`,
  },
  noneWord: '无',
  unknown: '尚未填写',
  none: '无禁呼时段，全天可呼',
  used: (tasks) => `${grouped(tasks)} 个任务在用`,
  entered: (person, at) => `填写人：${person}，${at}`,
  empty: '外呼平台上没有禁呼时段，请先在平台后台新建。',
  which: '是哪个禁呼时段？',
  more: (n) => `还有 ${grouped(n)} 个，输入名称或名称的一部分即可查看。`,
  noSuchGroup: (ref) => `没有与${ref}匹配的禁呼时段。`,
  hint: (command) => `可用按钮填写，也可直接输入名称和时间，例如 ${command}。`,
  label: '不拨打的时间',
  placeholder: '12:00–13:30、21:00–08:30',
  formHint:
    '可指定星期：周一至周五 21:00–08:30；周六、周日 00:00–24:00。全天可呼请填“无”，填“未知”则清除已填写的时间。',
  saved: (name, hours) => `*${name}*：${hours}。`,
  applies: '任务卡片会在一分钟内更新。',
  issue: (name, what) => `*${name}* 未作修改。${what}`,
  issues: {
    empty: () => '请至少填写一个时间段，例如 21:00–08:30。',
    too_long: () => '内容过长，最多 1,000 个字符。',
    too_many: () => '时间段过多，最多 21 个。',
    whole_week: () => '这样一周内没有任何时间可以拨打。',
    not_understood: (part) => `无法识别${part}。请按 21:00–08:30 的格式填写，如非每天，请在前面写明星期。`,
    not_a_time: (part) => `${part}中的时间不存在，请填写 00:00 至 24:00 之间的时间。`,
    no_length: (part) => `${part}的开始和结束时间相同。全天禁呼请填 00:00–24:00，全天可呼请填“无”。`,
    over_a_day: (part) => `${part}超过一天。`,
    days_alone: (part) => `${part}后面缺少时间，例如 00:00–24:00。`,
  },
};
