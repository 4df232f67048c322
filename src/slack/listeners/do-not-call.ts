import { onSubmit } from '../bolt/listen.ts';
import { errorsAt, working, workingView } from '../bolt/reply.ts';
import type { Register } from '../deps.ts';
import { changeDoNotCall, readDoNotCallForm } from '../flows/do-not-call.ts';
import { callbackIds } from '../ids.ts';

/** The form of `dnc import`. */
export const doNotCall: Register = (app, deps) =>
  onSubmit(app, deps, callbackIds.doNotCall, (view, data, t) => {
    const read = readDoNotCallForm(view.state.values, t);
    if ('errors' in read) return errorsAt(read.errors);
    return working(workingView('reading_numbers', data, t), (interaction) => {
      const { person, client } = interaction;
      const { text, file } = read;
      const given = file === null ? { text } : { file: deps.download({ id: file, person, shown: false }, client) };
      return changeDoNotCall(deps, interaction, { verb: 'add', given });
    });
  });
