import { askWhich } from '../flows/ask-which.ts';
import { openForm } from '../flows/open-form.ts';
import { openFormFor } from '../flows/open-form-for.ts';
import type { Subcommand } from './subcommand.ts';

export const edit: Subcommand = (deps, interaction, rest) =>
  rest === '' ? askWhich(deps, interaction, 'edit') : openFormFor(deps, interaction, { ref: rest, operation: 'edit' });

export const remove: Subcommand = (deps, interaction, rest) =>
  rest === ''
    ? askWhich(deps, interaction, 'delete')
    : openFormFor(deps, interaction, { ref: rest, operation: 'delete' });

/** Without a task, the form asks for one. */
export const importNumbers: Subcommand = (deps, interaction, rest) =>
  rest === ''
    ? openForm(deps, interaction, { form: 'import' })
    : openFormFor(deps, interaction, { ref: rest, operation: 'import' });
