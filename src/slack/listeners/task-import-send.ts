import { onSubmit } from '../bolt/listen.ts';
import { working, workingView } from '../bolt/reply.ts';
import type { Register } from '../deps.ts';
import { sendImport } from '../flows/import-numbers.ts';
import { callbackIds } from '../ids.ts';

/** *Import n numbers* beneath the preview. */
export const taskImportSend: Register = (app, deps) =>
  onSubmit(app, deps, callbackIds.sendImport, (view, data, t) =>
    working(workingView('sending_numbers', data, t), (interaction) => sendImport(deps, interaction, data, view)),
  );
