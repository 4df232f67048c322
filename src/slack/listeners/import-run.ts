import { onAction } from '../bolt/listen.ts';
import type { Register } from '../deps.ts';
import { decideOnImport } from '../flows/import-runs.ts';
import { actionFamilies } from '../ids.ts';

/** *Resume*, *End import* and the like of an import run. */
export const importRun: Register = (app, deps) =>
  onAction(app, deps, actionFamilies.importRun, (interaction, { value }) => decideOnImport(deps, interaction, value), {
    inPlace: 'private',
  });
