import type { Task } from '../../core/model/task.ts';
import type { Register } from '../deps.ts';
import { cardsAtHand } from '../flows/find-task.ts';
import { inTime } from '../flows/in-time.ts';
import { inputIds } from '../ids.ts';
import { suggestTasks } from '../views/imports.ts';

/** Type-ahead over the tasks, in the import form of an account with more than a hundred. */
export const taskOptions: Register = (app, deps) => {
  app.options<'block_suggestion'>(
    { type: 'block_suggestion', action_id: inputIds.task },
    async ({ ack, payload, body, client }) => {
      const t = await deps.catalogueFor(body.user.id, client);
      const known = deps.board.all().filter((reading) => reading.state !== 'gone');
      // Better the tasks of an old reading than an empty menu, in which nothing could be chosen.
      const cards: readonly { task: Task }[] =
        cardsAtHand(deps) ?? (await inTime<readonly { task: Task }[]>(deps, deps.tasks.cards(), known));
      const tasks = cards.map(({ task }) => task);
      await ack({ options: suggestTasks({ tasks, query: payload.value }, t) });
    },
  );
};
