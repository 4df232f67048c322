import { onSubmit } from '../bolt/listen.ts';
import { errorsAt, working, workingView } from '../bolt/reply.ts';
import type { Register } from '../deps.ts';
import { deleteFromForm, nameTyped } from '../flows/delete-task.ts';
import { callbackIds, inputIds } from '../ids.ts';

/** The delete form: the name must be typed exactly as it is shown. */
export const taskDelete: Register = (app, deps) =>
  onSubmit(app, deps, callbackIds.deleteTask, (view, data, t) =>
    nameTyped(view, data)
      ? working(workingView('deleting', data, t), (interaction) => deleteFromForm(deps, interaction, data))
      : errorsAt({ [inputIds.confirmName]: t.deletion.mismatch }),
  );
