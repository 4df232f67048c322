import { onSubmit } from '../bolt/listen.ts';
import { working, workingView } from '../bolt/reply.ts';
import type { Register } from '../deps.ts';
import { showDifference } from '../flows/edit-task.ts';
import { checkSubmitted } from '../flows/form-session.ts';
import { callbackIds } from '../ids.ts';

/** The edit form: its submission shows what would change. */
export const taskEdit: Register = (app, deps) =>
  onSubmit(app, deps, callbackIds.editTask, (view, data, t) =>
    checkSubmitted(deps, t, { view, data }, (raw) =>
      working(workingView('checking', data, t), (interaction) =>
        showDifference({ deps, interaction, mode: 'edit', data, raw }),
      ),
    ),
  );
