import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import { daysOfWeek } from '../../core/model/quiet-hours.ts';
import type { MissedPolicy, ScheduleDays, SchedulePlan } from '../../core/model/schedule.ts';
import type { Task } from '../../core/model/task.ts';
import { minuteMs } from '../../core/schedules/calendar.ts';
import type { Conflict } from '../../core/schedules/conflicts.ts';
import type { TimesIssue } from '../../core/schedules/read-times.ts';
import type { PlanPreview } from '../../core/schedules/shown.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { actionIds, callbackIds, inputIds } from '../ids.ts';
import { fitView } from './limits.ts';
import { named, plainName } from './mrkdwn.ts';
import { actions, button, context, option, plain, present, section } from './parts.ts';
import { missedText, momentText, planText, type ScheduleClock, timesText, whenText } from './schedule-words.ts';
import { itemText } from './start.ts';
import { warning } from './state.ts';

/** How late a start may be made up for, as the form offers it, minutes. */
const lateMinutes = [15, 30, 60, 120] as const;

/** The values of the menu for missed starts. */
const missedEntries: readonly { value: string; policy: MissedPolicy }[] = [
  { value: 'skip', policy: { kind: 'skip' } },
  ...lateMinutes.map((minutes) => ({ value: `late:${minutes}`, policy: { kind: 'late' as const, minutes } })),
  { value: 'ask', policy: { kind: 'ask' } },
];

/** The policy that a menu entry stands for; skipping where there is none such. */
export function missedPolicyOf(value: string): MissedPolicy {
  return missedEntries.find((entry) => entry.value === value)?.policy ?? { kind: 'skip' };
}

const missedValueOf = (policy: MissedPolicy): string =>
  policy.kind === 'late' ? `late:${policy.minutes}` : policy.kind;

export const dayKinds = ['every', 'working', 'week'] as const satisfies readonly ScheduleDays['kind'][];

export interface ScheduleForm {
  task: Pick<Task, 'name'>;
  /** What is filled in to begin with. */
  plan: SchedulePlan | null;
  zone: string;
  privateMetadata: string;
}

/** The form of a schedule; its submission shows what it would do. */
export function scheduleFormView({ task, plan, zone, privateMetadata }: ScheduleForm, t: Catalogue): ModalView {
  const says = t.schedule;
  return fitView({
    type: 'modal',
    callback_id: callbackIds.schedule,
    title: plain(t.titles.schedule),
    submit: plain(says.buttons.review),
    close: plain(t.buttons.cancel),
    private_metadata: privateMetadata,
    blocks: [
      section(`*${named(task.name)}*\n${says.intro}`),
      daysInput(plan?.days.kind ?? 'working', t),
      weekInput(plan?.days.kind === 'week' ? plan.days.days : [1, 2, 3, 4, 5], t),
      {
        type: 'input',
        block_id: inputIds.scheduleTimes,
        label: plain(says.form.times),
        hint: plain(says.form.timesHint),
        element: {
          type: 'plain_text_input',
          action_id: inputIds.scheduleTimes,
          placeholder: plain('09:00–12:00, 13:30–18:00'),
          ...(plan !== null && { initial_value: timesText(plan, t) }),
        },
      },
      dayInput(inputIds.scheduleSince, says.form.since, plan?.since ?? null),
      dayInput(inputIds.scheduleUntil, says.form.until, plan?.until ?? null),
      missedInput(plan?.missed ?? { kind: 'late', minutes: 30 }, t),
      context(says.zone(named(zone))),
    ],
  });
}

function daysInput(chosen: ScheduleDays['kind'], t: Catalogue): InputBlock {
  const says = t.schedule;
  const options = dayKinds.map((kind) =>
    option(kind, says.days[kind], kind === 'working' ? says.workingHint : undefined),
  );
  return choice(inputIds.scheduleDays, says.form.days, options, chosen);
}

function missedInput(chosen: MissedPolicy, t: Catalogue): InputBlock {
  const says = t.schedule;
  const entries = missedEntries.some(({ value }) => value === missedValueOf(chosen))
    ? missedEntries
    : [...missedEntries, { value: missedValueOf(chosen), policy: chosen }];
  const options = entries.map(({ value, policy }) =>
    option(
      value,
      policy.kind === 'late' ? says.missed.late(t.units.duration(policy.minutes * minuteMs)) : says.missed[policy.kind],
    ),
  );
  const hint = plain(says.form.missedHint);
  return { ...choice(inputIds.scheduleMissed, says.form.missed, options, missedValueOf(chosen)), hint };
}

function choice(id: string, label: string, options: PlainTextOption[], chosen: string): InputBlock {
  const initial = options.find(({ value }) => value === chosen);
  return {
    type: 'input',
    block_id: id,
    label: plain(label),
    element: { type: 'static_select', action_id: id, options, ...(initial && { initial_option: initial }) },
  };
}

function weekInput(chosen: readonly number[], t: Catalogue): InputBlock {
  const options = daysOfWeek.map((day) => option(String(day), t.quiet.hours.days[day - 1] ?? ''));
  const initial = options.filter(({ value }) => chosen.includes(Number(value)));
  return {
    type: 'input',
    block_id: inputIds.scheduleWeek,
    label: plain(t.schedule.form.week),
    hint: plain(t.schedule.form.weekHint),
    optional: true,
    element: {
      type: 'checkboxes',
      action_id: inputIds.scheduleWeek,
      options,
      ...(initial.length > 0 && { initial_options: initial }),
    },
  };
}

function dayInput(id: string, label: string, day: string | null): InputBlock {
  return {
    type: 'input',
    block_id: id,
    label: plain(label),
    optional: true,
    element: { type: 'datepicker', action_id: id, ...(day !== null && { initial_date: day }) },
  };
}

/** What is wrong with the times, at their field. */
export function timesIssueText(issue: TimesIssue, t: Catalogue): string {
  return t.schedule.issues[issue.kind]('text' in issue ? t.units.quote(plainName(issue.text)) : '');
}

export interface ScheduleReview {
  task: Task;
  plan: SchedulePlan;
  preview: PlanPreview;
  clock: ScheduleClock & { now: number };
  /** Opens the form again as it was filled in. */
  back: string;
  privateMetadata: string;
}

/** What the plan would do, and what it meets, before it is saved. */
export function scheduleReviewView(
  { task, plan, preview, clock, back, privateMetadata }: ScheduleReview,
  t: Catalogue,
): ModalView {
  const says = t.schedule;
  const { upcoming, conflicts } = preview;
  return fitView({
    type: 'modal',
    callback_id: callbackIds.saveSchedule,
    title: plain(says.review),
    submit: plain(t.buttons.save),
    close: plain(t.buttons.cancel),
    private_metadata: privateMetadata,
    blocks: present([
      section(`*${named(task.name)}*\n${planText(plan, t)}`),
      section([says.next, ...upcoming.map((moment) => `• ${momentText(moment, clock, t)}`)].join('\n')),
      conflicts.length === 0
        ? context(says.none)
        : section(
            [says.conflicts, ...conflicts.map((one) => `${warning} ${conflictText(one, { task, clock }, t)}`)].join(
              '\n',
            ),
          ),
      actions('schedule_back', [button(actionIds.openForm, says.buttons.back, back)]),
      context([missedText(plan, t), says.zone(named(clock.zone))].join(t.units.separator)),
    ]) satisfies KnownBlock[],
  });
}

function conflictText(
  conflict: Conflict,
  { task, clock }: { task: Task; clock: ScheduleClock & { now: number } },
  t: Catalogue,
): string {
  const says = t.schedule.conflict;
  const when = (at: number): string => whenText(at, clock, t);
  const quoted = (name: string): string => t.units.quote(named(name));
  switch (conflict.kind) {
    case 'starts_outside_legal':
    case 'open_outside_legal':
      return says[conflict.kind](when(conflict.at), conflict.hours);
    case 'quiet_hours':
      return says.quiet_hours(when(conflict.from), when(conflict.until), quoted(conflict.group));
    case 'line_full': {
      const { at, line, wanted, total } = conflict;
      const others = conflict.others.map(quoted).join(t.units.separator);
      return t.units.sentences([says.line(quoted(line), total), says.line_full(when(at), others, wanted)]);
    }
    case 'preflight':
      return itemText(conflict.item, { card: { task }, preflight: conflict }, t);
    case 'stopped':
      return says.stopped;
    case 'holidays_unknown':
      return says.holidays_unknown(conflict.year);
  }
}
