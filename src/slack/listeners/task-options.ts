import type { Register } from '../deps.ts';
import { cardsAtHand } from '../flows/find-task.ts';
import { suggestTasks } from '../views/imports.ts';

/** Type-ahead over the tasks, in the import form of an account with more than a hundred. */
export const taskOptions: Register = (app, deps) => {
  app.options<'block_suggestion'>(
    { type: 'block_suggestion', action_id: 'task' },
    async ({ ack, payload, body, client }) => {
      const t = await deps.catalogueFor(body.user.id, client);
      const tasks = (cardsAtHand(deps) ?? []).map((card) => card.task);
      await ack({ options: suggestTasks({ t, tasks, query: payload.value }) });
    },
  );
};
