import { z } from 'zod';
import { onAction } from '../bolt/listen.ts';
import { showLines } from '../commands/lines.ts';
import type { Register } from '../deps.ts';
import { actionFamilies, actionIds } from '../ids.ts';
import { readJson } from '../views/json-value.ts';

const asked = z.object({ page: z.number().int().min(1).catch(1), text: z.string().max(200).catch('') });

/** Pages of the board of lines, and the tasks of one of them. */
export const lineBoard: Register = (app, deps) => {
  onAction(app, deps, actionFamilies.lines, (interaction, { value }) =>
    showLines(deps, interaction, asked.parse(readJson(value))),
  );
  onAction(app, deps, actionIds.showLine, (interaction, { value }) =>
    showLines(deps, interaction, { page: 1, text: value }),
  );
};
