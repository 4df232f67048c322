import { helpMessage } from '../views/help.ts';
import type { Subcommand } from './subcommand.ts';

export const help: Subcommand = async (_deps, { answer, t, command }, rest) => {
  await answer(helpMessage({ command, topic: rest === '' ? null : rest }, t));
};
