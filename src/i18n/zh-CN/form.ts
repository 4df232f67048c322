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
