import { z } from 'zod';
import { cardFilters } from '../../core/tasks/filter.ts';
import { onAction } from '../bolt/listen.ts';
import { readValue } from '../bolt/read-value.ts';
import { showList } from '../commands/list.ts';
import type { Register } from '../deps.ts';
import { actionFamilies } from '../ids.ts';

const listRequest = z.object({
  page: z.number().int().min(1).catch(1),
  filter: z.enum(cardFilters).nullable().catch(null),
  text: z.string().catch(''),
});

/** Pages and filters of a list. */
export const listPage: Register = (app, deps) =>
  onAction(app, deps, actionFamilies.list, (interaction, { value }) =>
    showList(deps, interaction, readValue(listRequest, value)),
  );
