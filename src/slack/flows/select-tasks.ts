import { z } from 'zod';
import { type ListRequest, pageSize } from '../../core/tasks/finder.ts';
import { type Interaction, noteFailure } from '../bolt/interaction.ts';
import { messageOutcome, showOutcome } from '../bolt/outcome.ts';
import { carrying, type PrivateData, writePrivateData } from '../bolt/private-data.ts';
import { workingView } from '../bolt/reply.ts';
import type { SlackDeps } from '../deps.ts';
import { inputIds } from '../ids.ts';
import { limits, type MessageBody } from '../views/limits.ts';
import { readListRequest, writeListRequest } from '../views/list-request.ts';
import { maxOffered, type SelectForm, selectView } from '../views/select.ts';
import { pauseMany } from './pause-many.ts';
import { askToStart } from './start-many.ts';

type Shown = Partial<Pick<SelectForm, 'chosen' | 'alert'>>;

/** Opens the form in which tasks of a list are chosen, or shows it again. */
export async function selectTasks(
  deps: SlackDeps,
  interaction: Interaction,
  request: ListRequest,
  shown: Shown = {},
): Promise<void> {
  const { t, channel, person } = interaction;
  const data: PrivateData = { channel, list: writeListRequest(request) };
  // A form must open within three seconds.
  if (deps.finder.atHand() === null) {
    if ((await interaction.show(workingView('selecting', data, t), null)) === null) return;
  }
  const { items, page, total } = await deps.finder.list(person, request, maxOffered / pageSize);
  await interaction.show(
    selectView(
      {
        cards: items,
        first: (page - 1) * pageSize + 1,
        total,
        chosen: 'none',
        alert: null,
        ...shown,
        privateMetadata: writePrivateData(data),
      },
      t,
    ),
    null,
  );
}

const ticked = z
  .object({ values: z.record(z.string(), z.record(z.string(), z.looseObject({ selected_options: z.unknown() }))) })
  .catch({ values: {} });
const options = z.array(z.object({ value: z.string().max(limits.optionValue) })).catch([]);

/** What is ticked in the form. */
export function selectedIn(view: { state?: unknown } | undefined): string[] {
  const { values } = ticked.parse(view?.state);
  return Object.values(values).flatMap((block) =>
    options.parse(block[inputIds.selected]?.selected_options).map(({ value }) => value),
  );
}

/** Pauses what was chosen, without a question. */
export async function pauseSelected(
  deps: SlackDeps,
  interaction: Interaction,
  { data, taskIds }: { data: PrivateData; taskIds: readonly string[] },
): Promise<void> {
  const { t } = interaction;
  if (taskIds.length === 0) return askAgain(deps, interaction, data, t.selection.nothing);
  // A modal that cannot be updated must not keep the pauses from being sent.
  await interaction.view
    ?.update(workingView('pausing_selected', data, t))
    .catch((thrown) => noteFailure(deps, thrown, 'pause selected'));
  await pauseMany(deps, interaction, { kind: 'chosen', taskIds: new Set(taskIds) });
}

/** Asks whether to start what was chosen, and says of how many tasks and numbers that is; in the form itself. */
export async function startSelected(
  deps: SlackDeps,
  interaction: Interaction,
  { data, taskIds }: { data: PrivateData; taskIds: readonly string[] },
): Promise<void> {
  const { t, channel } = interaction;
  const chosen = new Set(taskIds);
  const tasks = deps.finder.known().flatMap(({ task }) => (chosen.has(task.id) && !task.started ? [task] : []));
  if (tasks.length === 0) return askAgain(deps, interaction, data, t.selection.noneLeft);
  const answer = async (body: MessageBody): Promise<void> => {
    const { view, message } = messageOutcome(t.titles.select, body, t);
    // What comes of a press on it takes its place.
    await showOutcome(deps, interaction, { view: carrying(view, { channel, answer: true }), message });
  };
  await askToStart(deps, { ...interaction, answer, replace: answer }, tasks);
}

async function askAgain(deps: SlackDeps, interaction: Interaction, data: PrivateData, alert: string): Promise<void> {
  await selectTasks(deps, interaction, readListRequest(data.list ?? ''), { alert });
}
