import type { ChannelRef } from '../../core/model/address.ts';
import type { CreateResult } from '../../core/tasks/create-once.ts';
import { writeCheck } from '../bolt/check-value.ts';
import { failureText, showOutcome, viewOutcome } from '../bolt/outcome.ts';
import { createdView, unknownView } from '../views/results.ts';
import { landingOf } from './channel-of.ts';
import { checkFresh, type FormSession, orRefilled, refill } from './form-session.ts';

/** Creates the task of a submitted and acknowledged form once, and shows the outcome. */
export async function createFromForm(session: FormSession): Promise<void> {
  const { deps, interaction, data } = session;
  const key = data.key ?? deps.newId();
  let channel = interaction.channel;
  const result = await orRefilled(session, async () => {
    const checked = await checkFresh(session);
    if (checked === null) return null;
    const { person } = interaction;
    // The channel then watches the task: a card that could not be posted there goes to the person.
    channel = await landingOf(interaction);
    return deps.tasks.create({ key, draft: checked.draft, person, channel });
  });
  // Another press of the same button is still in progress and will show its outcome in this modal.
  if (result === null || result.kind === 'in_progress') return;
  await showCreated(session, key, result, channel);
}

/** Shows the outcome of a create, at once or after checking again. `channel` watches the task. */
export async function showCreated(
  session: FormSession,
  key: string,
  result: CreateResult,
  channel: ChannelRef = session.interaction.channel,
): Promise<void> {
  const { deps, interaction } = session;
  const { t } = interaction;
  switch (result.kind) {
    case 'created': {
      const { card, already } = result;
      await showOutcome(deps, interaction, viewOutcome(createdView({ card, channel, already }, t)));
      return;
    }
    case 'refused':
      return refill(session, { alert: failureText(deps, t, result.error, 'create') });
    case 'not_created':
      return refill(session, { alert: t.unknown.notCreated });
    case 'unknown':
    case 'in_progress': {
      const text = result.kind === 'unknown' ? failureText(deps, t, result.error, 'create') : t.work.busy;
      const checkValue = writeCheck({ of: 'create', key, channel });
      await showOutcome(deps, interaction, viewOutcome(unknownView({ kind: 'create', text, checkValue }, t)));
    }
  }
}
