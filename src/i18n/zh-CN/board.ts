import type { Catalogue } from '../en.ts';
import { grouped } from '../format.ts';

export const board: Catalogue['board'] = {
  heading: (total) => `*外呼任务* · ${grouped(total)}`,
  summary: (overview) => `外呼任务：${overview}`,
  counts: {
    attention: (n) => `${grouped(n)} 个需处理`,
    dialing: (n) => `${grouped(n)} 个呼叫中`,
    waiting: (n) => `${grouped(n)} 个等待中`,
    paused: (n) => `${grouped(n)} 个已暂停`,
    finished: (n) => `${grouped(n)} 个已完成`,
    gone: (n) => `${grouped(n)} 个已删除`,
  },
  empty: '这里还没有任务。用“订阅”命令加入一个任务，或用“订阅 全部”加入所有任务。',
  closed: '本频道已改为卡片显示，每个任务一张卡片。',
  until: (at) => `预计 ${at} 完成`,
  resumes: (at) => `禁呼时段，恢复时间：${at}`,
  noCallsSince: (at) => `${at} 起没有拨打`,
  noNumbers: '暂无号码',
  left: (n) => `剩 ${grouped(n)}`,
  stillOn: '开关未关闭',
  mayRedial: '已全部拨打一遍，可能重呼',
  scriptDeleted: '话术已删除',
  lineExpired: '线路已到期',
  more: (n) => `另有 ${grouped(n)} 个任务未显示`,
  import: '导入',
  allTasks: '全部任务',
  open: '查看任务…',
};
