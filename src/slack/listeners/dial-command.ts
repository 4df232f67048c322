import { interact } from '../bolt/interaction.ts';
import { fromCommand } from '../bolt/sources.ts';
import { typedText } from '../bolt/typed.ts';
import { parseCommand } from '../command-words.ts';
import { runWords } from '../commands/run.ts';
import type { Register } from '../deps.ts';

/** The slash command with all its words. */
export const dialCommand: Register = (app, deps) => {
  app.command(deps.command, async ({ command, client, context, respond }) => {
    context.taken = true;
    const raw = command.text ?? '';
    const parsed = parseCommand(typedText(raw));
    const where = `command ${'name' in parsed ? parsed.name : 'unknown'}`;
    await interact(deps, where, fromCommand(command, client, respond), (interaction) =>
      runWords(deps, interaction, raw),
    );
  });
};
