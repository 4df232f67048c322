import { z } from 'zod';
import type { PersonRef } from '../../core/model/address.ts';
import type { SchedulePlan } from '../../core/model/schedule.ts';
import type { ShownSchedule } from '../../core/schedules/shown.ts';
import type { Interaction } from '../bolt/interaction.ts';
import { failureText, messageOutcome, showOutcome, viewOutcome } from '../bolt/outcome.ts';
import { type PrivateData, writePrivateData, writeRequest } from '../bolt/private-data.ts';
import { readValue } from '../bolt/read-value.ts';
import type { SlackDeps } from '../deps.ts';
import { lostFormMessage } from '../views/answers.ts';
import { named } from '../views/mrkdwn.ts';
import { maxListed, scheduleListMessage, scheduleMessage } from '../views/schedule.ts';
import { scheduleReviewView } from '../views/schedule-form.ts';
import { problemView } from '../views/waiting.ts';
import { actOnTask } from './act-on-task.ts';
import { openForm } from './open-form.ts';

const clockOf = ({ schedules }: SlackDeps) => ({ ...schedules.calendar, now: schedules.now() });

const namesIn = (deps: SlackDeps, { client }: Interaction, all: readonly ShownSchedule[]) => {
  const people = all.flatMap(({ schedule: { owner, held } }): PersonRef[] => [owner, held?.person ?? owner]);
  return deps.namesOf([...new Set(people)], client);
};

/** The schedule of a task as a message; `done`: what was just done, mrkdwn. */
async function messageOf(deps: SlackDeps, interaction: Interaction, shown: ShownSchedule, done: string | null) {
  const names = await namesIn(deps, interaction, [shown]);
  return scheduleMessage({ shown, clock: clockOf(deps), names, done }, interaction.t);
}

const nameOf = ({ card, schedule }: ShownSchedule): string => named(card?.task.name ?? schedule.taskName);

/** Shows the schedule of a task; where it has none, opens the form of one. */
export async function showSchedule(deps: SlackDeps, interaction: Interaction, taskId: string): Promise<void> {
  const shown = await deps.schedules.of(taskId);
  if (shown === null) return openForm(deps, interaction, { form: 'schedule', task: taskId });
  await interaction.answer(await messageOf(deps, interaction, shown, null));
}

/** All schedules with their next moments. */
export async function listSchedules(deps: SlackDeps, interaction: Interaction): Promise<void> {
  const { shown, more } = await deps.schedules.first(maxListed);
  const names = await namesIn(deps, interaction, shown);
  const { command, t } = interaction;
  await interaction.answer(scheduleListMessage({ command, shown, more, clock: clockOf(deps), names }, t));
}

/** What a form of a schedule carries, and what was filled in. */
interface Filled {
  taskId: string;
  revision: number | null;
  plan: SchedulePlan;
}

/** The form was submitted: shows what the plan would do, and what it meets. */
export async function reviewSchedule(
  deps: SlackDeps,
  interaction: Interaction,
  data: PrivateData,
  filled: Filled,
): Promise<void> {
  const { taskId, revision, plan } = filled;
  await orForm(deps, interaction, filled, async () => {
    const [preview, { task }] = await Promise.all([deps.schedules.preview(taskId, plan), deps.tasks.card(taskId)]);
    const privateMetadata = writePrivateData({ channel: data.channel, taskId, schedule: { revision, plan } });
    const back = writeRequest({ form: 'schedule', task: taskId, typed: plan });
    const view = scheduleReviewView(
      { task, plan, preview, clock: clockOf(deps), back, privateMetadata },
      interaction.t,
    );
    await interaction.view?.update(view);
  });
}

/** *Save* beneath it. */
export async function saveSchedule(deps: SlackDeps, interaction: Interaction, filled: Filled): Promise<void> {
  const { person, channel, t } = interaction;
  await orForm(deps, interaction, filled, async () => {
    const shown = await deps.schedules.save({ ...filled, person, channel });
    const done = t.schedule.saved(nameOf(shown));
    const message = await messageOf(deps, interaction, shown, done);
    await showOutcome(deps, interaction, messageOutcome(t.titles.schedule, message, t));
  });
}

/** Runs a step; when it fails, the form can be opened again as it was filled in. */
async function orForm(
  deps: SlackDeps,
  interaction: Interaction,
  { taskId, plan }: Filled,
  step: () => Promise<void>,
): Promise<void> {
  try {
    await step();
  } catch (thrown) {
    const { t, channel } = interaction;
    const text = failureText(deps, t, thrown, 'schedule');
    const retry = writeRequest({ form: 'schedule', task: taskId, typed: plan });
    const view = problemView(
      { title: t.titles.schedule, text, retry, privateMetadata: writePrivateData({ channel }) },
      t,
    );
    await showOutcome(deps, interaction, viewOutcome(view, lostFormMessage({ text, value: retry }, t)));
  }
}

const decided = (taskId: string, { person, channel }: Interaction) => ({ taskId, person, channel });

export async function pauseSchedule(deps: SlackDeps, interaction: Interaction, taskId: string): Promise<void> {
  const shown = await deps.schedules.pause(decided(taskId, interaction));
  await interaction.replace(await messageOf(deps, interaction, shown, null));
}

export async function resumeSchedule(deps: SlackDeps, interaction: Interaction, taskId: string): Promise<void> {
  const shown = await deps.schedules.resume(decided(taskId, interaction));
  await interaction.replace(await messageOf(deps, interaction, shown, interaction.t.schedule.resumed));
}

export async function removeSchedule(deps: SlackDeps, interaction: Interaction, taskId: string): Promise<void> {
  const { t } = interaction;
  const { taskName } = await deps.schedules.remove(decided(taskId, interaction));
  const { message } = messageOutcome(t.titles.schedule, { text: '', blocks: [] }, t);
  const text = t.schedule.removed(named(taskName));
  await interaction.replace({ ...message, text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }] });
}

const missed = z.object({ task: z.string(), at: z.number() });

/** *Start now*, about a start that was missed: by the way of all starts, in the name of who presses it. */
export async function startMissed(deps: SlackDeps, interaction: Interaction, value: string): Promise<void> {
  const { task: taskId, at } = readValue(missed, value);
  // The start answers it. One that fails leaves it open.
  await deps.schedules.requireQuestion({ taskId, at });
  await actOnTask(deps, interaction, { verb: 'start', taskId });
}

/** *Leave it paused*. */
export async function leaveMissed(deps: SlackDeps, interaction: Interaction, value: string): Promise<void> {
  const { task: taskId, at } = readValue(missed, value);
  const shown = await deps.schedules.leavePaused({ ...decided(taskId, interaction), at });
  const isOn = shown.card?.task.started === true;
  await interaction.replace(await messageOf(deps, interaction, shown, isOn ? null : interaction.t.schedule.leftAlone));
}
