import { interact } from '../bolt/interaction.ts';
import { fromShortcut } from '../bolt/sources.ts';
import type { Register } from '../deps.ts';
import { filesIn, importFiles } from '../flows/shared-files.ts';
import { shortcutIds } from '../ids.ts';
import { textMessage } from '../views/answers.ts';

/** *Import this file* in the menu of a message. */
export const fileImport: Register = (app, deps) => {
  app.shortcut(
    { type: 'message_action', callback_id: shortcutIds.importFile },
    async ({ shortcut, client, context, respond }) => {
      context.taken = true;
      await interact(deps, 'shortcut import', fromShortcut(shortcut, client, respond), async (interaction) => {
        const files = filesIn(shortcut.message.files);
        if (files.length > 0) await importFiles(deps, interaction, files);
        else await interaction.answer(textMessage(interaction.t.imports.noFileHere));
      });
    },
  );
};
