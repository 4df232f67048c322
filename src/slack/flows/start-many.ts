import { z } from 'zod';
import type { AppError } from '../../core/errors.ts';
import type { SubscriptionScope } from '../../core/model/subscription.ts';
import { type Task, taskRef } from '../../core/model/task.ts';
import { maxStartedAtOnce, type NotStarted } from '../../core/tasks/start-many.ts';
import { writeCheck } from '../bolt/check-value.ts';
import { type Interaction, noteFailure } from '../bolt/interaction.ts';
import { readValue } from '../bolt/read-value.ts';
import type { SlackDeps } from '../deps.ts';
import { errorMessage, textMessage, toListMessage } from '../views/answers.ts';
import { scopeText } from '../views/scope.ts';
import { type StartFailure, startedManyMessage, startManyQuestion } from '../views/start-many.ts';
import { actOnTask } from './act-on-task.ts';

/** Asks once whether all of these tasks are to be started, and starts none. */
export async function askToStart(
  deps: SlackDeps,
  interaction: Interaction,
  tasks: readonly Pick<Task, 'id' | 'name'>[],
): Promise<void> {
  const { person, channel, t } = interaction;
  const { blocked, ...asked } = await deps.startMany.ask({ tasks, person, channel });
  await interaction.answer(startManyQuestion({ ...asked, blocked: failuresOf(deps, blocked) }, t));
}

/** The same for all tasks of a kind that are off and have numbers left. */
export async function askToStartAll(
  deps: SlackDeps,
  interaction: Interaction,
  scope: SubscriptionScope,
): Promise<void> {
  const { t } = interaction;
  const cards = await deps.startMany.candidates(scope);
  const [first, ...others] = cards;
  const what = scopeText(scope, t);
  if (first === undefined) return interaction.answer(textMessage(t.startMany.noneOf(what)));
  if (cards.length > maxStartedAtOnce) {
    return interaction.answer(toListMessage(t.startMany.tooMany(what, cards.length, maxStartedAtOnce), t));
  }
  // A kind of tasks is asked about also when it is a single one: its person did not name it.
  if (others.length === 0) return actOnTask(deps, interaction, { verb: 'start', taskId: first.task.id, confirm: true });
  await askToStart(
    deps,
    interaction,
    cards.map(({ task }) => task),
  );
}

/**
 * Of each task, how many numbers were shown, and which of the warnings that the `codes` name. Earlier releases wrote no
 * warnings: what they asked counts for none.
 */
const pressed = z.object({
  asOf: z.number().int(),
  codes: z.array(z.string()).default([]),
  tasks: z
    .array(z.tuple([taskRef, z.number().int().min(0).nullable()]).rest(z.array(z.number().int())))
    .max(maxStartedAtOnce),
});

/** *Start … tasks*: starts what was asked about, as it was agreed to. */
export async function startAgreed(deps: SlackDeps, interaction: Interaction, value: string): Promise<void> {
  const { person, channel, t } = interaction;
  const { asOf, codes, tasks: agreed } = readValue(pressed, value);
  const names = new Map(deps.finder.known().map(({ task }) => [task.id, task.name]));
  const tasks = agreed.map(([id, left, shown = []]) => ({
    ...{ id, left, name: names.get(id) ?? id },
    accepted: shown.flatMap((place) => codes[place] ?? []),
  }));
  const { failed, ...started } = await deps.startMany.start({ tasks, asOf, person, channel });
  const barred = started.started.length + started.alreadyOn.length === 0 ? sameRefusal(failed) : null;
  const message =
    barred === null
      ? startedManyMessage({ ...started, failed: failuresOf(deps, failed) }, t)
      : errorMessage(noteFailure(deps, barred, 'start many'), t);
  await interaction.replace(message);
}

/** What kept every one of them from starting, which is said once; null where the reasons differ. */
function sameRefusal(failed: readonly NotStarted[]): AppError | null {
  const errors = failed.flatMap(({ result }) => (result.kind === 'refused' ? [result.error] : []));
  const [first] = errors;
  const isSame = errors.length === failed.length && errors.every(({ code }) => code === first?.code);
  return first !== undefined && isSame ? first : null;
}

/** The tasks that are not on, each refusal of which the log knows. */
function failuresOf(deps: SlackDeps, failed: readonly NotStarted[]): StartFailure[] {
  return failed.map(({ task, result }) => {
    switch (result.kind) {
      case 'refused':
        return { task, kind: 'refused', error: noteFailure(deps, result.error, 'start many').error };
      case 'unknown':
        noteFailure(deps, result.error, 'start many');
        return { task, kind: 'unknown', check: writeCheck({ of: 'start', taskId: task.id }) };
      case 'ask':
      case 'stopped':
        return { task, kind: result.kind, card: result.card, preflight: result.preflight };
      default:
        return { task, kind: result.kind };
    }
  });
}
