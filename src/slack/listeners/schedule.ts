import type { ScheduleDays, SchedulePlan } from '../../core/model/schedule.ts';
import { dayOf } from '../../core/schedules/calendar.ts';
import { nextMoments } from '../../core/schedules/moments.ts';
import { readTimes } from '../../core/schedules/read-times.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { onAction, onSubmit } from '../bolt/listen.ts';
import { readDate, readState, readValue, readValues } from '../bolt/read-form.ts';
import { errorsAt, working, workingView } from '../bolt/reply.ts';
import type { Register, SlackDeps } from '../deps.ts';
import { openForm } from '../flows/open-form.ts';
import * as flows from '../flows/schedule.ts';
import { actionFamilies, actionIds, callbackIds, inputIds } from '../ids.ts';
import { dayKinds, missedPolicyOf, timesIssueText } from '../views/schedule-form.ts';

/** The form of a schedule, what it would do, and the buttons beneath one. */
export const schedule: Register = (app, deps) => {
  onSubmit(app, deps, callbackIds.schedule, (view, data, t) => {
    const read = readPlan(view.state.values, t, deps);
    if ('errors' in read) return errorsAt(read.errors);
    const { taskId = '', schedule: known } = data;
    const filled = { taskId, revision: known?.revision ?? null, plan: read.plan };
    return working(workingView('checking_schedule', data, t), (interaction) =>
      flows.reviewSchedule(deps, interaction, data, filled),
    );
  });
  onSubmit(app, deps, callbackIds.saveSchedule, (_view, data, t) => {
    const { taskId = '', schedule: known } = data;
    const plan = known?.plan;
    if (plan === undefined) throw new Error('the review of a schedule carries no plan');
    const filled = { taskId, revision: known?.revision ?? null, plan };
    return working(workingView('saving_schedule', data, t), (interaction) =>
      flows.saveSchedule(deps, interaction, filled),
    );
  });
  onAction(app, deps, actionFamilies.showSchedule, (at, { value }) => flows.showSchedule(deps, at, value));
  onAction(app, deps, actionIds.editSchedule, (at, { value }) => openForm(deps, at, { form: 'schedule', task: value }));
  const inPlace = { inPlace: 'private' } as const;
  onAction(app, deps, actionIds.pauseSchedule, (at, { value }) => flows.pauseSchedule(deps, at, value), inPlace);
  onAction(app, deps, actionIds.resumeSchedule, (at, { value }) => flows.resumeSchedule(deps, at, value), inPlace);
  onAction(app, deps, actionIds.removeSchedule, (at, { value }) => flows.removeSchedule(deps, at, value), inPlace);
  onAction(app, deps, actionIds.startMissed, (at, { value }) => flows.startMissed(deps, at, value), inPlace);
  onAction(app, deps, actionIds.leaveMissed, (at, { value }) => flows.leaveMissed(deps, at, value), inPlace);
};

type ReadPlan = { plan: SchedulePlan } | { errors: Record<string, string> };

/** What was filled in; what is wrong with it is said at its field. */
function readPlan(values: unknown, t: Catalogue, { schedules }: Pick<SlackDeps, 'schedules'>): ReadPlan {
  const state = readState(values);
  const says = t.schedule;
  const days = daysIn(state);
  const given = readTimes(readValue(state, inputIds.scheduleTimes));
  const [since, until] = [readDate(state, inputIds.scheduleSince), readDate(state, inputIds.scheduleUntil)];
  const errors = {
    ...(days === null && { [inputIds.scheduleWeek]: says.noDays }),
    ...(given.kind === 'issue' && { [inputIds.scheduleTimes]: timesIssueText(given.issue, t) }),
    ...(since !== null && dayOf(since) === null && { [inputIds.scheduleSince]: says.badDay }),
    ...(until !== null && dayOf(until) === null && { [inputIds.scheduleUntil]: says.badDay }),
    ...(since !== null && until !== null && until < since && { [inputIds.scheduleUntil]: says.reversed }),
  };
  if (days === null || given.kind === 'issue' || Object.keys(errors).length > 0) return { errors };
  const missed = missedPolicyOf(readValue(state, inputIds.scheduleMissed));
  const plan: SchedulePlan = { days, times: given.times, since, until, missed };
  if (nextMoments(plan, schedules.calendar, { after: schedules.now(), count: 1 }).length > 0) return { plan };
  return { errors: { [until === null ? inputIds.scheduleTimes : inputIds.scheduleUntil]: says.never } };
}

function daysIn(state: ReturnType<typeof readState>): ScheduleDays | null {
  const kind = dayKinds.find((one) => one === readValue(state, inputIds.scheduleDays)) ?? 'every';
  if (kind !== 'week') return { kind };
  const days = readValues(state, inputIds.scheduleWeek)
    .map(Number)
    .filter((day) => day >= 1 && day <= 7)
    .sort((a, b) => a - b);
  return days.length === 0 ? null : { kind, days };
}
