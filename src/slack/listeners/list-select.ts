import { maxStartedAtOnce } from '../../core/tasks/start-many.ts';
import { onAction, onSubmit } from '../bolt/listen.ts';
import { readPrivateData } from '../bolt/private-data.ts';
import { errorsAt, working, workingView } from '../bolt/reply.ts';
import type { Register } from '../deps.ts';
import { pauseSelected, selectedIn, selectTasks, startSelected } from '../flows/select-tasks.ts';
import { actionIds, callbackIds } from '../ids.ts';
import { readListRequest } from '../views/list-request.ts';

/** Choosing several tasks of a list, and what is done with them. */
export const listSelect: Register = (app, deps) => {
  onAction(app, deps, actionIds.selectTasks, (interaction, { value }) =>
    selectTasks(deps, interaction, readListRequest(value)),
  );
  onAction(app, deps, actionIds.selectAll, (interaction, { value, body }) => {
    const { list = '' } = readPrivateData(body.view?.private_metadata ?? '');
    return selectTasks(deps, interaction, readListRequest(list), { chosen: value === 'all' ? 'all' : 'none' });
  });
  onAction(app, deps, actionIds.pauseSelected, (interaction, { body: { view } }) =>
    pauseSelected(deps, interaction, {
      data: readPrivateData(view?.private_metadata ?? ''),
      taskIds: selectedIn(view),
    }),
  );
  onSubmit(app, deps, callbackIds.selectTasks, (view, data, t) => {
    const taskIds = selectedIn(view);
    const [first = ''] = Object.keys(view.state.values);
    if (taskIds.length === 0) return errorsAt({ [first]: t.selection.nothing });
    if (taskIds.length > maxStartedAtOnce) return errorsAt({ [first]: t.selection.tooMany(maxStartedAtOnce) });
    return working(workingView('selecting', data, t), (interaction) =>
      startSelected(deps, interaction, { data, taskIds }),
    );
  });
};
