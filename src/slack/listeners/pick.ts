import { z } from 'zod';
import { onAction } from '../bolt/listen.ts';
import { readValue } from '../bolt/read-value.ts';
import type { Mention } from '../bolt/typed-target.ts';
import { commandNames } from '../command-words.ts';
import { subcommands } from '../commands/table.ts';
import type { Register } from '../deps.ts';
import { openForm } from '../flows/open-form.ts';
import { actionFamilies } from '../ids.ts';

const choice = z.object({ op: z.enum(commandNames), id: z.string(), to: z.string().optional() });

/** A button of the picker, shown when several tasks match what was typed. */
export const pick: Register = (app, deps) =>
  onAction(app, deps, actionFamilies.pick, async (interaction, { value }) => {
    const { op, id, to } = readValue(choice, value);
    if (op === 'new') return openForm(deps, interaction, { form: 'new', from: id });
    const mention = mentionOf(to, interaction.person);
    await subcommands[op](deps, interaction, id, { ref: id, mention });
  });

function mentionOf(to: string | undefined, person: string): Mention {
  if (to === undefined) return { kind: 'none' };
  return to === person ? { kind: 'me' } : { kind: 'channel', id: to };
}
