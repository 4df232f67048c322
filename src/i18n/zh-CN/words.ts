import type { Catalogue } from '../en.ts';
import { grouped, span } from '../format.ts';

export const titles: Catalogue['titles'] = {
  create: '新建外呼任务',
  edit: '修改任务',
  review: '核对改动',
  import: '导入号码',
  preview: '核对号码',
  progress: '正在导入',
  imported: '导入结果',
  delete: '删除任务',
  created: '任务已创建',
  saved: '任务已保存',
  deleted: '任务已删除',
  unknown: '结果待确认',
  problem: '操作出错',
  start: '启动任务',
  quiet_hours: '禁呼时段',
  line: '更换线路',
  concurrency: '降低并发',
  lines: '线路',
  move: '转移并发',
  do_not_call: '禁拨名单',
  notices: '通知设置',
  schedule: '定时',
  watch: '在此订阅任务',
  select: '选择任务',
};

export const buttons: Catalogue['buttons'] = {
  create: '创建',
  review: '核对改动',
  save: '保存',
  overwrite: '仍然覆盖',
  reload: '重新载入',
  delete: '删除',
  next: '下一步',
  importReady: (n) => `导入 ${grouped(n)} 个号码`,
  cancel: '取消',
  close: '关闭',
  back: '返回',
  done: '完成',
  retry: '重试',
  start: '启动',
  startAnyway: '仍然启动',
  startCalls: (n) => `启动，呼叫 ${grouped(n)} 个号码`,
  pause: '暂停',
  pauseAll: '全部暂停',
  import: '导入号码',
  importShort: '导入',
  anotherTask: '更换任务',
  edit: '修改',
  clone: '复制',
  deleteTask: '删除…',
  postHere: '发到频道',
  followAgain: '重新订阅',
  show: '查看',
  choose: '选择',
  newTask: '新建任务',
  tasks: '任务列表',
  lines: '线路',
  allTasks: '全部任务',
  previous: '上一页',
  nextPage: '下一页',
  all: '全部',
  watch: '订阅',
  help: '帮助',
  openForm: '打开表单',
  check: '立即核实',
  enterHours: '填写时间',
  chooseLine: '更换线路',
  lowerTo: (n) => `并发降为 ${grouped(n)}`,
  lowerConcurrency: '降低并发',
  move: '转移并发',
  addToList: '加入名单',
  settings: '设置',
};

export const states: Catalogue['states'] = {
  draft: '未启动',
  dialing: '呼叫中',
  waiting: '等待中',
  awaiting_redial: '待重呼',
  paused: '已暂停',
  finished: '已完成',
  gone: '已删除',
};

export const evidence: Catalogue['evidence'] = {
  never_started: '从未启动',
  no_numbers: '暂无号码',
  moved: (at) => `最近拨打 ${at}`,
  just_started: (at) => `${at} 启动`,
  on_since: (at) => `已启动，${at} 起尚未拨打`,
  not_moved: (since) => `${since} 起没有拨打`,
  stalled: (since) => `${since} 起没有拨打，且不在禁呼时段，请检查线路`,
  quiet_hours: (until) => `禁呼时段，恢复时间：${until}`,
  may_redial: (rule, numbers, endsAt) =>
    `号码已全部拨打一遍，*${rule}* 最多可能重呼 ${grouped(numbers)} 个。如不再重呼，完成时间：${endsAt}`,
  switched_off: '平台显示为关闭',
  all_dialed: '号码已全部拨打',
  unsure_redial: (rule) => `号码已全部拨打，平台未说明 *${rule}* 是否会重呼`,
  absent: (at) => `${at} 起在平台上查不到`,
  no_progress_source: '已启动，平台未提供进度',
};

export const actions: Catalogue['actions'] = {
  created: (person, at) => `${at} ${person} 创建`,
  edited: (person, at) => `${at} ${person} 修改`,
  started: (person, at) => `${at} ${person} 启动`,
  paused: (person, at) => `${at} ${person} 暂停`,
  imported: (person, at, count) => `${at} ${person} 导入${count === null ? '号码' : ` ${grouped(count)} 个号码`}`,
  deleted: (person, at) => `${at} ${person} 删除`,
};

export const dates: Catalogue['dates'] = {
  time: '{time}',
  moment: '{date_short_pretty} {time}',
  day: '{date_num}',
};

export const units: Catalogue['units'] = {
  number: (n) => grouped(n),
  percent: (n) => `${n}%`,
  approximately: (text) => `≈ ${text}`,
  of: (done, total) => `${grouped(done)} / ${grouped(total)}`,
  seconds: (n) => `${grouped(n)} 秒`,
  calls: (n) => `${grouped(n)} 路`,
  numbers: (n) => `${grouped(n)} 个号码`,
  duration: (ms) => {
    const { hours, minutes, seconds } = span(ms);
    if (hours > 0) return minutes > 0 ? `${hours} 小时 ${minutes} 分钟` : `${hours} 小时`;
    return minutes > 0 ? `${minutes} 分钟` : `${seconds} 秒`;
  },
  quote: (text) => `“${text}”`,
  none: '无',
  thisConversation: '当前会话',
  someone: '有人',
  separator: ' · ',
  labeled: (label, value) => `${label}：${value}`,
  sentences: (items) => items.join(''),
};

export const aria: Catalogue['aria'] = {
  start: (name) => `启动 ${name}`,
  pause: (name) => `暂停 ${name}`,
  import: (name) => `导入号码：${name}`,
  clone: (name) => `复制 ${name}`,
  show: (name) => `查看 ${name}`,
  choose: (name) => `选择 ${name}`,
  move: (line) => `转移并发：${line}`,
  tasksOf: (line) => `查看任务：${line}`,
  followAgain: (name) => `重新订阅 ${name}`,
  enterHours: (name) => `填写 ${name} 的时间`,
};
