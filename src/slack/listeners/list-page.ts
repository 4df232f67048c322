import type { BlockAction } from '@slack/bolt';
import { cardFilters } from '../../core/tasks/filter.ts';
import type { ListRequest } from '../../core/tasks/finder.ts';
import { listSorts } from '../../core/tasks/sort.ts';
import { onAction } from '../bolt/listen.ts';
import type { Register } from '../deps.ts';
import { showList } from '../flows/show-list.ts';
import { actionFamilies, actionIds } from '../ids.ts';
import { readListRequest, requestInBlock } from '../views/list-request.ts';

/** Pages, filters and orders of a list. */
export const listPage: Register = (app, deps) =>
  onAction(app, deps, actionFamilies.list, (interaction, { value, body }) =>
    showList(deps, interaction, askedBy(value, body)),
  );

/** A button carries the whole of what it asks for, a menu only what was chosen in it: the rest is in its block. */
function askedBy(value: string, { actions: [pressed] }: BlockAction): ListRequest {
  const before = requestInBlock(pressed?.block_id ?? '');
  switch (pressed?.action_id) {
    case actionIds.filterList:
      return { ...before, filter: cardFilters.find((filter) => filter === value) ?? null };
    case actionIds.sortList:
      return { ...before, sort: listSorts.find((sort) => sort === value) ?? 'usual' };
    default:
      return readListRequest(value);
  }
}
