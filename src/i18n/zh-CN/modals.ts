import type { Catalogue } from '../en.ts';
import { grouped } from '../format.ts';

export const waiting: Catalogue['waiting'] = {
  form: '正在从外呼平台读取线路和话术…',
  edit: '正在从外呼平台读取任务…',
  import: '正在从外呼平台读取任务列表…',
  creating: '正在创建任务…',
  saving: '正在保存改动…',
  deleting: '正在删除任务…',
  reading_numbers: '正在读取号码…',
  sending_numbers: '正在向外呼平台导入号码…',
  pausing_import: '正在暂停任务，随后导入号码…',
  checking: '正在向外呼平台核实结果…',
  starting: '正在启动任务…',
  pausing: '正在暂停任务…',
  quiet_hours: '正在读取禁呼时段…',
  saving_hours: '正在保存禁呼时段…',
  notices: '正在读取设置…',
  saving_notices: '正在保存设置…',
  watch: '正在从外呼平台读取任务列表…',
  watching: '正在订阅…',
  lines: '正在读取线路及其任务…',
  moving: '正在降低第一个任务的并发…',
  schedule: '正在读取定时…',
  checking_schedule: '正在检查定时…',
  saving_schedule: '正在保存定时…',
  selecting: '正在从外呼平台读取任务…',
  pausing_selected: '正在暂停所选任务…',
  keepOpen: '可以关闭此窗口，操作会在后台继续。',
  moment: '请稍候。',
};

export const problem: Catalogue['problem'] = {
  reference: (id) => `参考编号 ${id}`,
};

export const results: Catalogue['results'] = {
  created: (name) => `*${name}* 已创建，当前为暂停状态，还没有号码。`,
  createdBefore: (name) => `*${name}* 已由之前的提交创建，没有重复创建。`,
  next: '接下来请导入号码，然后启动。',
  cardIn: (channel) => `它显示在 ${channel}，会随任务进展更新。`,
  saved: (name) => `*${name}* 的改动已保存，并已与平台核对一致。`,
  deleted: (name) => `*${name}* 已删除，相关卡片不再更新。`,
};

export const unknown: Catalogue['unknown'] = {
  create: '暂时无法确认任务是否已创建。',
  save: '暂时无法确认改动是否已保存。',
  delete: '暂时无法确认任务是否已删除。',
  start: '暂时无法确认任务是否已启动。',
  pause: '暂时无法确认任务是否已暂停，可能仍在拨打。',
  notCreated: '任务未创建成功：外呼平台的任务列表中没有它。已填写的内容仍在，如有需要请重新提交。',
  notSaved: (name) => `*${name}* 的改动未保存：外呼平台上的内容与此不同。已填写的内容仍在，请核对后重新保存。`,
  notDeleted: (name) => `*${name}* 未删除：外呼平台上仍有这个任务。`,
  notStarted: (name) => `*${name}* 未启动：外呼平台显示它处于暂停状态。`,
  notPaused: (name) => `*${name}* 未暂停：外呼平台显示它仍在运行，请再次暂停。`,
  nothingResent: '结果确认之前不会重复提交。“立即核实”只查询平台，不做任何改动。',
};

export const difference: Catalogue['difference'] = {
  intro: (name) => `*${name}* 的改动：`,
  nothing: (name) => `*${name}* 没有任何改动。`,
  change: (label, before, after) => `*${label}*\n${before} → *${after}*`,
  movedMeanwhile:
    '在你打开表单之后，有人修改了这个任务。“仍然覆盖”会用你的内容替换对方的改动；“重新载入”会显示任务的最新内容。',
  running: '任务正在运行，改动只对尚未开始的呼叫生效。',
  reloadTitle: '重新载入任务？',
  reloadText: '你在此填写的内容将会丢失。',
};

export const deletion: Catalogue['deletion'] = {
  question: '任务及其全部数据将从外呼平台上删除，且无法恢复。',
  numbers: (left, total) =>
    `共 ${grouped(total)} 个号码，${left === 0 ? '已全部拨打' : `还有 ${grouped(left)} 个未拨打`}。`,
  confirmLabel: '请输入任务名称以确认删除',
  confirmPart: '请输入上方这一行以确认删除',
  running: (name) => `*${name}* 正在运行，运行中的任务不能删除。请先暂停任务。`,
  mismatch: '与任务名称不一致，请按上方显示的名称完整输入。',
};
