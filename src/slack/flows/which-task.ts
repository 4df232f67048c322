import type { ChannelRef, PersonRef } from '../../core/model/address.ts';
import type { Task } from '../../core/model/task.ts';
import type { Found } from '../../core/tasks/find.ts';
import { wholeList } from '../../core/tasks/finder.ts';
import type { Catalogue } from '../../i18n/en.ts';
import type { Interaction } from '../bolt/interaction.ts';
import type { CommandName } from '../command-words.ts';
import type { SlackDeps } from '../deps.ts';
import { noSuchTaskMessage, pickerMessage } from '../views/answers.ts';
import type { MessageBody } from '../views/limits.ts';
import { named } from '../views/mrkdwn.ts';
import { showList } from './show-list.ts';

/** As much of a reference as is repeated. */
const shownRef = 60;

/** A reference to a task as typed by a person, and the command they typed it for. */
export interface TypedRef {
  ref: string;
  operation: CommandName;
  /** Where it is to happen, of a command that names a channel. */
  channel?: ChannelRef;
  /** What was typed besides: a period, other tasks, the name of a copy. */
  rest?: string;
  /** It asks before it does anything. */
  asks?: boolean;
}

/**
 * What a reference means. Where the platform does not answer, the last poll has to do, whatever its age (`isOut`). Throws
 * what keeps the platform from being read where that knows no such task.
 */
export async function findAnyway(
  { finder }: Pick<SlackDeps, 'finder'>,
  person: PersonRef,
  ref: string,
): Promise<{ found: Found; isOut: boolean }> {
  try {
    return { found: await finder.find(person, ref), isOut: false };
  } catch (thrown) {
    const found = await finder.findKnown(person, ref);
    if (found.kind === 'none') throw thrown;
    return { found, isOut: true };
  }
}

/** The task a person named. When the name matches none or several, the person has been answered and this is null. */
export async function taskNamed(deps: SlackDeps, interaction: Interaction, typed: TypedRef): Promise<Task | null> {
  return oneOrAsk(deps, interaction, typed, await deps.finder.find(interaction.person, typed.ref));
}

/** The one task that was found; otherwise the person is asked which one they mean, and this is null. */
export async function oneOrAsk(
  deps: SlackDeps,
  interaction: Interaction,
  typed: TypedRef,
  found: Found,
): Promise<Task | null> {
  if (found.kind === 'one') return found.task;
  if (found.kind === 'none' && found.unlisted) {
    await showList(deps, interaction, wholeList, interaction.t.work.noList(named(typed.ref, shownRef)));
    return null;
  }
  await interaction.answer(whichTask(deps, found, typed, interaction.t));
  return null;
}

/** Several tasks to choose from, or, when none matches, the likeliest ones. */
export function whichTask(
  { finder }: Pick<SlackDeps, 'finder'>,
  found: Exclude<Found, { kind: 'one' }>,
  { ref, ...typed }: TypedRef,
  t: Catalogue,
): MessageBody {
  return found.kind === 'many'
    ? pickerMessage({ ...typed, cards: finder.cardsOf(found.tasks) }, t)
    : noSuchTaskMessage({ ...typed, ref, suggestions: finder.cardsOf(found.suggestions) }, t);
}
