import type { Catalogue } from '../en.ts';
import { grouped } from '../format.ts';

export const preflight: Catalogue['preflight'] = {
  heading: (name) => `确定启动 *${name}*？`,
  refused: (name) => `*${name}* 无法启动。`,
  left: '待拨号码',
  leftUnknown: '平台未提供',
  no_numbers: () => '任务还没有号码，无法启动。请先导入号码。',
  nothing_left: (total) => `${total} 个号码已全部拨打，没有待拨号码。请先导入新的号码。`,
  already_started: () => '这个任务已在运行，无需再次启动。',
  onAndDone: (total) => `任务已启动，${total} 个号码也已全部拨打。导入新的号码后会继续拨打。`,
  onWithoutNumbers: '任务已启动，但还没有号码。导入号码后即会拨打。',
  script_deleted: (script) => `话术${script}已在平台上删除。请改选其他话术。`,
  script_debug: (script) =>
    `话术${script}处于调试模式，全部内容由 TTS 合成播报。如非本意，请先在平台上关闭调试模式，或改选其他话术。`,
  line_gone: (line) => `线路${line}在平台上已不存在。请改选其他线路。`,
  line_expired: (line, day) => `线路${line}已${day === '' ? '' : `于 ${day} `}到期。请在平台上续期，或改选其他线路。`,
  line_full: (line, room) =>
    room === ''
      ? `线路${line}没有空闲并发，任务启动后暂时可能无法拨打。请改选其他线路，或稍后再启动。`
      : `线路${line}目前只剩 ${room}，少于任务的并发。请改选其他线路，或降低并发。`,
  rule_off: (rule) => `重呼规则${rule}未启用，未接通的号码可能不会重呼。请在平台上启用，或改选其他规则。`,
  many_numbers: (numbers) => `启动后将呼叫 ${numbers}。`,
  group_unusable: (group) => `客服组${group}已停用或没有转接线路，通话无法转人工。请在平台上处理，或改选其他客服组。`,
};

export const repair: Catalogue['repair'] = {
  choose: {
    line: '选择其他线路',
    script: '选择其他话术',
    redial_rule: '选择其他重呼规则',
    agent_group: '选择其他客服组',
  },
  noOther: {
    line: '目前没有其他线路有空闲并发。',
    script: '没有其他话术可选。',
    redial_rule: '没有其他重呼规则可选。',
    agent_group: '没有其他客服组可选。',
  },
  repaired: (changes) => `已保存：${changes}。尚未启动任何任务。`,
  alreadyRepaired: '任务已经这样修改过，没有重复提交。',
  moved: '在此期间有人修改了这个任务，因此没有保存。以下是任务目前的情况。',
  notSaved: '没有保存任何内容。',
  incomplete: '这一项须与你选择的内容一起修改，否则平台无法保存任务。',
};

export const estimate: Catalogue['estimate'] = {
  duration: '预计时长',
  about: (duration) => `拨打约需 ${duration}`,
  ownPace: (perMinute) => `按本任务此前的速度估算，每分钟 ${grouped(perMinute)} 个`,
  paceOfOthers: (perMinute, tasks) =>
    `按另外 ${grouped(tasks)} 个任务的速度和本任务的并发估算，每分钟 ${grouped(perMinute)} 个`,
};
