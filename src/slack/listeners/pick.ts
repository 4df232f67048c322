import { z } from 'zod';
import { onAction } from '../bolt/listen.ts';
import { readValue } from '../bolt/read-value.ts';
import type { Mention } from '../bolt/typed-target.ts';
import { type CommandName, commandNames } from '../command-words.ts';
import { startAsking } from '../commands/start-pause.ts';
import { subcommands } from '../commands/table.ts';
import type { Register } from '../deps.ts';
import { openForm } from '../flows/open-form.ts';
import { actionFamilies } from '../ids.ts';

const choice = z.object({
  op: z.enum(commandNames),
  id: z.string(),
  to: z.string().optional(),
  /** What was typed besides the task that was not clear. */
  rest: z.string().optional(),
  asks: z.boolean().optional(),
});

/** A button of the picker, shown when several tasks match what was typed. */
export const pick: Register = (app, deps) =>
  onAction(app, deps, actionFamilies.pick, async (interaction, { value }) => {
    const { op, id, to, rest, asks = false } = readValue(choice, value);
    if (op === 'new') return openForm(deps, interaction, { form: 'new', from: id, ...(rest && { name: rest }) });
    const mention = mentionOf(to, interaction.person);
    const ref = withRest(op, id, rest);
    const run = op === 'start' && asks ? startAsking : subcommands[op];
    await run(deps, interaction, ref, { ref, mention });
  });

/** The words of the command, with the task that was chosen in the place of the one that was not clear. */
function withRest(op: CommandName, id: string, rest = ''): string {
  return (op === 'report' ? [rest, id] : [id, rest]).filter((part) => part !== '').join(' ');
}

function mentionOf(to: string | undefined, person: string): Mention {
  if (to === undefined) return { kind: 'none' };
  return to === person ? { kind: 'me' } : { kind: 'channel', id: to };
}
