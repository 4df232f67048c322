import type { Catalogue } from '../en.ts';
import { grouped } from '../format.ts';

export const alerts: Catalogue['alerts'] = {
  stalled: (name, since) => `*${name}* 处于启动状态，但 ${since} 起没有拨打，且不在禁呼时段。`,
  slowed: (name, now, own) => `*${name}* 变慢：每分钟 ${grouped(now)} 个，此前为 ${grouped(own)} 个。`,
  line_full: (name, line, holders) => `*${name}* 在线路 *${line}* 上没有可用并发。${holders}`,
  line_dead: (name, line, since) => `*${name}* ${since} 起没有拨打：线路 *${line}* 上没有任何呼叫。`,
  line_gone: (name, line) => `平台已不再提供 *${name}* 的线路 *${line}*。`,
  line_expired: (name, line, day) => `*${name}* 的线路 *${line}* 已到期，到期日：${day}。`,
  line_expiring: (name, line, day) => `*${name}* 的线路 *${line}* 即将到期，到期日：${day}。`,
  script_deleted: (name, script) => `*${name}* 处于启动状态，但它的话术 *${script}* 已在平台上删除。`,
  script_debug: (name, script) => `*${name}* 正在使用调试状态的话术 *${script}* 外呼：每句话都由合成语音（TTS）播报。`,
  rule_off: (name, rule) => `*${name}* 的重呼规则 *${rule}* 已停用，未接通的号码可能不会再呼叫。`,
  group_unusable: (name, group) => `*${name}* 的客服组 *${group}* 已停用或没有转接线路，无法转接通话。`,
  left_on: (name, at) => `*${name}* 已完成但仍处于启动状态，完成时间：${at}。此时导入号码会立即呼出。`,
  outside_hours: (name, since) => `*${name}* 仍处于启动状态，但 ${since} 起已不在允许外呼的时段。`,
  platform_down: (since) => `${since} 起外呼平台没有完整响应。已启动的任务可能仍在拨打。`,
  heldBy: (holders) => `占用线路的任务：${holders.join('、')}。`,
  holder: (name, calls) => `“${name}”（${grouped(calls)} 路）`,
  holderOutside: (calls) => `不属于本账号的任务（${grouped(calls)} 路呼叫）`,
  heldOutside: '占用线路的呼叫不属于本账号的任务。',
  atPace: (now, own) => `目前每分钟 ${grouped(now)} 个，此前为 ${grouped(own)} 个。`,

  back: {
    stalled: (name) => `*${name}* 已恢复拨打。`,
    slowed: (name) => `*${name}* 已恢复原来的速度。`,
    line_full: (name) => `*${name}* 的线路已有可用并发。`,
    line_dead: (name) => `*${name}* 已恢复拨打。`,
    line_gone: (name) => `平台重新提供 *${name}* 的线路。`,
    line_expired: (name) => `*${name}* 的线路已续期。`,
    line_expiring: (name) => `*${name}* 的线路已续期。`,
    script_deleted: (name) => `*${name}* 的话术已恢复。`,
    script_debug: (name) => `*${name}* 的话术已退出调试状态。`,
    rule_off: (name) => `*${name}* 的重呼规则已重新启用。`,
    group_unusable: (name) => `*${name}* 的客服组已恢复可用。`,
    left_on: (name) => `*${name}* 又有待拨号码。`,
    outside_hours: (name) => `*${name}* 已可以继续外呼。`,
    platform_down: () => '外呼平台已恢复响应。',
  },
  ended: {
    paused: (name) => `*${name}* 已暂停。`,
    pausedBy: (name, person) => `*${name}* 已由 ${person} 暂停。`,
    finished: (name) => `*${name}* 已完成。`,
    changed: (name) => `*${name}* 已修改。`,
    changedBy: (name, person) => `*${name}* 已由 ${person} 修改。`,
    deleted: (name) => `*${name}* 已删除。`,
    quiet: (name) => `*${name}* 已进入禁呼时段。`,
    wrong: (name) => `更正：*${name}* 处于禁呼时段，并无异常。`,
  },
  because: {
    platform_unauthorized: '平台不接受令牌，请管理员更换（`DIALER_TOKEN`）。',
    platform_forbidden: '平台不允许这个令牌读取任务，请联系平台。',
    platform_rate_limited: '平台限制了请求频率。',
    platform_server_error: '平台内部出错。',
    platform_timeout: '平台没有及时响应。',
    platform_unreachable: '无法连接平台。',
    other: '平台的响应无法读取，或者不完整。',
  },
  over: '已解除',
  lasted: (duration) => `持续 ${duration}`,
  several: (total, open) => {
    if (open === total) return `*${grouped(total)} 条告警*`;
    return open === 0
      ? `*${grouped(total)} 条告警*，均已解除`
      : `*${grouped(total)} 条告警*，${grouped(open)} 条未解除`;
  },
  more: (n) => `另有 ${grouped(n)} 条`,
  responds: '外呼平台有响应，确认后这条消息会更新。',

  leverOn: (lever, name) => `${lever}：${name}`,
  forms: {
    line: (name, line) => `*${name}* 目前使用线路 *${line}*。下面只列出有空闲并发的线路。`,
    noLine: (name) => `没有其他线路有空闲并发可供 *${name}* 使用。请先暂停其他任务或降低其并发，然后重试。`,
    concurrency: (name, calls, line) => `*${name}* 在线路 *${line}* 上的并发：${calls}。`,
    lowest: (name) => `*${name}* 的并发为 1，无法再降低。`,
    running: '确认改动之前不会保存。',
  },
};
