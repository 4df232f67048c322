import { onAction } from '../bolt/listen.ts';
import { runWords } from '../commands/run.ts';
import type { Register } from '../deps.ts';
import { actionFamilies } from '../ids.ts';

/** A button that runs the words of a command: what was most likely meant, or said within a sentence. */
export const wordsRun: Register = (app, deps) =>
  onAction(app, deps, actionFamilies.runWords, (interaction, { value }) => runWords(deps, interaction, value));
