import { taskNamed } from '../flows/find-task.ts';
import { openForm } from '../flows/open-form.ts';
import { help } from './help.ts';
import type { Subcommand } from './subcommand.ts';

export const edit: Subcommand = async (deps, interaction, rest) => {
  if (rest === '') return help(deps, interaction, 'edit');
  const task = await taskNamed(deps, interaction, rest, 'edit');
  if (task !== null) await openForm(deps, interaction, { form: 'edit', task: task.id });
};

export const remove: Subcommand = async (deps, interaction, rest) => {
  if (rest === '') return help(deps, interaction, 'delete');
  const task = await taskNamed(deps, interaction, rest, 'delete');
  if (task !== null) await openForm(deps, interaction, { form: 'delete', task: task.id });
};

/** Without a task, the form asks for one. */
export const importNumbers: Subcommand = async (deps, interaction, rest) => {
  if (rest === '') return openForm(deps, interaction, { form: 'import' });
  const task = await taskNamed(deps, interaction, rest, 'import');
  if (task !== null) await openForm(deps, interaction, { form: 'import', task: task.id });
};
