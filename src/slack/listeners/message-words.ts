import { addressed, readSpoken } from '../bolt/addressed.ts';
import { interact } from '../bolt/interaction.ts';
import { fromMessage } from '../bolt/sources.ts';
import { typedText } from '../bolt/typed.ts';
import { parseCommand } from '../command-words.ts';
import { runInPassing, runWords } from '../commands/run.ts';
import type { Register } from '../deps.ts';
import { filesIn, offerImport } from '../flows/shared-files.ts';

/** The words of a command after a mention of the app, and in its direct messages; a file with them is imported. */
export const messageWords: Register = (app, deps) => {
  for (const type of ['app_mention', 'message'] as const) {
    app.event(type, async ({ body, client, context }) => {
      const said = addressed(body);
      if (said === null) return;
      context.taken = true;
      const { words, isInPassing } = readSpoken(said.text, context.botUserId ?? null);
      const files = filesIn(said.files);
      const parsed = parseCommand(typedText(words));
      const name = 'name' in parsed ? parsed.name : 'unknown';
      await interact(deps, `message ${name}`, fromMessage(said, isInPassing ? null : words, client), (interaction) => {
        if (files.length > 0 && (said.isDirect || name === 'panel' || name === 'import')) {
          const ref = 'name' in parsed && name === 'import' ? parsed.rest : '';
          return offerImport(deps, interaction, { files, ref });
        }
        return isInPassing ? runInPassing(deps, interaction, words) : runWords(deps, interaction, words);
      });
    });
  }
};
