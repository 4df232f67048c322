import { helpMessage } from '../views/help.ts';
import type { Subcommand } from './subcommand.ts';

export const help: Subcommand = async (deps, { answer, t }, rest) => {
  await answer(helpMessage({ command: deps.command, topic: rest === '' ? null : rest }, t));
};
