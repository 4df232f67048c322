import type { SlackDeps } from '../deps.ts';
import { type Interaction, noteFailure, type ShownView } from '../interaction.ts';
import { carrying, writePrivateData } from '../private-data.ts';
import { unknownView } from '../views/results.ts';
import { askStartView, startedView } from '../views/start.ts';
import { problemView } from '../views/waiting.ts';
import { writeCheck } from './check-value.ts';
import { failureText } from './failures.ts';

/** *Start* in a result view: question and outcome stand in the same modal. */
export async function startFromModal(
  deps: SlackDeps,
  { t, person, channel }: Interaction,
  view: ShownView,
  taskId: string,
  sure: boolean,
): Promise<void> {
  const privateMetadata = writePrivateData({ channel });
  const problem = (text: string) =>
    view.update(problemView({ t, title: t.titles.start, text, retry: null, privateMetadata }));
  const result = await deps.tasks.start({ taskId, person, sure });
  switch (result.kind) {
    case 'done':
      await view.update(carrying(startedView({ t, card: result.card }), { channel }));
      return;
    case 'ask':
    case 'stopped':
      await view.update(carrying(askStartView({ t, card: result.card, preflight: result.preflight }), { channel }));
      return;
    case 'busy':
      await problem(t.work.busy);
      return;
    case 'overtaken':
      await problem(t.work.overtaken);
      return;
    case 'refused':
      await problem(failureText(t, noteFailure(deps, result.error, 'task start')));
      return;
    case 'unknown': {
      const text = failureText(t, noteFailure(deps, result.error, 'task start'));
      const checkValue = writeCheck({ of: 'start', taskId });
      await view.update(carrying(unknownView({ t, kind: 'start', text, checkValue }), { channel }));
    }
  }
}
