import type { CardData } from '../../core/model/card.ts';
import { inListOrder } from '../../core/tasks/filter.ts';
import { onQuery } from '../bolt/suggest.ts';
import type { Register } from '../deps.ts';
import { inputIds } from '../ids.ts';
import { suggestTasks } from '../views/task-menu.ts';

/** Type-ahead over the tasks, in the forms that ask for one, of an account with more than a hundred. */
export const taskOptions: Register = (app, deps) =>
  onQuery<readonly CardData[]>(app, deps, inputIds.task, {
    atHand: () => deps.finder.atHand()?.cards ?? null,
    read: () => deps.tasks.cards(),
    // Outdated tasks are better than an empty menu in which nothing can be chosen.
    atLast: () => deps.finder.known(),
    options: (cards, query, t) => suggestTasks({ cards: inListOrder(cards), query }, t),
  });
