import { interact } from '../bolt/interaction.ts';
import { fromCommand } from '../bolt/sources.ts';
import { typedText } from '../bolt/typed.ts';
import { readTarget } from '../bolt/typed-target.ts';
import { parseCommand } from '../command-words.ts';
import { subcommands } from '../commands/table.ts';
import type { Register } from '../deps.ts';
import { unknownCommandMessage } from '../views/answers.ts';

/** The slash command with all its words. */
export const dialCommand: Register = (app, deps) => {
  app.command(deps.command, async ({ command, client, context, respond }) => {
    context.taken = true;
    const given = command.text ?? '';
    const parsed = parseCommand(typedText(given));
    const where = `command ${'name' in parsed ? parsed.name : 'unknown'}`;
    await interact(deps, where, fromCommand(command, client, respond), async (interaction) => {
      if ('name' in parsed) {
        await subcommands[parsed.name](deps, interaction, parsed.rest, readTarget(afterFirstWord(given)));
        return;
      }
      const { t } = interaction;
      await interaction.answer(
        unknownCommandMessage({ command: deps.command, word: parsed.unknown, suggestion: parsed.suggestion }, t),
      );
    });
  });
};

/** What follows the command word, as Slack delivered it. */
const afterFirstWord = (text: string): string => text.trim().replace(/^\S+/, '').trim();
