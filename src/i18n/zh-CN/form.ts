import type { Catalogue } from '../en.ts';
import { grouped } from '../format.ts';

export const fields: Catalogue['fields'] = {
  name: { label: '名称', hint: '', placeholder: '例如：春季续费提醒' },
  script: { label: '话术', hint: '', placeholder: '选择话术' },
  line: { label: '线路', hint: '', placeholder: '选择线路' },
  concurrency: { label: '并发', hint: '最多同时拨打的路数。', placeholder: '' },
  pause_seconds: {
    label: '呼叫间隔',
    hint: '单位：秒。留空则自动设置：并发为 1 时 10 秒，否则 0 秒。',
    placeholder: '自动',
  },
  ring_timeout: { label: '拨号超时', hint: '单位：秒。振铃超过此时长即挂断。', placeholder: '' },
  quiet_hours: { label: '禁呼时段', hint: '在此时段内不会拨打。', placeholder: '选择禁呼时段' },
  redial_rule: { label: '重呼规则', hint: '未接通的号码按此规则重呼。', placeholder: '选择重呼规则' },
  agent_group: { label: '客服组', hint: '通话转人工时由该组客服接听。', placeholder: '选择客服组' },
  remark: { label: '备注', hint: '', placeholder: '这个任务的用途' },
};

export const form: Catalogue['form'] = {
  concurrencyOnLine: (max) => `最多同时拨打的路数，该线路上限 ${grouped(max)} 路。`,
  noChoice: { agent_group: '不使用客服组' },
  nothingToChoose: {
    script: '没有可用的话术。',
    line: '没有可用的线路。',
    quiet_hours: '没有可用的禁呼时段。',
    redial_rule: '没有可用的重呼规则。',
    agent_group: '没有可用的客服组（可不设置）。',
  },
  howToFix: {
    script: '请先在外呼平台上新建话术，再重新打开表单。',
    line: '请暂停其他任务以释放并发，或在外呼平台上添加线路，再重新打开表单。',
    quiet_hours: '请先在外呼平台上新建禁呼时段，再重新打开表单。',
    redial_rule: '请先在外呼平台上启用重呼规则，再重新打开表单。',
    agent_group: '如需使用，请在外呼平台上启用客服组，并为其配置转接线路。',
  },
  lastGone: {
    line_no_free_concurrency: (name) => `上次选择的 ${name} 现在没有空闲并发。`,
    script_deleted: (name) => `上次选择的 ${name} 已删除。`,
    rule_off: (name) => `上次选择的 ${name} 未启用。`,
    group_disabled: (name) => `上次选择的 ${name} 已停用。`,
    group_without_line: (name) => `上次选择的 ${name} 没有转接线路。`,
    missing: (name) => `上次选择的 ${name} 在外呼平台上已不存在。`,
  },
  lastNotFilled: (value, why) => `没有沿用上次的 ${value}：${why}`,
  kept: (name, at) => `你有一份未提交的草稿：${name}，${at}`,
  keptEdit: (at) => `你有未保存的改动：${at}。`,
  changedSince: '此后有人修改过这个任务。下一步会显示你的内容将替换什么，在此之前不会保存。',
  moreKept: (n) => `另有 ${grouped(n)} 份较早的草稿，见应用主页。`,
  unnamed: '（未命名）',
  takeUp: '继续填写草稿',
  startAfresh: '放弃草稿',
  keptGone: '这份草稿已不存在：可能已提交、已在别处继续填写，或已超过 14 天。',
  numbers: '号码（可选）',
  numbersLead: '填写号码后，下一步会显示识别结果；再点一次即可创建任务、导入号码并启动。',
  numbersNotKept: '离开表单后，已选择和填写的内容会作为草稿保留 14 天，但不保留粘贴的号码。',
  fileKept: (name) => `已保留文件 *${name}*。如需更换，请粘贴号码或重新上传文件。`,
  cannotCreate: '暂时无法新建任务：',
  cannotEdit: '暂时无法修改这个任务：',
};

export const choices: Catalogue['choices'] = {
  lineFree: (free, total) => `空闲 ${grouped(free)} / ${grouped(total)}`,
  lineFreeOnly: (free) => `空闲 ${grouped(free)}`,
  lineMax: (max) => `本任务最多 ${grouped(max)} 路`,
  scriptDebug: '⚠ TTS 调试',
  scriptDeleted: '⚠ 已删除',
  lineExpired: '⚠ 已到期',
  lineExpires: (day) => `⚠ ${day} 到期`,
  hidden: {
    line_no_free_concurrency: (n) => `${grouped(n)} 条线路未列出：空闲并发不足`,
    script_deleted: (n) => `${grouped(n)} 个话术未列出：已删除`,
    rule_off: (n) => `${grouped(n)} 条重呼规则未列出：未启用`,
    group_disabled: (n) => `${grouped(n)} 个客服组未列出：已停用`,
    group_without_line: (n) => `${grouped(n)} 个客服组未列出：没有转接线路`,
  },
};
