import type { KnownBlock } from '@slack/types';
import type { AppError } from '../../core/errors.ts';
import type { CardData } from '../../core/model/card.ts';
import type { Task } from '../../core/model/task.ts';
import type { PauseScope } from '../../core/tasks/pause-many.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { errorSentence } from '../../i18n/sentences.ts';
import { actionIds, panelId } from '../ids.ts';
import { fitMessage, type MessageBody } from './limits.ts';
import { named, plainName } from './mrkdwn.ts';
import { button, context, present, section } from './parts.ts';
import { scheduleGlyph } from './schedule.ts';
import { scopeText } from './scope.ts';
import { glyphs, warning } from './state.ts';

/** A message names no more paused tasks, and lists no more failures; the others are counted. */
const maxNamed = 30;
const maxFailures = 20;

/** A task that may still be calling. `error`: null where another action is in the way. */
export interface PauseFailure {
  task: Pick<Task, 'id' | 'name'>;
  kind: 'refused' | 'unknown' | 'busy';
  error: AppError | null;
}

export interface PausedManyData {
  /** What was to be paused. */
  scope: PauseScope;
  paused: readonly CardData[];
  failed: readonly PauseFailure[];
  /** The list could not be read meanwhile. */
  isIncomplete: boolean;
  /** How many schedules of these tasks are on hold by that. */
  held: number;
}

/** The reply to a pause of everything of a kind: how many are paused, and each that may still be calling. */
export function pausedManyMessage(
  { scope, paused, failed, isIncomplete, held }: PausedManyData,
  t: Catalogue,
): MessageBody {
  const says = t.pauseMany;
  const what = scope.kind === 'chosen' ? t.selection.chosen : scopeText(scope, t);
  const headline =
    paused.length + failed.length === 0
      ? isIncomplete
        ? `${warning} ${says.noneKnown(what)}`
        : says.none(what)
      : failed.length === 0
        ? `${glyphs.paused} ${says.paused(paused.length)}`
        : `${warning} ${says.partly(paused.length, failed.length)}`;
  const more = failed.length - maxFailures;
  return fitMessage({
    text: headline,
    blocks: present([
      section(headline),
      ...failed.slice(0, maxFailures).map((one) => failureBlock(one, t)),
      more > 0 ? context(says.more(more)) : null,
      paused.length === 0 ? null : context(namesOf(paused, t)),
      held === 0
        ? null
        : section(
            `${scheduleGlyph} ${says.schedules(held)}`,
            button(panelId('schedule'), t.home.allSchedules, 'schedule'),
          ),
      isIncomplete ? context(`${warning} ${says.incomplete}`) : null,
    ]),
  });
}

export function failureBlock({ task, kind, error }: PauseFailure, t: Catalogue): KnownBlock {
  const reason = kind === 'unknown' ? t.unknown.pause : error === null ? t.work.busy : errorSentence(t, error);
  return section(
    `*${named(task.name)}*\n${reason}`,
    button(actionIds.pauseTask, t.buttons.pause, task.id, { spoken: t.aria.pause(plainName(task.name)) }),
  );
}

/** The names of what is paused, the first ones. */
export function namesOf(paused: readonly CardData[], t: Catalogue): string {
  const names = paused.slice(0, maxNamed).map(({ task }) => named(task.name, 40));
  const more = paused.length - names.length;
  return [...names, ...(more > 0 ? [t.pauseMany.more(more)] : [])].join(t.units.separator);
}
