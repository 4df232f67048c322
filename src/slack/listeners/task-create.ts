import { onSubmit } from '../bolt/listen.ts';
import { working, workingView } from '../bolt/reply.ts';
import type { Register } from '../deps.ts';
import { createFromForm } from '../flows/create-task.ts';
import { checkSubmitted } from '../flows/form-session.ts';
import { callbackIds } from '../ids.ts';

/** The create form. */
export const taskCreate: Register = (app, deps) =>
  onSubmit(app, deps, callbackIds.createTask, (view, data, t) =>
    checkSubmitted(deps, t, { view, data }, (raw) =>
      working(workingView('creating', data, t), (interaction) =>
        createFromForm({ deps, interaction, mode: 'create', data, raw }),
      ),
    ),
  );
