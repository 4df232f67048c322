import { onSubmit } from '../bolt/listen.ts';
import { working, workingView } from '../bolt/reply.ts';
import type { Register } from '../deps.ts';
import { saveEdit } from '../flows/edit-task.ts';
import { callbackIds } from '../ids.ts';

/** *Save* beneath the difference between old and new. */
export const taskEditSave: Register = (app, deps) =>
  onSubmit(app, deps, callbackIds.saveEdit, (_view, data, t) =>
    working(workingView('saving', data, t), (interaction) => saveEdit({ deps, interaction, data })),
  );
