import { toAppError } from '../../core/errors.ts';
import { readPrivateData } from '../bolt/private-data.ts';
import type { Register } from '../deps.ts';
import { callbackIds } from '../ids.ts';

/** Closing a preview discards it, and its numbers with it. */
export const importClosed: Register = (app, deps) => {
  app.view({ type: 'view_closed', callback_id: callbackIds.sendImport }, async ({ body, context }) => {
    context.taken = true;
    try {
      const { runId } = readPrivateData(body.view.private_metadata);
      if (runId !== undefined) await deps.imports.discard({ runId, person: body.user.id });
    } catch (error) {
      deps.log.warn('a closed preview could not be discarded', { code: toAppError(error).code });
    }
  });
};
