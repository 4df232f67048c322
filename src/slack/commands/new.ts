import type { Interaction } from '../bolt/interaction.ts';
import type { SlackDeps } from '../deps.ts';
import { openForm } from '../flows/open-form.ts';
import { openFormFor } from '../flows/open-form-for.ts';
import { help } from './help.ts';
import type { Subcommand } from './subcommand.ts';

/** Phones and Macs turn two hyphens into a dash. */
const from = /(?:^|\s)(?:--|—|–)\s?from(?:[\s=:：]|$)/i;

/** As much of a typed name as the form is opened with: more than a name may have, so that its field says so. */
const maxNameLength = 255;

/** `new [name]` opens the create form; with `--from <task>` before or behind the name, as a copy of that task. */
export const newTask: Subcommand = async (deps, interaction, rest) => {
  const flag = from.exec(rest);
  if (flag === null) {
    return openForm(deps, interaction, { form: 'new', ...(rest === '' ? {} : { name: rest.slice(0, maxNameLength) }) });
  }
  const name = rest.slice(0, flag.index).trim();
  const behind = rest.slice(flag.index + flag[0].length).trim();
  const copy = name === '' ? await splitName(deps, interaction, behind) : { ref: behind, name };
  if (copy.ref === '') return help(deps, interaction, 'new');
  await openFormFor(deps, interaction, { ref: copy.ref, name: copy.name.slice(0, maxNameLength), operation: 'new' });
};

interface Copy {
  ref: string;
  /** The name of the new task; '' where none was given. */
  name: string;
}

/** The longest reference of one word, or between quotes. */
const first = /^("[^"]*"|'[^']*'|“[^”]*”|「[^」]*」|\S+)\s+(\S[\s\S]*)$/;

/** `--from 3 Autumn`: the task, then the name, unless all of it is a task. */
async function splitName({ finder }: SlackDeps, { person }: Interaction, text: string): Promise<Copy> {
  const whole = { ref: text, name: '' };
  const [, ref = '', name = ''] = first.exec(text) ?? [];
  if (ref === '' || (await finder.findAtHand(person, text))?.kind !== 'none') return whole;
  return (await finder.findAtHand(person, ref))?.kind === 'one' ? { ref, name } : whole;
}
