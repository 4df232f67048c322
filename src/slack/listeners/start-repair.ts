import type { Choices } from '../../core/tasks/choices.ts';
import { onAction } from '../bolt/listen.ts';
import { onQuery } from '../bolt/suggest.ts';
import type { Register } from '../deps.ts';
import { readRepair, repairStart, taskInBlock } from '../flows/repair-start.ts';
import { actionFamilies, repairId } from '../ids.ts';
import { suggestOptions } from '../views/forms.ts';
import { matching } from '../views/menus.ts';
import { repairEntries } from '../views/start-repairs.ts';

/** The menus and buttons beneath a preflight that repair what it found, and the type-ahead of long menus. */
export const startRepair: Register = (app, deps) => {
  onAction(
    app,
    deps,
    actionFamilies.repair,
    (interaction, { value, body }) => {
      const [action] = body.actions;
      const pressed = { actionId: action?.action_id ?? '', blockId: action?.block_id ?? '', value };
      return repairStart(deps, interaction, readRepair(pressed));
    },
    { inPlace: 'private' },
  );
  for (const field of ['line', 'script', 'redial_rule', 'agent_group'] as const) {
    onQuery<{ choices: Choices | null; blockId: string }>(app, deps, repairId(field), {
      atHand({ blockId }) {
        const choices = deps.choices.last();
        return choices === null ? null : { choices, blockId };
      },
      read: async ({ blockId }) => ({ choices: await deps.choices.fresh(), blockId }),
      atLast: ({ blockId }) => ({ choices: null, blockId }),
      options({ choices, blockId }, query, t) {
        if (choices === null) return [];
        const task = taskInBlock(deps, field, blockId);
        return task === null
          ? suggestOptions({ field, choices, query }, t)
          : matching(repairEntries(field, { task, choices }, t), query);
      },
    });
  }
};
