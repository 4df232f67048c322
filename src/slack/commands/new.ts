import { openForm } from '../flows/open-form.ts';
import { openFormFor } from '../flows/open-form-for.ts';
import { help } from './help.ts';
import type { Subcommand } from './subcommand.ts';

/** Phones and Macs turn two hyphens into a dash. */
const copyOf = /^(?:--|—|–)\s?from(?:\s+(.+))?$/i;

/** `new [name]` opens the create form; `new --from <task>` opens it as a copy. */
export const newTask: Subcommand = async (deps, interaction, rest) => {
  const copy = copyOf.exec(rest);
  if (copy !== null) {
    const ref = copy[1]?.trim() ?? '';
    return ref === '' ? help(deps, interaction, 'new') : openFormFor(deps, interaction, { ref, operation: 'new' });
  }
  await openForm(deps, interaction, { form: 'new', ...(rest === '' ? {} : { name: rest }) });
};
