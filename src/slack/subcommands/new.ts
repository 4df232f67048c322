import { lookUp } from '../flows/find-task.ts';
import { openForm } from '../flows/open-form.ts';
import { noSuchTaskMessage, pickerMessage } from '../views/answers.ts';
import type { Subcommand } from './subcommand.ts';

/** `new [name]` opens the create form; `new --from <task> [name is kept]` opens it as a copy. */
export const newTask: Subcommand = async (deps, interaction, rest) => {
  const copy = /^--from\s+(.+)$/.exec(rest);
  if (copy === null) {
    await openForm(deps, interaction, { form: 'new', ...(rest === '' ? {} : { name: rest }) });
    return;
  }
  const ref = copy[1] ?? '';
  const found = await lookUp(deps, interaction.person, ref);
  const { t } = interaction;
  if (found.kind === 'one') {
    await openForm(deps, interaction, { form: 'new', from: found.task.id });
  } else if (found.kind === 'many') {
    await interaction.answer(pickerMessage({ t, operation: 'new', tasks: found.tasks }));
  } else {
    await interaction.answer(noSuchTaskMessage({ t, ref, suggestions: found.suggestions, operation: 'new' }));
  }
};
