import type { KnownBlock, ModalView } from '@slack/types';
import type { Task } from '../../core/model/task.ts';
import { confirmationOf } from '../../core/tasks/confirmation.ts';
import { oneLine } from '../../core/text/printable.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { actionIds, callbackIds, inputIds } from '../ids.ts';
import { fitView } from './limits.ts';
import { named, plainName } from './mrkdwn.ts';
import { actions, button, context, plain, present, section } from './parts.ts';
import { refusal, warning } from './state.ts';

/** Deletion asks for the typed name; a running task is refused, with a button to pause it. */
export function deleteView(
  { task, privateMetadata }: { task: Task; privateMetadata: string },
  t: Catalogue,
): ModalView {
  const common = {
    type: 'modal',
    callback_id: callbackIds.deleteTask,
    title: plain(t.titles.delete),
    private_metadata: privateMetadata,
  } as const;
  if (task.started) {
    return fitView({
      ...common,
      close: plain(t.buttons.close),
      blocks: [
        section(`${refusal} ${t.deletion.running(named(task.name))}`),
        actions('task', [
          button(actionIds.pauseTask, t.buttons.pause, task.id, {
            style: 'primary',
            spoken: t.aria.pause(plainName(task.name)),
          }),
        ]),
      ],
    });
  }
  const { progress } = task;
  const typed = confirmationOf(task);
  const whole = oneLine(task.name) === typed;
  // Plain text and unmasked: this is what must be typed, and may be copied.
  const toType: KnownBlock = { type: 'section', text: plain(typed) };
  return fitView({
    ...common,
    submit: plain(t.buttons.delete),
    close: plain(t.buttons.cancel),
    blocks: present([
      section(`${warning} ${t.deletion.question}`),
      whole ? toType : section(`*${named(task.name, 150)}*`),
      progress === null || progress.total === 0
        ? null
        : context(t.deletion.numbers(Math.max(0, progress.total - progress.done), progress.total)),
      whole ? null : toType,
      {
        type: 'input',
        block_id: inputIds.confirmName,
        label: plain(whole ? t.deletion.confirmLabel : t.deletion.confirmPart),
        element: { type: 'plain_text_input', action_id: inputIds.confirmName },
      },
    ]),
  });
}
