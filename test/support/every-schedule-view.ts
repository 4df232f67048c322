import {
  holdReasons,
  type MissedPolicy,
  type Schedule,
  type ScheduleDays,
  type SchedulePlan,
  type ScheduleSaid,
  scheduleEvents,
} from '../../src/core/model/schedule.ts';
import type { Task } from '../../src/core/model/task.ts';
import type { Conflict } from '../../src/core/schedules/conflicts.ts';
import { maxTimes, readTimes, type TimesIssue } from '../../src/core/schedules/read-times.ts';
import type { ShownSchedule } from '../../src/core/schedules/shown.ts';
import { preflightCodes } from '../../src/core/tasks/preflight.ts';
import { createWallClock } from '../../src/core/time/zone.ts';
import type { Catalogue } from '../../src/i18n/en.ts';
import { named } from '../../src/slack/views/mrkdwn.ts';
import * as views from '../../src/slack/views/schedule.ts';
import * as forms from '../../src/slack/views/schedule-form.ts';
import { scheduleNoticeMessage } from '../../src/slack/views/schedule-notice.ts';
import type { drawing, Rendered } from './every-view.ts';
import { sampleCard, sampleNotice, sampleNow, sampleTask } from './samples.ts';

const zone = 'Asia/Shanghai';
const day = 24 * 3_600_000;

export function samplePlan(change: Partial<SchedulePlan> = {}): SchedulePlan {
  const given = readTimes('09:00–12:00, 13:30–18:00');
  const times = given.kind === 'times' ? given.times : [];
  return { days: { kind: 'working' }, times, since: null, until: null, missed: { kind: 'skip' }, ...change };
}

export function sampleSchedule(change: Partial<Schedule> = {}): Schedule {
  return {
    taskId: 'task-1',
    taskName: 'Spring renewal',
    owner: 'U0ALICE',
    channel: 'C0SALES',
    savedAt: sampleNow,
    plan: samplePlan(),
    accepted: [],
    agreed: 100,
    held: null,
    handledUntil: sampleNow,
    nextAt: sampleNow + day,
    acting: null,
    last: null,
    trouble: null,
    question: null,
    revision: 1,
    ...change,
  };
}

const saidOf = (change: Partial<ScheduleSaid>): ScheduleSaid => ({
  event: 'started',
  zone,
  moment: { at: sampleNow, action: 'start' },
  lateMs: 0,
  items: [],
  task: null,
  room: null,
  error: null,
  hold: null,
  change: null,
  next: { at: sampleNow + day, action: 'pause' },
  ...change,
});

/** Every view of schedules, with as much as they have room for and more. */
export function scheduleViews(draw: ReturnType<typeof drawing>, name: string, t: Catalogue): Rendered[] {
  const names = new Map([['U0ALICE', name]]);
  const clock = { ...createWallClock(zone), zone, now: sampleNow };
  const of = sampleTask();
  const task: Task = sampleTask({
    name,
    script: { ...of.script, name },
    line: { ...of.line, name },
    redialRule: { ...of.redialRule, name },
    quietHours: { ...of.quietHours, name },
  });
  const upcoming = Array.from({ length: 5 }, (_, i) => ({
    at: sampleNow + (i * day) / 2,
    action: i % 2 === 0 ? ('start' as const) : ('pause' as const),
  }));
  const shownOf = (change: Partial<Schedule> = {}, more: Partial<ShownSchedule> = {}): ShownSchedule => ({
    schedule: sampleSchedule({ taskName: name, ...change }),
    card: null,
    upcoming,
    wanted: null,
    ...more,
  });
  const days: ScheduleDays[] = [{ kind: 'every' }, { kind: 'working' }, { kind: 'week', days: [1, 2, 3, 4, 5, 6, 7] }];
  const policies: MissedPolicy[] = [{ kind: 'skip' }, { kind: 'late', minutes: 45 }, { kind: 'ask' }];
  const manyTimes = Array.from({ length: maxTimes }, (_, i) => ({ from: i * 60, until: i * 60 + 30 }));
  const full = samplePlan({ times: manyTimes, since: '2026-01-01', until: '2027-12-31', missed: { kind: 'ask' } });
  const oneSided = samplePlan({
    times: [
      { from: 540, until: null },
      { from: null, until: 1080 },
    ],
  });
  const held = holdReasons.map((why) => ({ why, person: 'U0ALICE', at: sampleNow }));
  const card = sampleCard({ task: sampleTask({ name, started: false }) });
  const message = (what: string, shown: ShownSchedule, done: string | null = null) =>
    draw(`schedule: ${what}`, views.scheduleMessage, { shown, clock, names, done });
  const list = (what: string, all: ShownSchedule[]) =>
    draw(`schedules: ${what}`, views.scheduleListMessage, {
      command: '/dial',
      shown: all.slice(0, views.maxListed),
      more: Math.max(0, all.length - views.maxListed),
      clock,
      names,
    });
  const conflicts: Conflict[] = [
    { kind: 'starts_outside_legal', at: sampleNow, hours: '9-21' },
    { kind: 'open_outside_legal', at: sampleNow, hours: '9-21' },
    { kind: 'quiet_hours', from: sampleNow, until: sampleNow + day, group: name },
    { kind: 'line_full', at: sampleNow, line: name, total: 10, wanted: 20, others: [name, name, name, name, name] },
    ...preflightCodes.map((item) => ({ kind: 'preflight' as const, item, room: 3 })),
    { kind: 'stopped' },
    { kind: 'holidays_unknown', year: 2027 },
  ];
  const form = { task, zone, privateMetadata: '{}' };
  const review = { task, clock, back: '{}', privateMetadata: '{}' };
  const notice = sampleNotice({ kind: 'scheduled', taskName: name });
  const say = (what: string, said: ScheduleSaid, mentions: string[] = []) =>
    draw(`schedule said: ${what}`, scheduleNoticeMessage, { notice, said, mentions, names, link: null });
  const issues: TimesIssue[] = [
    ...(['empty', 'too_long', 'too_many'] as const).map((kind) => ({ kind })),
    ...(['not_understood', 'not_a_time', 'no_length'] as const).map((kind) => ({ kind, text: name })),
  ];
  for (const issue of issues) forms.timesIssueText(issue, t);
  return [
    ...days.flatMap((each, i) =>
      policies.map((missed) =>
        message(
          `${each.kind} ${missed.kind}`,
          shownOf({ plan: samplePlan({ days: each, missed }) }),
          i === 0 ? t.schedule.saved(named(name)) : null,
        ),
      ),
    ),
    message('full', shownOf({ plan: full, question: { at: sampleNow } })),
    message('one-sided', shownOf({ plan: oneSided })),
    message('over', shownOf({}, { upcoming: [] })),
    message('open now', shownOf({}, { card, wanted: { at: sampleNow, action: 'start' } })),
    ...held.map((hold) => message(`held: ${hold.why}`, shownOf({ held: hold, nextAt: null }))),
    list('none', []),
    list(
      'many',
      Array.from({ length: 60 }, () => shownOf({ plan: full })),
    ),
    list('held and over', [...held.map((hold) => shownOf({ held: hold })), shownOf({}, { upcoming: [] })]),
    draw('schedule form: new', forms.scheduleFormView, { ...form, plan: null }),
    draw('schedule form: full', forms.scheduleFormView, { ...form, plan: full }),
    draw('schedule form: other policy', forms.scheduleFormView, {
      ...form,
      plan: samplePlan({ days: { kind: 'week', days: [7] }, missed: { kind: 'late', minutes: 45 } }),
    }),
    draw('schedule review: plain', forms.scheduleReviewView, {
      ...review,
      plan: samplePlan(),
      preview: { upcoming, conflicts: [] },
    }),
    draw('schedule review: conflicts', forms.scheduleReviewView, {
      ...review,
      plan: full,
      preview: { upcoming, conflicts },
    }),
    ...scheduleEvents.map((event) => say(event, saidOf({ event }), ['U0ALICE'])),
    say('late', saidOf({ lateMs: 600_000 })),
    say('pause failed', saidOf({ event: 'failed', moment: { at: sampleNow, action: 'pause' } })),
    say('blocked by all', saidOf({ event: 'blocked', items: [...preflightCodes], task })),
    ...(['outside_legal_hours', 'calling_stopped', 'platform_unreachable'] as const).map((code) =>
      say(`blocked: ${code}`, saidOf({ event: 'blocked', error: { code, hours: '9-21' } })),
    ),
    ...held.map((hold) => say(`held: ${hold.why}`, saidOf({ event: 'held', hold, next: null }))),
    ...(['saved', 'removed', 'resumed'] as const).map((what) =>
      say(`changed: ${what}`, saidOf({ event: 'changed', moment: null, change: { what, person: 'U0ALICE' } })),
    ),
  ];
}
