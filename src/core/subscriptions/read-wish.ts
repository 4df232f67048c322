import { fold } from '../text/fold.ts';

/** What a person asks for with `watch` or `unwatch`, as typed without the place. */
export type Wish =
  | { kind: 'list' | 'test' | 'settings' }
  /** `forMs`: for how long; null: no longer. */
  | { kind: 'mute'; forMs: number | null }
  /** A mute for a time that is not understood, or too long. */
  | { kind: 'mute_unclear' }
  | { kind: 'all' }
  | { kind: 'mine' }
  /** `whole`: what was typed, should there be no such line but a task of that name. */
  | { kind: 'line'; text: string; whole: string }
  | { kind: 'name'; text: string }
  | { kind: 'task'; ref: string };

/** The longest part of a name that can be subscribed to, in characters: as long as a name can be. */
export const maxNamePart = 100;

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Longer than any campaign is left alone; to hear nothing at all, people end the subscription. */
const maxMuteMs = 30 * day;

const words: readonly (readonly [
  Exclude<Wish['kind'], 'mute' | 'mute_unclear' | 'line' | 'name' | 'task'>,
  string[],
])[] = [
  ['list', ['', 'list', '列表']],
  ['test', ['test', '测试']],
  ['settings', ['settings', 'setting', '设置']],
  ['all', ['all', 'all tasks', 'everything', '全部', '全部任务', '所有', '所有任务']],
  ['mine', ['mine', 'my tasks', '我的', '我的任务']],
];

/** Words before a line, a part of a name, or a time. Chinese ones need no blank behind them. */
const lead = {
  line: /^(?:line\s+|线路\s*)(.+)$/s,
  name: /^(?:named?\s+|名称\s*|名字\s*)(.+)$/s,
  mute: /^(?:mute(?:\s+|$)|静音\s*)(?:for\s+)?(.*)$/s,
} as const;

const unmuteWords = ['unmute', '取消静音', '解除静音'];
const offWords = ['off', 'no', 'none', '0', '关闭', '取消', '解除', '关'];

/** Only the beginning of a text is a wish; what is longer names nothing. */
const maxLength = 400;

export function readWish(typed: string): Wish {
  const whole = typed.trim();
  const folded = fold(whole.slice(0, maxLength));
  for (const [kind, listed] of words) if (listed.includes(folded)) return { kind };
  if (unmuteWords.includes(folded)) return { kind: 'mute', forMs: null };
  const mute = lead.mute.exec(folded)?.[1];
  if (mute !== undefined) return readMute(mute.trim());
  const line = lead.line.exec(folded)?.[1];
  if (line !== undefined) return { kind: 'line', text: line, whole };
  const name = lead.name.exec(folded)?.[1];
  if (name !== undefined) return { kind: 'name', text: typedPart(whole, name) };
  return { kind: 'task', ref: whole };
}

/** The part as it was typed, where it can be found: people read it again. */
function typedPart(whole: string, folded: string): string {
  const tail = whole.slice(-folded.length);
  return fold(tail) === folded ? tail.trim() : folded;
}

function readMute(text: string): Wish {
  if (offWords.includes(text)) return { kind: 'mute', forMs: null };
  const forMs = readDuration(text);
  return forMs === null || forMs > maxMuteMs ? { kind: 'mute_unclear' } : { kind: 'mute', forMs };
}

const units: readonly (readonly [ms: number, words: readonly string[]])[] = [
  [minute, ['m', 'min', 'mins', 'minute', 'minutes', '分', '分钟']],
  [hour, ['h', 'hr', 'hrs', 'hour', 'hours', '小时', '个小时', '时', '钟头', '个钟头']],
  [day, ['d', 'day', 'days', '天', '日']],
  [7 * day, ['w', 'week', 'weeks', '周', '星期', '个星期']],
];

/** One amount with its unit at the beginning of a text, and the rest. */
const amount = /^(\d{1,5}(?:\.\d{1,2})?|半|half an|an|a|one|一|两)\s*([a-z]+|[^\d\sa-z]+)\s*(.*)$/s;
const amounts: Record<string, number> = { 半: 0.5, 'half an': 0.5, an: 1, a: 1, one: 1, 一: 1, 两: 2 };
const maxAmounts = 4;

/** A time such as `2h`, `1h 30min`, `90 minutes`, `2小时`, `半小时`, ms; null when it is none or none at all. */
function readDuration(text: string): number | null {
  let rest = text.replace(/^(?:about|约)\s*/, '');
  let ms = 0;
  for (let parts = 0; rest !== ''; parts += 1) {
    const [, figure = '', unit = '', after = ''] = amount.exec(rest) ?? [];
    const unitMs = units.find(([, listed]) => listed.includes(unit))?.[0];
    if (unitMs === undefined || parts === maxAmounts) return null;
    ms += (amounts[figure] ?? Number(figure)) * unitMs;
    rest = after.replace(/^(?:and|and a half|,|，|零)\s*/, '');
  }
  return ms >= minute ? Math.round(ms) : null;
}
