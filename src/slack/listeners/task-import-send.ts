import { onSubmit } from '../bolt/listen.ts';
import { working, workingView } from '../bolt/reply.ts';
import type { Register } from '../deps.ts';
import { changedPreview } from '../flows/import-choices.ts';
import { confirmImport, previewImport, sendImport } from '../flows/import-numbers.ts';
import { launchBehind, launchTask } from '../flows/launch-task.ts';
import { callbackIds } from '../ids.ts';

/** *Import n numbers* beneath the preview; when something was changed in it, the list is read again first. */
export const taskImportSend: Register = (app, deps) =>
  onSubmit(app, deps, callbackIds.sendImport, async (view, data, t, person) => {
    const changed = changedPreview(view, data);
    if (changed !== null) {
      return working(workingView('reading_numbers', data, t), (interaction) =>
        previewImport(deps, interaction, data, changed),
      );
    }
    if (data.draft !== undefined) {
      return working(workingView('creating', data, t), async (interaction) => {
        const launch = launchBehind(deps, interaction, view);
        if (launch !== null) await launchTask(launch, { preview: view, ordered: null });
      });
    }
    const confirmed = await confirmImport(deps, { runId: data.runId, person, place: view.id });
    return working(workingView('sending_numbers', data, t), (interaction) =>
      sendImport(deps, interaction, confirmed, view),
    );
  });
