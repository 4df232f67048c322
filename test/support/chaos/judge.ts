import type { TaskView } from '../../../sandbox/dialer/platform.ts';
import type { StoredMessage } from '../../../sandbox/slack/stored.ts';
import { type NoticeKind, noticeKinds } from '../../../src/core/model/notice.ts';
import type { TaskState } from '../../../src/core/model/reading.ts';
import { en } from '../../../src/i18n/en.ts';
import { switched } from './courses.ts';
import { dialingMinutes, type Subject } from './platform.ts';

/** What a person sees who compares the platform with what the channels were told. */
export interface Findings {
  cards: { expected: number; once: number; true: number };
  ends: { expected: number; toldOnce: number };
  /** Messages that say something wrong and were not corrected, by what they say. */
  wrong: { goesOn: number; deleted: number; secondEnd: number; other: number };
  /** Two messages of the same event. */
  doubled: number;
  /** Messages that are still to be sent, and those that were given up. */
  undelivered: number;
  /** Repeated news of a switch that someone else used. */
  repeatedSwitches: number;
  /** What is wrong, in words. */
  faults: string[];
}

export interface Evidence {
  subjects: readonly Subject[];
  /** What the platform has now. */
  tasks: readonly TaskView[];
  /** The app's messages, by channel. */
  channels: ReadonlyMap<string, readonly StoredMessage[]>;
  undelivered: readonly string[];
  /** Whether everything took place on the platform; without that, messages are missing. */
  happened: boolean;
}

interface Posted {
  key: string;
  text: string;
  all: string;
}

export function judge({ subjects, tasks, channels, undelivered, happened }: Evidence): Findings {
  const findings: Findings = {
    cards: { expected: subjects.length * channels.size, once: 0, true: 0 },
    ends: { expected: 0, toldOnce: 0 },
    wrong: { goesOn: 0, deleted: 0, secondEnd: 0, other: 0 },
    doubled: 0,
    undelivered: undelivered.length,
    repeatedSwitches: 0,
    faults: [
      ...(happened ? [] : ['the time was up before everything had taken place on the platform']),
      ...undelivered.map((item) => `undelivered: ${item}`),
    ],
  };
  for (const [channel, messages] of channels) {
    const posted = messages.flatMap(postedOf);
    countDoubled(channel, posted, findings);
    for (const subject of subjects) {
      const about = posted.filter(({ text }) => text.includes(subject.name));
      const task = tasks.find(({ uuid }) => uuid === subject.id) ?? null;
      const cards = about.filter(({ key }) => key.startsWith('card:'));
      judgeCard({ channel, subject, task }, cards, findings);
      // Whether an alert is true is tried by tests of its own; here, that none comes twice.
      const notices = about.filter(({ key }) => !/^(card|alert):/.test(key));
      judgeNotices({ channel, subject, task }, notices, findings);
    }
  }
  return findings;
}

interface Place {
  channel: string;
  subject: Subject;
  task: TaskView | null;
}

/** The key by which the app finds its message again; undefined for what is no notice and no card. */
export function keyOf({ metadata }: StoredMessage): string | undefined {
  return ((metadata?.event_payload ?? {}) as { key?: string }).key;
}

function postedOf(message: StoredMessage): Posted[] {
  const key = keyOf(message);
  return key === undefined ? [] : [{ key, text: message.text, all: JSON.stringify(message.blocks) }];
}

function countDoubled(channel: string, posted: readonly Posted[], findings: Findings): void {
  const seen = new Set<string>();
  for (const { key, text } of posted) {
    if (seen.has(key)) {
      findings.doubled += 1;
      findings.faults.push(`${channel}: posted twice: ${text}`);
    }
    seen.add(key);
  }
}

function judgeCard({ channel, subject, task }: Place, cards: readonly Posted[], findings: Findings): void {
  const [card, ...others] = cards;
  if (card === undefined || others.length > 0) {
    findings.faults.push(`${channel}: ${cards.length} cards of ${subject.name}`);
    return;
  }
  findings.cards.once += 1;
  const stale = card.all.includes(en.card.stale('').split(' since')[0] ?? '');
  const states = statesOf(subject, task).map((state) => en.states[state]);
  const figures = task === null ? '' : en.units.of(task.done, task.total);
  const isTrue = !stale && card.text.includes(figures) && states.some((state) => card.text.includes(`: ${state}`));
  if (isTrue) findings.cards.true += 1;
  else {
    const truth = `${states.join(' or ')} ${figures}`;
    findings.faults.push(`${channel}: ${stale ? 'stale ' : ''}card "${card.text}", in truth ${truth}`);
  }
}

/** What a person would say who reads the list, long after the last call. */
function statesOf({ course }: Subject, task: TaskView | null): TaskState[] {
  if (task === null) return ['gone'];
  if (task.total > 0 && task.done === task.total) return ['finished'];
  if (!task.started) return ['paused'];
  return course.act?.what === 'line dies' ? ['waiting'] : ['dialing', 'waiting'];
}

function judgeNotices({ channel, subject, task }: Place, notices: readonly Posted[], findings: Findings): void {
  const { course } = subject;
  const counts = new Map<NoticeKind, number>();
  for (const { text } of notices) {
    const kind = noticeKinds.find(
      (candidate) => candidate !== 'acted' && text.includes(en.notices[candidate](subject.name)),
    );
    if (kind === undefined) findings.faults.push(`${channel}: unknown message: ${text}`);
    else counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const count = (kind: NoticeKind): number => counts.get(kind) ?? 0;
  const expected = (kind: NoticeKind): number => course.messages[kind] ?? 0;
  const fault = (what: string): void => {
    const told = notices.map(({ text }) => text).join(' | ');
    findings.faults.push(`${channel}: ${subject.name}: ${what}: ${told}`);
  };

  const ends = count('finished');
  findings.ends.expected += expected('finished');
  findings.ends.toldOnce += Math.min(ends, expected('finished'));
  if (ends < expected('finished')) fault(`${ends} of ${expected('finished')} ends`);
  if (ends > expected('finished')) {
    findings.wrong.secondEnd += ends - expected('finished');
    fault(`${ends} ends instead of ${expected('finished')}`);
  }
  if (count('not_finished') > 0 || count('reopened') > expected('reopened')) {
    findings.wrong.goesOn += count('not_finished') + Math.max(0, count('reopened') - expected('reopened'));
    fault('goes on');
  }
  if (count('gone') > expected('gone')) {
    findings.wrong.deleted += count('gone') - expected('gone');
    fault('deleted');
  }
  for (const kind of switched) {
    if (expected(kind) > 0) findings.repeatedSwitches += Math.max(0, count(kind) - expected(kind));
    else if (count(kind) > 0 && !isSwitched(course.messages)) {
      findings.wrong.other += count(kind);
      fault(kind);
    }
  }
  if (count('changed') > 0) {
    findings.wrong.other += count('changed');
    fault('changed');
  }
  for (const kind of ['gone', 'reopened', ...switched] as const) {
    if (count(kind) < expected(kind)) {
      findings.wrong.other += 1;
      fault(`not told: ${kind}`);
    }
  }
  for (const { text } of notices) {
    if (!text.includes(en.notices.finished(subject.name)) || saysTrueDuration(subject, text)) continue;
    findings.wrong.other += 1;
    fault(`an end with a duration that is not that of ${dialingMinutes(subject.numbers)} min`);
  }
  const end = notices.findLast(({ text }) => text.includes(en.notices.finished(subject.name)));
  if (task !== null && end !== undefined && !end.text.includes(en.units.numbers(task.total))) {
    findings.wrong.other += 1;
    fault(`the end names other figures than ${task.total}`);
  }
}

/** Whether someone else uses the switch of such a task. */
function isSwitched(messages: Subject['course']['messages']): boolean {
  return switched.some((kind) => messages[kind] !== undefined);
}

/**
 * Whether the duration of an end is about that of the calls. Bots that were dead or were lied to have seen them late.
 * Where numbers are dialed again, were dialed before anyone looked, or were added, it cannot be computed.
 */
function saysTrueDuration({ course, numbers }: Subject, text: string): boolean {
  if (course.name === 'redials' || !text.includes(`${en.notices.dialed(numbers)} in`)) return true;
  const [, hours = '0', minutes] = / in (?:(\d+) h )?(\d+) min/.exec(text) ?? [];
  const seconds = / in (\d+) s/.exec(text)?.[1];
  const told = minutes === undefined ? Number(seconds) / 60 : Number(hours) * 60 + Number(minutes);
  const truth = dialingMinutes(numbers);
  return told > truth * 0.6 - 1 && told < truth * 1.4 + 3;
}
