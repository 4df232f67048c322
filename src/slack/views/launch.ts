import type { KnownBlock } from '@slack/types';
import type { FurtherOrder } from '../../core/imports/preview.ts';
import type { ImportRun } from '../../core/model/import-run.ts';
import type { Task } from '../../core/model/task.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { errorSentence } from '../../i18n/sentences.ts';
import { actionIds } from '../ids.ts';
import { orderButton } from './import-order.ts';
import { writeJson } from './json-value.ts';
import { channelLink, named } from './mrkdwn.ts';
import { actions, button, present, section } from './parts.ts';
import { aboutToDo, findingText } from './start.ts';
import { glyphs, refusal, warning } from './state.ts';

/** On the preview of a launch: what is about to be done, what speaks for and against the start, and its button. */
export function launchBlocks(further: FurtherOrder, task: Task, t: Catalogue): KnownBlock[] {
  const { judged, calls, asOf } = further;
  if (judged === null) return [];
  const { preflight, bar, estimate } = judged;
  const filled: Task = { ...task, progress: { total: calls, done: 0, source: 'progress_bar' } };
  const items = preflight.items.map((item) => findingText(item, { card: { task: filled }, preflight }, t));
  const isRefused = preflight.level === 'red' || bar !== null;
  const verdict = [
    ...(isRefused ? [`${refusal} ${t.launch.refused}`] : [t.importOrder.offers.launch(calls)]),
    ...(bar === null ? [] : [errorSentence(t, bar)]),
    ...items,
    ...(isRefused || items.length > 0 ? [] : [`${glyphs.finished} ${t.launch.clear}`]),
  ];
  const accepted = preflight.items.map(({ code }) => code);
  return present([
    aboutToDo({ task: filled, updatedAt: 0 }, estimate, t),
    section(verdict.join('\n')),
    isRefused
      ? null
      : actions('import_order', [
          orderButton(
            further,
            {
              label: t.launch.button,
              value: { order: further.order, agreed: calls, asOf, accepted },
              style: 'primary',
            },
            t,
          ),
        ]),
  ]);
}

/** The first step of a launch, on its result: the task, or that there is none; null for an import alone. */
export function creationBlock({ taskId, taskName, facts }: CreatedRun, t: Catalogue): KnownBlock | null {
  const { creation } = facts;
  if (creation === null) return null;
  const name = named(taskName);
  if (taskId !== '')
    return section(
      `${glyphs.finished} ${t.units.sentences([t.launch.created(name), t.results.cardIn(channelLink(creation.channel, t))])}`,
    );
  return section(`${warning} ${t.launch.withoutTask(name)}`);
}

type CreatedRun = Pick<ImportRun, 'taskId' | 'taskName' | 'facts'>;

/** The way back to the form of a task that was not created. */
export function formAgainButton({ facts }: CreatedRun, t: Catalogue) {
  const kept = facts.creation?.key ?? '';
  return button(actionIds.openForm, t.buttons.openForm, writeJson({ form: 'new', kept }), { style: 'primary' });
}
