import type { ChannelRef } from '../../core/model/address.ts';
import type { CreateResult } from '../../core/tasks/create-once.ts';
import { writeCheck } from '../bolt/check-value.ts';
import { failureText, showOutcome, viewOutcome } from '../bolt/outcome.ts';
import { createdView, unknownView } from '../views/results.ts';
import { landingOf } from './channel-of.ts';
import { checkFresh, type FormSession, orRefilled, refill, uploadedIn } from './form-session.ts';
import { importOutcome } from './report-import.ts';

/** Creates the task of a submitted and acknowledged form once, and shows the outcome. */
export async function createFromForm(session: FormSession): Promise<void> {
  const { deps, interaction, data } = session;
  const key = data.key ?? deps.newId();
  let channel = interaction.channel;
  const result = await orRefilled(session, async () => {
    await keepSubmitted(session, key);
    const checked = await checkFresh(session);
    if (checked === null) return null;
    const { person } = interaction;
    await deps.forms.remember(person, session.raw, checked.choices);
    // The channel then watches the task: a card that could not be posted there goes to the person.
    channel = await landingOf(interaction);
    return deps.tasks.create({ key, draft: checked.draft, person, channel });
  });
  // Another press of the same button is still in progress and will show its outcome in this modal.
  if (result === null || result.kind === 'in_progress') return;
  await showCreated(session, key, result, channel);
}

/** What was submitted is kept until a task has come of it. */
export async function keepSubmitted(
  { deps, interaction, data, raw, numbers }: FormSession,
  key: string,
): Promise<void> {
  const { channel } = data;
  await deps.forms.keep({
    key,
    person: interaction.person,
    channel,
    raw,
    file: numbers === undefined ? null : uploadedIn(numbers),
    task: null,
  });
}

/** Shows the outcome of a create, at once or after checking again. `channel` watches the task. */
export async function showCreated(
  session: FormSession,
  key: string,
  result: CreateResult,
  channel: ChannelRef = session.interaction.channel,
): Promise<void> {
  const { deps, interaction, data } = session;
  const { t } = interaction;
  switch (result.kind) {
    case 'created': {
      const { card, already } = result;
      // Numbers that waited for the task go their way.
      const [run] = await deps.imports.runs(card.task.id);
      if (run?.run.facts.creation?.key === key) {
        await showOutcome(deps, interaction, importOutcome(deps, run, t));
        return;
      }
      await showOutcome(deps, interaction, viewOutcome(createdView({ card, channel, already }, t)));
      return;
    }
    case 'refused':
      return refill(session, { alert: failureText(deps, t, result.error, 'create') });
    case 'not_created':
      await deps.imports.abandon({ key, person: interaction.person });
      return refill(session, { alert: t.unknown.notCreated });
    case 'unknown':
    case 'in_progress': {
      const waits = data.draft === undefined ? [] : [t.launch.waits];
      const reason = result.kind === 'unknown' ? failureText(deps, t, result.error, 'create') : t.work.busy;
      const text = [reason, ...waits].join('\n');
      const checkValue = writeCheck({ of: 'create', key, channel });
      await showOutcome(deps, interaction, viewOutcome(unknownView({ kind: 'create', text, checkValue }, t)));
    }
  }
}
