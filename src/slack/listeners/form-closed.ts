import { toAppError } from '../../core/errors.ts';
import type { Register } from '../deps.ts';
import { keepClosed, keptCallbacks } from '../flows/keep-form.ts';

/** What was typed into a form of a task outlives closing it. */
export const formClosed: Register = (app, deps) => {
  for (const id of keptCallbacks) {
    app.view({ type: 'view_closed', callback_id: id }, async ({ body, view, context }) => {
      context.taken = true;
      try {
        await keepClosed(deps, body.user.id, view);
      } catch (error) {
        deps.log.warn('a closed form could not be kept', { code: toAppError(error).code });
      }
    });
  }
};
