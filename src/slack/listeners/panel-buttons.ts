import { onAction } from '../bolt/listen.ts';
import { subcommands } from '../commands/table.ts';
import type { Register } from '../deps.ts';

/** The buttons of the panel do what the words do. */
export const panelButtons: Register = (app, deps) =>
  onAction(app, deps, /^panel_(new|import|list)$/, async (interaction, { actionId }) => {
    const word = actionId.slice('panel_'.length);
    if (word === 'new' || word === 'import' || word === 'list') await subcommands[word](deps, interaction, '');
  });
