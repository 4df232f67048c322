import type { ListToRead } from '../../core/imports/read.ts';
import type { Catalogue } from '../../i18n/en.ts';
import type { Interaction } from '../bolt/interaction.ts';
import { showOutcome, viewOutcome } from '../bolt/outcome.ts';
import { readFile, readState, readValue } from '../bolt/read-form.ts';
import type { SlackDeps } from '../deps.ts';
import { inputIds } from '../ids.ts';
import { textMessage } from '../views/answers.ts';
import { doNotCallText } from '../views/do-not-call.ts';
import { messageView } from '../views/message-view.ts';

interface Change {
  verb: 'add' | 'remove';
  given: ListToRead;
}

/** Adds numbers to the do-not-call list or removes them, and says how many. The numbers themselves are not repeated. */
export async function changeDoNotCall(
  deps: SlackDeps,
  interaction: Interaction,
  { verb, given }: Change,
): Promise<void> {
  const { person, t } = interaction;
  const change = await deps.doNotCall[verb]({ person, given });
  const message = textMessage(doNotCallText(verb, change, t));
  const view = messageView({ title: t.titles.do_not_call, blocks: message.blocks }, t);
  await showOutcome(deps, interaction, viewOutcome(view, message));
}

/** The submitted form, or what is missing, by field. */
export function readDoNotCallForm(
  values: unknown,
  t: Catalogue,
): { text: string; file: string | null } | { errors: Record<string, string> } {
  const state = readState(values);
  const text = readValue(state, inputIds.numbers).trim();
  const file = readFile(state, inputIds.file)?.id ?? null;
  if (text === '' && file === null) return { errors: { [inputIds.numbers]: t.work.nothingGiven } };
  if (text !== '' && file !== null) return { errors: { [inputIds.numbers]: t.work.bothGiven } };
  return { text, file };
}
