import { onAction } from '../bolt/listen.ts';
import { subcommands } from '../commands/table.ts';
import type { Register } from '../deps.ts';
import { panelId, panelWords } from '../ids.ts';

/** The buttons of the panel do the same as the commands. */
export const panelButtons: Register = (app, deps) => {
  for (const word of panelWords) {
    onAction(app, deps, panelId(word), (interaction) => subcommands[word](deps, interaction, ''));
  }
};
