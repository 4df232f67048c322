import type { LineStanding } from '../../core/lines/standing.ts';
import { onSubmit } from '../bolt/listen.ts';
import { onQuery, type Query } from '../bolt/suggest.ts';
import type { Register, SlackDeps } from '../deps.ts';
import { submitMove } from '../flows/move-concurrency.ts';
import { callbackIds, inputIds } from '../ids.ts';
import { suggestMoves } from '../views/move.ts';

/** The form that moves concurrency, and the type-ahead of its menus on a line with more than a hundred tasks. */
export const moveConcurrency: Register = (app, deps) => {
  onSubmit(app, deps, callbackIds.moveConcurrency, (view, data, t) => submitMove(deps, view, data, t));
  for (const id of [inputIds.moveFrom, inputIds.moveTo]) {
    onQuery<LineStanding | null>(app, deps, id, {
      atHand: (query) => lineOf(deps, query),
      read: async (query) => lineOf(deps, query),
      atLast: () => null,
      options: (line, query, t) => suggestMoves({ line, gives: id === inputIds.moveFrom, query }, t),
    });
  }
};

function lineOf({ lines }: Pick<SlackDeps, 'lines'>, { data }: Query): LineStanding | null {
  return lines.atHand().lines.find(({ id }) => id === data.line) ?? null;
}
