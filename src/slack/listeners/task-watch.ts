import { interact } from '../bolt/interaction.ts';
import { onSubmit } from '../bolt/listen.ts';
import { readState, readValue } from '../bolt/read-form.ts';
import { errorsAt, working, workingView } from '../bolt/reply.ts';
import { fromShortcut } from '../bolt/sources.ts';
import type { Register } from '../deps.ts';
import { askWhatToWatch, watchHere } from '../flows/watch-here.ts';
import { callbackIds, inputIds, shortcutIds } from '../ids.ts';

/** *Watch a task here* in the menu of a message: a form asks which task. */
export const taskWatch: Register = (app, deps) => {
  app.shortcut(
    { type: 'message_action', callback_id: shortcutIds.watchHere },
    async ({ shortcut, client, context, respond }) => {
      context.taken = true;
      await interact(deps, 'shortcut watch', fromShortcut(shortcut, client, respond), (interaction) =>
        askWhatToWatch(deps, interaction, shortcut.message.text ?? ''),
      );
    },
  );
  onSubmit(app, deps, callbackIds.watchTask, (view, data, t) => {
    const taskId = readValue(readState(view.state.values), inputIds.task);
    if (taskId === '') return errorsAt({ [inputIds.task]: t.work.chooseTask });
    return working(workingView('watching', data, t), (interaction) => watchHere(deps, interaction, data, taskId));
  });
};
