import type { CardData } from '../../core/model/card.ts';
import { currentLine } from '../../core/tasks/choices.ts';
import type { ActionResult, StartResult } from '../../core/tasks/requests.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { writeCheck } from '../bolt/check-value.ts';
import { type Interaction, noteFailure } from '../bolt/interaction.ts';
import {
  failureText,
  messageOutcome,
  type Outcome,
  problemOutcome,
  showOutcome,
  viewOutcome,
  withReference,
} from '../bolt/outcome.ts';
import { type PrivateData, writePrivateData } from '../bolt/private-data.ts';
import { workingView } from '../bolt/reply.ts';
import type { PressedCard } from '../bolt/sources.ts';
import type { SlackDeps } from '../deps.ts';
import { errorMessage } from '../views/answers.ts';
import { deleteView } from '../views/delete.ts';
import { unknownView } from '../views/results.ts';
import { askStartMessage, heldMessage, pausedMessage, startedMessage } from '../views/start.ts';
import { progressOnCard } from './progress-on-card.ts';

/** A start or a pause requested by a person. */
export interface Act {
  verb: 'start' | 'pause';
  taskId: string;
  /** The warnings that the person was shown: codes of the preflight. */
  accepted?: readonly string[];
  /** How many numbers they have agreed to call; null where that was not known. */
  agreed?: number | null;
  /** What the gate of starts said when they were asked (`StartGate`); null when nobody asked. */
  asOf?: number | null;
  /** Asks before a start in any case. */
  confirm?: boolean;
  /** The public card whose button was pressed. */
  pressed?: PressedCard | null;
  /** The data of the modal in which it was requested. */
  data?: PrivateData;
  /** Where it was pressed, the task is shown as it is then: nothing is said of what was done. */
  showsItself?: boolean;
  /** Shows what was done; everything else is said beside what was pressed. */
  done?: (card: CardData) => Promise<void>;
  /** That modal is the form of a deletion, which continues once the task is paused. */
  deleting?: boolean;
}

/** Starts or pauses a task for a person, and shows the outcome where they asked. */
export async function actOnTask(deps: SlackDeps, interaction: Interaction, act: Act): Promise<void> {
  const { person, channel } = interaction;
  const { taskId, verb, accepted = [], agreed = null, asOf = null, confirm = false, pressed = null } = act;
  if (interaction.view !== null) await sayInProgress(deps, interaction, act);
  const onCard = pressed === null ? null : progressOnCard(deps, interaction, { verb, taskId, pressed });
  let result: StartResult | ActionResult;
  try {
    result =
      verb === 'start'
        ? await deps.tasks.start({ taskId, person, channel, accepted, agreed, asOf, confirm })
        : await deps.tasks.pause({ taskId, person, channel });
  } catch (thrown) {
    await onCard?.end(null);
    throw thrown;
  }
  if (act.showsItself && result.kind === 'done') return;
  if (act.done !== undefined) {
    if (result.kind === 'done') return act.done(result.card);
    return interaction.answer(outcomeOf(deps, interaction.t, act, result).message);
  }
  if (onCard === null) return void (await showOutcome(deps, interaction, outcomeOf(deps, interaction.t, act, result)));

  const shown = await onCard.end(result.kind === 'done' || result.kind === 'stopped' ? result.card : null);
  // The card itself shows the outcome: no one is notified of their own action twice.
  if (result.kind === 'done' && shown) return;
  // A question asked from a card must leave the card where it is.
  await interaction.answer(outcomeOf(deps, interaction.t, act, result).message);
}

/** A modal that cannot be updated must not keep a pause from being sent. */
async function sayInProgress(deps: SlackDeps, { t, view, channel }: Interaction, { verb, data }: Act): Promise<void> {
  try {
    await view?.update(workingView(verb === 'start' ? 'starting' : 'pausing', data ?? { channel }, t));
  } catch (thrown) {
    if (verb === 'start') throw thrown;
    noteFailure(deps, thrown, 'task pause');
  }
}

/** What came of a start or a pause, in words and with the next steps. */
export function outcomeOf(deps: SlackDeps, t: Catalogue, act: Act, result: StartResult | ActionResult): Outcome {
  const { verb, taskId, data } = act;
  const where = `task ${verb}`;
  const title = verb === 'start' ? t.titles.start : t.titles.problem;
  const retry = verb === 'pause' ? (data?.request ?? null) : null;
  switch (result.kind) {
    case 'done':
      return doneOutcome(act, result.card, t);
    case 'ask':
    case 'stopped': {
      // The preflight has just read them, if they could be read.
      const choices = deps.choices.last(currentLine(result.card.task));
      return messageOutcome(t.titles.start, askStartMessage({ ...result, choices }, t), t);
    }
    case 'busy':
    case 'overtaken': {
      const text = t.work[result.kind];
      const message = heldMessage({ kind: result.kind, taskId, text }, t);
      return problemOutcome({ title, text, retry }, message, t);
    }
    case 'unknown': {
      const text = failureText(deps, t, result.error, where);
      const view = unknownView({ kind: verb, text, checkValue: writeCheck({ of: verb, taskId }) }, t);
      const { message } = viewOutcome(view);
      return { view, message: { ...message, text: t.unknown[verb] } };
    }
    case 'refused': {
      const failure = noteFailure(deps, result.error, where);
      return problemOutcome({ title, text: withReference(failure, t), retry }, errorMessage(failure, t), t);
    }
  }
}

function doneOutcome({ verb, data, deleting }: Act, card: CardData, t: Catalogue): Outcome {
  if (verb === 'start') return messageOutcome(t.titles.start, startedMessage(card, t), t);
  const message = pausedMessage(card, t);
  if (!deleting || data === undefined) return messageOutcome(t.states.paused, message, t);
  return viewOutcome(deleteView({ task: card.task, privateMetadata: writePrivateData(data) }, t), message);
}
