import { askToResume, stopEverything } from '../flows/stop.ts';
import { start } from './start-pause.ts';
import type { Subcommand } from './subcommand.ts';

/** Whatever follows the word: nobody who wants everything to stop is asked what they mean. */
export const panic: Subcommand = (deps, interaction) => stopEverything(deps, interaction);

/** `resume` alone ends the emergency stop; `resume 3` is a start. */
export const resume: Subcommand = async (deps, interaction, rest) => {
  if (rest === '') return askToResume(deps, interaction);
  await start(deps, interaction, rest);
};
