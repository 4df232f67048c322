import type { KnownBlock } from '@slack/types';
import type { CardData } from '../../core/model/card.ts';
import type { ActionResult, StartResult } from '../../core/tasks/actions.ts';
import { cardHash } from '../../core/watch/card.ts';
import { writeCheck } from '../bolt/check-value.ts';
import { type Interaction, noteFailure } from '../bolt/interaction.ts';
import type { PressedCard } from '../bolt/sources.ts';
import type { SlackDeps } from '../deps.ts';
import { errorMessage, textMessage } from '../views/answers.ts';
import { cardMessage } from '../views/card.ts';
import { fitMessage, type MessageBody } from '../views/limits.ts';
import { unknownView } from '../views/results.ts';
import { askStartMessage, pausedMessage, startedMessage } from '../views/start.ts';
import { failureText } from './failures.ts';

/** Starts a task for a person: says what stands against it, asks where it must, and shows the outcome. */
export async function startTask(
  deps: SlackDeps,
  interaction: Interaction,
  taskId: string,
  options: { sure: boolean; pressed: PressedCard | null },
): Promise<void> {
  const result = await deps.tasks.start({ taskId, person: interaction.person, sure: options.sure });
  await tell(deps, interaction, taskId, result, options.pressed, 'start');
}

/** Pauses a task for a person, at once. */
export async function pauseTask(
  deps: SlackDeps,
  interaction: Interaction,
  taskId: string,
  pressed: PressedCard | null,
): Promise<void> {
  const result = await deps.tasks.pause({ taskId, person: interaction.person });
  await tell(deps, interaction, taskId, result, pressed, 'pause');
}

async function tell(
  deps: SlackDeps,
  interaction: Interaction,
  taskId: string,
  result: StartResult | ActionResult,
  pressed: PressedCard | null,
  action: 'start' | 'pause',
): Promise<void> {
  if (result.kind === 'done' && pressed !== null) {
    // The card itself shows the outcome: nobody is told of their own action twice.
    if (await editPressedCard(deps, interaction, pressed, result.card)) return;
  }
  const body = wordsFor(deps, interaction, taskId, result, action);
  // A question asked from a card must leave the card where it is.
  await (pressed === null ? interaction.replace(body) : interaction.answer(body));
  if (result.kind === 'stopped' && pressed !== null) await editPressedCard(deps, interaction, pressed, result.card);
}

function wordsFor(
  deps: SlackDeps,
  { t }: Interaction,
  taskId: string,
  result: StartResult | ActionResult,
  action: 'start' | 'pause',
): MessageBody {
  switch (result.kind) {
    case 'done':
      return action === 'start' ? startedMessage(result.card, t) : pausedMessage(result.card, t);
    case 'ask':
    case 'stopped':
      return askStartMessage(result, t);
    case 'busy':
      return textMessage(t.work.busy);
    case 'overtaken':
      return textMessage(t.work.overtaken);
    case 'unknown': {
      const text = failureText(t, noteFailure(deps, result.error, `task ${action}`));
      const view = unknownView({ kind: action, text, checkValue: writeCheck({ of: action, taskId }) }, t);
      return fitMessage({ text: t.unknown[action], blocks: view.blocks as KnownBlock[] });
    }
    case 'refused':
      return errorMessage(noteFailure(deps, result.error, `task ${action}`), t);
  }
}

/**
 * Edits the pressed card at once, and remembers what it shows so that the poll need not edit it again. False when Slack
 * did not take the edit: the card may be gone, or nobody may be following it any more.
 */
export async function editPressedCard(
  deps: SlackDeps,
  interaction: Interaction,
  { channel, ts }: PressedCard,
  card: CardData,
): Promise<boolean> {
  try {
    await interaction.client.chat.update({ channel, ts, ...cardMessage(card, deps.common) });
  } catch (error) {
    noteFailure(deps, error, 'card edit');
    return false;
  }
  try {
    const watch = (await deps.store.watches()).find(
      (candidate) => candidate.channel === channel && candidate.cardRef === ts,
    );
    if (watch !== undefined) await deps.store.updateWatch(watch.id, { cardHash: cardHash(card) });
  } catch (error) {
    // The next poll edits it once more.
    noteFailure(deps, error, 'card edit');
  }
  return true;
}
