import type { CreateResult } from '../../core/tasks/create-once.ts';
import { writeCheck } from '../bolt/check-value.ts';
import { failureText, showOutcome, viewOutcome } from '../bolt/outcome.ts';
import { createdView, unknownView } from '../views/results.ts';
import { checkFresh, type FormSession, orRefilled, refill } from './form-session.ts';

/** Creates the task of a submitted and acknowledged form once, and shows the outcome. */
export async function createFromForm(session: FormSession): Promise<void> {
  const { deps, interaction, data } = session;
  const key = data.key ?? deps.newId();
  const result = await orRefilled(session, async () => {
    const checked = await checkFresh(session);
    if (checked === null) return null;
    const { person, channel } = interaction;
    return deps.tasks.create({ key, draft: checked.draft, person, channel });
  });
  // Another press of the same button is still in progress and will show its outcome in this modal.
  if (result === null || result.kind === 'in_progress') return;
  await showCreated(session, key, result);
}

/** Shows the outcome of a create, immediately or after checking again. */
export async function showCreated(session: FormSession, key: string, result: CreateResult): Promise<void> {
  const { deps, interaction } = session;
  const { t, channel } = interaction;
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
