import { toAppError } from '../../core/errors.ts';
import type { Register } from '../deps.ts';
import { keepClosed } from '../flows/keep-form.ts';
import { callbackIds } from '../ids.ts';

/** What was typed into a create form outlives closing it. */
export const formClosed: Register = (app, deps) => {
  app.view({ type: 'view_closed', callback_id: callbackIds.createTask }, async ({ body, view, context }) => {
    context.taken = true;
    try {
      await keepClosed(deps, body.user.id, view);
    } catch (error) {
      deps.log.warn('a closed form could not be kept', { code: toAppError(error).code });
    }
  });
};
