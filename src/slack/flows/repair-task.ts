import type { ViewOutput } from '@slack/bolt';
import { rawOf } from '../../core/model/fields.ts';
import { currentLine } from '../../core/tasks/choices.ts';
import { type Repair, repairedDraft } from '../../core/tasks/repairs.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { issueSentence } from '../../i18n/sentences.ts';
import type { Interaction } from '../bolt/interaction.ts';
import type { PrivateData } from '../bolt/private-data.ts';
import { readState, readValue } from '../bolt/read-form.ts';
import { errorsAt, type Reply, working, workingView } from '../bolt/reply.ts';
import type { SlackDeps } from '../deps.ts';
import { showDifference } from './edit-task.ts';

/** The form of a repair was submitted: an answer that cannot be one is pointed out at once. */
export function submitRepair(deps: SlackDeps, view: ViewOutput, data: PrivateData, t: Catalogue): Reply {
  const values = readState(view.state.values);
  if (data.repair === 'line') {
    const line = readValue(values, 'line');
    if (line === '') return errorsAt({ line: issueSentence(t, { field: 'line', code: 'required' }) });
    return working(workingView('checking', data, t), (shown) =>
      repair(deps, shown, data, { field: 'line', value: line }),
    );
  }
  const typed = readValue(values, 'concurrency').normalize('NFKC').trim();
  const max = Math.max(1, (data.current?.concurrency ?? 1) - 1);
  const concurrency = /^\d{1,6}$/.test(typed) ? Number(typed) : 0;
  if (concurrency < 1 || concurrency > max) {
    return errorsAt({ concurrency: issueSentence(t, { field: 'concurrency', code: 'out_of_range', min: 1, max }) });
  }
  const answer = { field: 'concurrency', value: concurrency } as const;
  return working(workingView('checking', data, t), (shown) => repair(deps, shown, data, answer));
}

/** Checks the repair against the task and the lines as they are now, and shows it like any other edit. */
async function repair(deps: SlackDeps, interaction: Interaction, data: PrivateData, answer: Repair): Promise<void> {
  const { task } = await deps.tasks.card(data.taskId ?? '');
  const current = currentLine(task);
  const raw = rawOf(repairedDraft(task, answer, await deps.choices.fresh(current)));
  // A line that was chosen and is no longer usable is pointed out in the whole form, which has it as it was chosen.
  const { repair: _, ...rest } = data;
  await showDifference({ deps, interaction, mode: 'edit', data: { ...rest, alteredAt: task.alteredAt, current }, raw });
}
