import { findCommand } from '../command-words.ts';
import { exampleNames } from '../flows/example-names.ts';
import { helpMessage, thingsIn } from '../views/help.ts';
import type { Subcommand } from './subcommand.ts';

/** `help [command]`; what its examples name is there, so that they work as they are printed. */
export const help: Subcommand = async (deps, interaction, rest) => {
  const { answer, t, command } = interaction;
  const name = findCommand(rest);
  const names = name === null ? {} : await exampleNames(deps, interaction, thingsIn(name, t));
  await answer(helpMessage({ command, topic: rest === '' ? null : rest, names }, t));
};
