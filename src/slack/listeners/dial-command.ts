import { interact } from '../bolt/interaction.ts';
import { fromCommand } from '../bolt/sources.ts';
import { readTarget, unescapeTyped } from '../bolt/typed-target.ts';
import { parseCommand } from '../command-words.ts';
import { subcommands } from '../commands/table.ts';
import type { Register } from '../deps.ts';
import { unknownCommandMessage } from '../views/answers.ts';

/** The slash command with all its words. */
export const dialCommand: Register = (app, deps) => {
  app.command(deps.command, async ({ command, client, respond }) => {
    const parsed = parseCommand(command.text ?? '');
    const where = `command ${'name' in parsed ? parsed.name : 'unknown'}`;
    await interact(deps, where, fromCommand(command, client, respond), async (interaction) => {
      if ('name' in parsed) {
        await subcommands[parsed.name](deps, interaction, unescapeTyped(parsed.rest), readTarget(parsed.rest));
        return;
      }
      const { t } = interaction;
      await interaction.answer(
        unknownCommandMessage(
          { command: deps.command, word: unescapeTyped(parsed.unknown), suggestion: parsed.suggestion },
          t,
        ),
      );
    });
  });
};
