import { onSubmit } from '../bolt/listen.ts';
import { errorsAt, working, workingView } from '../bolt/reply.ts';
import type { Register } from '../deps.ts';
import { createFromForm } from '../flows/create-task.ts';
import { checkSubmitted, numbersGiven } from '../flows/form-session.ts';
import { previewLaunch } from '../flows/launch-task.ts';
import { callbackIds, inputIds } from '../ids.ts';

/** The create form. With numbers, its submission shows what would be created and sent. */
export const taskCreate: Register = (app, deps) =>
  onSubmit(app, deps, callbackIds.createTask, (view, data, t) =>
    checkSubmitted(deps, t, { view, data }, (raw, draft) => {
      const numbers = numbersGiven(view.state.values, data);
      const { text, file } = numbers;
      if (text !== '' && file !== null) return errorsAt({ [inputIds.numbers]: t.work.bothGiven });
      const isLaunch = text !== '' || file !== null;
      return working(workingView(isLaunch ? 'reading_numbers' : 'creating', data, t), (interaction) => {
        const session = { deps, interaction, mode: 'create' as const, data, raw, numbers };
        return isLaunch ? previewLaunch(session, draft) : createFromForm(session);
      });
    }),
  );
