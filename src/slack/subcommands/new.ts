import { openForm } from '../flows/open-form.ts';
import { openFormFor } from '../flows/open-form-for.ts';
import type { Subcommand } from './subcommand.ts';

/** `new [name]` opens the create form; `new --from <task>` opens it as a copy. */
export const newTask: Subcommand = async (deps, interaction, rest) => {
  const copied = /^--from\s+(.+)$/.exec(rest)?.[1];
  if (copied !== undefined) return openFormFor(deps, interaction, copied, 'new');
  await openForm(deps, interaction, { form: 'new', ...(rest === '' ? {} : { name: rest }) });
};
