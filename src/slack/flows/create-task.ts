import type { RawDraft } from '../../core/model/fields.ts';
import type { CreateResult } from '../../core/tasks/create-once.ts';
import { writeCheck } from '../bolt/check-value.ts';
import { type Interaction, noteFailure } from '../bolt/interaction.ts';
import { carrying, type PrivateData } from '../bolt/private-data.ts';
import type { SlackDeps } from '../deps.ts';
import { createdView, unknownView } from '../views/results.ts';
import { failureText } from './failures.ts';
import { showOutcome } from './show-outcome.ts';
import { checkFresh, choicesAtHand, orRefilled, refill } from './task-form.ts';

/** The form is submitted and acknowledged: creates the task once, and shows what became of it. */
export async function createFromForm(
  deps: SlackDeps,
  interaction: Interaction,
  data: PrivateData,
  raw: RawDraft,
): Promise<void> {
  const key = data.key ?? deps.newId();
  const result = await orRefilled(deps, interaction, 'create', data, raw, async () => {
    const checked = await checkFresh(deps, interaction, 'create', data, raw);
    if (checked === null) return null;
    const { person, channel } = interaction;
    return deps.tasks.create({ key, draft: checked.draft, person, channel });
  });
  // Another press of the same button is still at it, and will show its outcome in this modal.
  if (result === null || result.kind === 'in_progress') return;
  await showCreated(deps, interaction, data, key, raw, result);
}

/** Shows the outcome of a create, at once or after checking again. */
export async function showCreated(
  deps: SlackDeps,
  interaction: Interaction,
  data: PrivateData,
  key: string,
  raw: RawDraft,
  result: CreateResult,
): Promise<void> {
  const { t, channel } = interaction;
  switch (result.kind) {
    case 'created': {
      const view = createdView({ card: result.card, channel, already: result.already }, t);
      await showOutcome(deps, interaction, carrying(view, { channel }));
      return;
    }
    case 'refused': {
      const choices = choicesAtHand(deps, data);
      const alert = failureText(t, noteFailure(deps, result.error, 'create'));
      await refill(deps, interaction, 'create', data, raw, { choices, issues: [], alert });
      return;
    }
    case 'unknown':
    case 'in_progress': {
      const text = result.kind === 'unknown' ? failureText(t, noteFailure(deps, result.error, 'create')) : t.work.busy;
      const checkValue = writeCheck({ of: 'create', key, channel });
      await showOutcome(deps, interaction, carrying(unknownView({ kind: 'create', text, checkValue }, t), { channel }));
    }
  }
}
