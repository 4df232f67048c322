import type { Catalogue } from '../en.ts';
import { grouped } from '../format.ts';

export const lines: Catalogue['lines'] = {
  heading: (total) => `*线路* · ${grouped(total)}`,
  found: (search, total) => `*线路* · ${search} · ${grouped(total)}`,
  summary: (total) => `${grouped(total)} 条线路`,
  none: '外呼平台没有列出线路，也没有任务使用线路。',
  noMatch: '没有这个名称的线路。',
  free: (free, total) =>
    total === null ? `空闲并发 ${grouped(free)}` : `空闲并发 ${grouped(free)} / ${grouped(total)}`,
  freeUnknown: (total) => (total === null ? '空闲并发未知' : `总并发 ${grouped(total)}，空闲并发未知`),
  used: (used) => `已用 ${grouped(used)}`,
  usedUnknown: '已用并发未知',
  gone: '平台不再提供',
  expired: (day) => `已于 ${day} 到期`,
  expiring: (day) => `即将到期：${day}`,
  expires: (day) => `到期日 ${day}`,
  full: '已满',
  oversubscribed: (claimed, total) => `已启动的任务并发合计 ${grouped(claimed)}，超过线路的总并发 ${grouped(total)}。`,
  holder: (name, calls, state) => `${name} ${grouped(calls)}（${state}）`,
  noTasks: '没有任务使用这条线路。',
  moreTasks: (n) => `另有 ${grouped(n)} 个任务`,
  footer: (page, pages) => `第 ${grouped(page)} 页，共 ${grouped(pages)} 页`,
  asOf: (tasks, metadata) => `任务数据时间：${tasks}，空闲并发时间：${metadata}`,
  metadataUnknown: (tasks) => `任务数据时间：${tasks}。暂时读取不到线路信息，空闲并发未知。`,
  tasksOf: '查看任务',
  refresh: '刷新',
  back: '全部线路',

  move: {
    intro: (line) => `线路 *${line}*。先降低前一个任务的并发并核对，确认后才提高后一个任务。`,
    from: '从',
    fromHint: '让出并发的任务，至少保留 1。',
    to: '到',
    count: '转移数量',
    choose: '选择任务',
    nothing: (line) => `*${line}* 上没有可转移的并发：需要有两个任务，且其中一个的并发大于 1。`,
    sameTask: '请选择另一个任务，不能与让出并发的任务相同。',
    notOnLine: '这个任务已不在该线路上，请重新选择。',
    tooMany: (max) => `最多 ${grouped(max)}：该任务至少保留 1。`,
    lowered: (name, before, after) =>
      `*${name}* 的并发已从 ${grouped(before)} 降到 ${grouped(after)}，并已与平台核对一致。`,
    raising: (name, before, after) => `正在把 *${name}* 的并发从 ${grouped(before)} 提高到 ${grouped(after)}…`,
    raised: (name, before, after) =>
      `*${name}* 的并发已从 ${grouped(before)} 提高到 ${grouped(after)}，并已与平台核对一致。`,
    notRaised: (name, before) => `*${name}* *没有*提高，并发仍为 ${grouped(before)}。`,
    notLowered: '没有做任何改动。',
    loweredUnknown: (name, before, after) =>
      `暂时无法确认 *${name}* 的并发是否已从 ${grouped(before)} 降到 ${grouped(after)}。另一个任务没有改动。`,
    raisedUnknown: (name, before, after) =>
      `暂时无法确认 *${name}* 的并发是否已从 ${grouped(before)} 提高到 ${grouped(after)}。`,
    changed: (name, now) => `*${name}* 期间被修改过：现在并发为 ${grouped(now)}，或已更换线路。`,
    invalid: (name, field, issue) => `*${name}* 目前无法保存：${field}：${issue}`,
    noRoom: (max) => `线路容量不足，现在最多 ${grouped(max)}。空出的并发可能已被占用，或平台尚未释放。`,
    busy: (name) => `*${name}* 的另一项操作尚未完成。`,
    editTask: (name) => `修改 ${name}`,
    again: '重新转移',
  },
};
