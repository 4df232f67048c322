import { readHours } from '../../core/quiet/read-hours.ts';
import { onSubmit } from '../bolt/listen.ts';
import { readState, readValue } from '../bolt/read-form.ts';
import { errorsAt, working, workingView } from '../bolt/reply.ts';
import type { Register } from '../deps.ts';
import { saveHours } from '../flows/quiet-hours.ts';
import { callbackIds, inputIds } from '../ids.ts';
import { hoursIssueText } from '../views/quiet-hours.ts';

/** The form for the hours of a group: hours that are not clear are shown at the field. */
export const quietHoursSave: Register = (app, deps) =>
  onSubmit(app, deps, callbackIds.saveHours, (view, data, t) => {
    const typed = readValue(readState(view.state.values), inputIds.hours);
    const given = readHours(typed);
    if (given.kind === 'issue') return errorsAt({ [inputIds.hours]: hoursIssueText(given.issue, t) });
    return working(workingView('saving_hours', data, t), (interaction) =>
      saveHours(deps, interaction, data, { given, typed }),
    );
  });
