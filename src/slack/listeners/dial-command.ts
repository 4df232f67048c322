import { interact } from '../bolt/interaction.ts';
import { fromCommand } from '../bolt/sources.ts';
import { typedText } from '../bolt/typed.ts';
import { parseCommand } from '../command-words.ts';
import { subcommands } from '../commands/table.ts';
import type { Register } from '../deps.ts';
import { unknownCommandMessage } from '../views/answers.ts';

/** The slash command with all its words. */
export const dialCommand: Register = (app, deps) => {
  app.command(deps.command, async ({ ack, command, client, respond }) => {
    await ack();
    const parsed = parseCommand(typedText(command.text));
    const where = `command ${'name' in parsed ? parsed.name : 'unknown'}`;
    await interact(deps, where, fromCommand(command, client, respond), async (interaction) => {
      if ('name' in parsed) {
        await subcommands[parsed.name](deps, interaction, parsed.rest);
        return;
      }
      const { t } = interaction;
      await interaction.answer(
        unknownCommandMessage({ command: deps.command, word: parsed.unknown, suggestion: parsed.suggestion }, t),
      );
    });
  });
};
