import { onAction } from '../bolt/listen.ts';
import type { Register } from '../deps.ts';
import { importElsewhere as flow } from '../flows/shared-files.ts';
import { actionIds } from '../ids.ts';

/** *Another task* on the preview of an import. */
export const importElsewhere: Register = (app, deps) =>
  onAction(app, deps, actionIds.importElsewhere, async (interaction, { value, body: { view } }) => {
    if (view !== undefined) await flow(deps, interaction, { preview: view, value });
  });
