import type { KnownBlock, ModalView } from '@slack/types';
import type { Task } from '../../core/model/task.ts';
import type { Choices } from '../../core/tasks/choices.ts';
import { lowerConcurrency, otherLines } from '../../core/tasks/repairs.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { callbackIds } from '../ids.ts';
import { fitView } from './limits.ts';
import { menu, menuEntries } from './menus.ts';
import { named } from './mrkdwn.ts';
import { context, plain, section } from './parts.ts';

export interface RepairForm {
  kind: 'line' | 'concurrency';
  task: Task;
  choices: Choices;
  privateMetadata: string;
}

/** A form with one question about a task that is on. Its answer is shown as old → new before it is saved. */
export function repairView({ kind, task, choices, privateMetadata }: RepairForm, t: Catalogue): ModalView {
  const blocks = kind === 'line' ? lineBlocks(task, choices, t) : concurrencyBlocks(task, t);
  const asks = blocks.some(({ type }) => type === 'input');
  return fitView({
    type: 'modal',
    callback_id: callbackIds.repairTask,
    title: plain(t.titles[kind]),
    close: plain(asks ? t.buttons.cancel : t.buttons.close),
    ...(asks && { submit: plain(t.buttons.review) }),
    private_metadata: privateMetadata,
    blocks,
  });
}

function lineBlocks(task: Task, choices: Choices, t: Catalogue): KnownBlock[] {
  const says = t.alerts.forms;
  const lines = otherLines(task, choices);
  const entries = menuEntries({ field: 'line', choices: { ...choices, line: lines } }, t);
  if (entries.length === 0) return [section(says.noLine(named(task.name)))];
  const { label, placeholder } = t.fields.line;
  return [
    section(says.line(named(task.name), named(task.line.name ?? task.line.id))),
    {
      type: 'input',
      block_id: 'line',
      label: plain(label),
      element: menu({ actionId: 'line', placeholder, entries, selected: '' }),
    },
    context(says.running),
  ];
}

function concurrencyBlocks(task: Task, t: Catalogue): KnownBlock[] {
  const says = t.alerts.forms;
  const suggested = lowerConcurrency(task);
  if (suggested === null) return [section(says.lowest(named(task.name)))];
  const calls = t.units.calls(task.concurrency);
  return [
    section(says.concurrency(named(task.name), calls, named(task.line.name ?? task.line.id))),
    {
      type: 'input',
      block_id: 'concurrency',
      label: plain(t.fields.concurrency.label),
      element: {
        type: 'number_input',
        is_decimal_allowed: false,
        action_id: 'concurrency',
        initial_value: String(suggested),
      },
    },
    context(says.running),
  ];
}
