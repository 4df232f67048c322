import type { Catalogue } from '../en.ts';
import { grouped } from '../format.ts';

export const card: Catalogue['card'] = {
  line: '线路',
  script: '话术',
  quietHours: '禁呼时段',
  concurrency: '并发',
  noNumbers: '暂无号码',
  noProgress: '平台未提供进度',
  quiet: (name) => `禁呼：${name}`,
  atOnce: (n) => `${grouped(n)} 路并发`,
  rate: (perMinute) => `${grouped(perMinute)} 个/分钟`,
  endsAt: (at) => `预计完成：${at}`,
  firstSeen: (dialed, at) => `${at} 起拨打 ${grouped(dialed)} 个`,
  updated: (at) => `${at} 更新`,
  stale: (since) => `${since} 起平台没有完整响应，内容可能已过时。`,
  gone: '这个任务在平台上已不存在，卡片不再更新。',
  unwatched: '此处已取消订阅',
  onBoard: '此任务现显示在本频道的看板上',
  summary: (name, state, progress) => (progress ? `${name}：${state}，${progress}` : `${name}：${state}`),
};

export const notices: Catalogue['notices'] = {
  finished: (name) => `*${name}* 已完成。`,
  dialed: (total) => `共拨打 ${grouped(total)} 个号码`,
  dialedSince: (dialed, total, at) => `${at} 起拨打 ${grouped(dialed)} / ${grouped(total)} 个号码`,
  finishedFigures: (dialed, duration, rate) =>
    [dialed, duration === null ? null : `用时 ${duration}`, rate === null ? null : `平均每分钟 ${grouped(rate)} 个`]
      .filter((part) => part !== null)
      .join('，'),
  reopened: (name) => `*${name}* 已恢复拨打：有新的待拨号码。`,
  started: (name) => `有人在平台上启动了 *${name}*。`,
  paused: (name) => `有人在平台上暂停了 *${name}*。`,
  changed: (name) => `有人在平台上修改了 *${name}*。`,
  gone: (name) => `有人在平台上删除了 *${name}*，卡片不再更新。`,
  not_finished: (name) => `*${name}* 尚未完成：部分号码将再次拨打。`,
  not_gone: (name) => `*${name}* 没有被删除：平台上又能查到。`,
  quarter: (name) => `*${name}* 已完成 25%。`,
  half: (name) => `*${name}* 已完成 50%。`,
  three_quarters: (name) => `*${name}* 已完成 75%。`,
  change: (label, before, after) => `${label}：${before} → *${after}*`,
  moreChanges: (n) => `另有 ${grouped(n)} 项`,
  acted: {
    created: (who, name) => `${who} 创建了 *${name}*。`,
    edited: (who, name) => `${who} 修改了 *${name}*。`,
    started: (who, name) => `${who} 启动了 *${name}*。`,
    paused: (who, name) => `${who} 暂停了 *${name}*。`,
    imported: (who, name, count) =>
      count === null ? `${who} 向 *${name}* 导入了号码。` : `${who} 向 *${name}* 导入了 ${grouped(count)} 个号码。`,
    deleted: (who, name) => `${who} 删除了 *${name}*，卡片不再更新。`,
  },
  live: '实时状态',
  corrected: (at) => `更正：${at} 的内容有误或已变化`,
  progress: (done, total) => `已拨打 ${grouped(done)} / ${grouped(total)} 个号码`,
  scheduled: (name) => `*${name}* 的定时有更新。`,
  brokenWatch: (name, channel) => `无法继续在 ${channel} 订阅 *${name}*。`,
  brokenBecause: {
    not_in_channel: '我不在这个频道中。请用 `/invite` 邀请我，然后重新订阅。',
    is_archived: '频道已归档。请取消归档，或在其他频道订阅。',
    channel_not_found: '频道已被删除，或者是我未加入的私有频道。请用 `/invite` 邀请我，或在其他频道订阅。',
    other: (code) => `Slack 不允许在该频道发消息（\`${code}\`）。请在其他频道订阅，或联系管理员。`,
  },
};

export const panel: Catalogue['panel'] = {
  heading: '外呼任务',
  count: (n, state) => `${state} ${grouped(n)}`,
  none: '还没有任务。点击“新建任务”开始。',
  before: '以下是上次读取平台时的情况。',
  attention: '需要关注',
  more: (n) => `另有 ${grouped(n)} 个`,
  hint: (help) => `输入 ${help} 查看全部用法。`,
};

export const watch: Catalogue['watch'] = {
  all: '全部任务',
  added: (name, channel) =>
    `已在 ${channel} 订阅 *${name}*：任务卡片（或看板上的那一行）会持续更新，任务完成或被他人改动时会另发消息。`,
  addedToBoard: (name, channel) =>
    `已在 ${channel} 订阅 *${name}*：任务会显示在那里的看板上，任务完成或被他人改动时会另发消息。`,
  already: (name, channel) => `${channel} 已经订阅了 *${name}*。`,
  removed: (name, channel) => `已在 ${channel} 退订 *${name}*。`,
  notWatched: (name, channel) => `${channel} 没有订阅 *${name}*，无需退订。`,
  broken: '⚠ 无法发送',
  chooseFor: (channel) => `将在 ${channel} 中持续更新这个任务的卡片。`,
};

export const pauseMany: Catalogue['pauseMany'] = {
  none: (what) => `没有正在运行的任务：${what}。`,
  noneKnown: (what) => `未暂停任何任务：${what}。目前未发现正在运行的任务，但可能仍有任务在运行。`,
  paused: (n) => `已暂停 ${grouped(n)} 个任务。已接通的通话会继续到结束。`,
  partly: (paused, failed) => `${grouped(failed)} 个任务可能仍在拨打，已暂停 ${grouped(paused)} 个。`,
  more: (n) => `另有 ${grouped(n)} 个`,
  schedules: (n) => `其中 ${grouped(n)} 个任务的定时已搁置，恢复定时之前不会有任何动作。`,
  incomplete: '期间无法读取任务列表，刚刚启动的任务可能不在其中，请再次暂停。',
};

export const answers: Catalogue['answers'] = {
  started: (name) => `*${name}* 已启动。`,
  startedLeft: (left) => `待拨打 ${left}。`,
  quietHours: (name) => `禁呼时段：${name}。`,
  paused: (name) => `*${name}* 已暂停，进行中的通话会正常结束。`,
  pick: '请选择任务',
  pickMore: (n) => `另有 ${grouped(n)} 个。请输入更完整的名称，或任务编号的开头。`,
  noSuchTask: (ref) => `没有找到任务${ref}。`,
  didYouMean: '你要找的是不是：',
  howToName: '指定任务时，可以用最近一次列表中的序号、任务编号的开头或名称的一部分。',
  unknownCommand: (word) => `没有${word}这个命令。`,
  suggestion: (command) => `你要用的是不是 ${command}？`,
  seeHelp: (command) => `输入 ${command} 查看全部命令。`,
  openForm: '表单没能及时打开，请点击按钮打开。',
  formByButton: '这需要填写表单，请点击按钮打开。',
  inPassing: '如果需要我这样做，请点击按钮。',
  help: '可用的命令',
  helpTopic: (example) => `输入 ${example} 可查看该命令的示例。`,
  noTopic: (topic) => `没有${topic}这个命令。可用的命令：`,
  alias: (words) => `也可以用：${words}`,
  examples: '示例',
};
