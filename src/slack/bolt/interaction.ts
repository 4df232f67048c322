import { randomBytes, randomUUID } from 'node:crypto';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { type AppError, mayPass, toAppError } from '../../core/errors.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { isSlackError, spentTrigger, toSlackFailure } from '../api/errors.ts';
import type { SlackDeps } from '../deps.ts';
import { errorMessage, formByButtonMessage, openFormMessage, textMessage } from '../views/answers.ts';
import type { MessageBody } from '../views/limits.ts';
import { messageView } from '../views/message-view.ts';
import { appName } from '../views/parts.ts';
import { type Otherwise, postPrivately, type Recipient, type Replaceable } from './answer.ts';
import { carrying } from './private-data.ts';
import { runnable } from './typed.ts';

/** A view that is on a person's screen and can be replaced. */
export interface ShownView {
  id: string;
  /** Replaces what is shown. A view the person has closed meanwhile is not an error: returns false. */
  update(view: ModalView): Promise<boolean>;
  /**
   * Replaces what is shown if that is still the view with this `hash`: of two presses in one view, the second finds
   * it `changed`.
   */
  replace(view: ModalView, hash: string): Promise<'shown' | 'closed' | 'changed'>;
}

/** One person doing one thing: a command, a press, a submission. Everything a listener needs to answer them. */
export interface Interaction {
  person: string;
  /** Where it happened; the person's own id when there is no channel (then answers go to their DM). */
  channel: string;
  t: Catalogue;
  client: WebClient;
  /** What stands before the words of a command here: the slash command, or nothing where people write to the app. */
  command: string;
  /** Whether `show` may open a form: nothing comes with a message by which one could be opened. */
  opensForms: boolean;
  /** The modal in which it happened, or which was opened for it. */
  view: ShownView | null;
  /** Sends a message that only this person sees. */
  answer(body: MessageBody): Promise<void>;
  /**
   * Replaces the answer whose button was pressed; elsewhere the same as `answer`. `otherwise`: what is shown instead where
   * its blocks are refused, and in a modal.
   */
  replace(body: MessageBody, otherwise?: Otherwise): Promise<void>;
  /**
   * Opens a modal, or replaces the one this happened in. null when there was no trigger for it, or Slack no longer
   * accepted it: the person then gets a private message with a button that opens the form (`reopen` is its value; null
   * where there is none).
   */
  show(view: ModalView, reopen: string | null): Promise<ShownView | null>;
}

export interface Source extends Recipient {
  /** null for a message, which comes without one. */
  triggerId: string | null;
  viewId: string | null;
  /** The words of a command, as Slack delivered them, to be tried again when something fails. */
  words: string | null;
  /** The answer whose button was pressed. */
  pressedAnswer: Replaceable | null;
  /**
   * The app's Home, where nothing can be posted: what comes of a press there opens as a modal. Or such a modal, in which
   * the next answer takes the place of the last one.
   */
  surface: 'home' | 'answer' | null;
  /**
   * Where it says that work is in progress: in a private message, which Slack lets nobody delete (a slash command's
   * response_url, and that of a card, replace nothing they have posted); instead of the private message that was
   * pressed and that the answer then replaces; or the flow itself says it.
   */
  signOfLife: 'message' | 'replaces' | 'flow';
}

/** After this long without an answer, the person is notified that work is in progress, ms. */
export const signOfLifeAfterMs = 1_500;

export function shownView(client: WebClient, id: string): ShownView {
  return {
    id,
    async update(view) {
      try {
        await client.views.update({ view_id: id, view });
        return true;
      } catch (error) {
        if (isSlackError(error, ['not_found', 'view_not_found'])) return false;
        throw toSlackFailure(error);
      }
    },
    async replace(view, hash) {
      try {
        await client.views.update({ view_id: id, hash, view });
        return 'shown';
      } catch (error) {
        if (isSlackError(error, ['hash_conflict'])) return 'changed';
        if (isSlackError(error, ['not_found', 'view_not_found'])) return 'closed';
        throw toSlackFailure(error);
      }
    },
  };
}

/**
 * The modal that did open although its opening got no response. Throws the `failure` of the opening when it did not.
 */
async function openedAfterAll(
  client: WebClient,
  view: ModalView & { external_id: string },
  failure: AppError,
): Promise<ShownView> {
  if (failure.details.maybeSent !== true) throw failure;
  try {
    const found = await client.views.update({ external_id: view.external_id, view });
    return shownView(client, found.view?.id ?? '');
  } catch {
    throw failure;
  }
}

/**
 * A reference that a person can quote and that the log has: eight hexadecimal digits, every other one a letter, as the
 * log masks whatever looks like a phone number.
 */
const newReference = (): string =>
  [...randomBytes(4)].map((byte) => `${(byte & 15).toString(16)}${'abcdef'.charAt((byte >> 4) % 6)}`).join('');

/** Logs what went wrong under a fresh reference; the sentence for the person is made by the caller. */
export function noteFailure(
  deps: Pick<SlackDeps, 'log'>,
  thrown: unknown,
  where: string,
): { error: AppError; reference: string } {
  const error = toAppError(thrown);
  const reference = newReference();
  const cause = error.cause instanceof Error ? error.cause.message : undefined;
  deps.log.error('an interaction failed', { reference, where, code: error.code, reason: error.message, cause });
  return { error, reference };
}

/**
 * Runs one interaction: shows the person a sign of life when it takes long, and an error message when it fails. Never
 * throws: Slack has already been acknowledged, so only we can still report the failure.
 */
export async function interact(
  deps: SlackDeps,
  where: string,
  source: Source,
  act: (interaction: Interaction) => Promise<void>,
): Promise<void> {
  const { client, person, triggerId, thread } = source;
  const t = await deps.catalogueFor(person, client);
  let answered = false;
  let replaced = false;
  /** The sign of life, where it is a message that the answer can take the place of. */
  let note: Promise<string | null> = Promise.resolve(null);

  const post = async (
    body: MessageBody,
    over: Replaceable | null,
    otherwise: Otherwise | null = null,
  ): Promise<void> => {
    if (source.surface !== null && (await showAnswer(otherwise?.body() ?? body))) return;
    const ts = over === null && source.isDirect ? await note : null;
    note = Promise.resolve(null);
    await postPrivately(deps, where, source, { ...body, over: ts === null ? over : { ts }, otherwise });
  };

  /** An answer on Home, in a modal; false when that is not possible any more: it is sent as a message then. */
  const showAnswer = async ({ blocks }: MessageBody): Promise<boolean> => {
    const data = { channel: person, answer: true };
    const view = carrying(messageView({ title: appName, blocks }, t), data);
    try {
      if (interaction.view !== null) return await interaction.view.update(view);
      if (triggerId === null) return false;
      const opened = await client.views.open({ trigger_id: triggerId, view });
      interaction.view = shownView(client, opened.view?.id ?? '');
      return true;
    } catch (error) {
      deps.log.info('an answer could not be shown in a modal', { where, reason: toAppError(error).message });
      return false;
    }
  };

  const interaction: Interaction = {
    person,
    channel: source.channel ?? person,
    t,
    client,
    // Slack takes no slash command in a thread.
    command: triggerId === null || thread !== null ? '' : deps.command,
    opensForms: triggerId !== null,
    view: source.viewId === null ? null : shownView(client, source.viewId),
    async answer(body) {
      answered = true;
      await post(body, null);
    },
    async replace(body, otherwise) {
      answered = true;
      await post(body, source.pressedAnswer, otherwise);
    },
    async show(view, reopen) {
      answered = true;
      if (interaction.view !== null && (await interaction.view.update(view))) return interaction.view;
      if (triggerId === null) {
        if (reopen !== null) await post(formByButtonMessage(reopen, t), null);
        return null;
      }
      // A name of our own, to find a modal whose opening got no response.
      const named = { ...view, external_id: randomUUID() };
      try {
        const opened = await client.views.open({ trigger_id: triggerId, view: named });
        interaction.view = shownView(client, opened.view?.id ?? '');
        return interaction.view;
      } catch (error) {
        if (!spentTrigger(error)) {
          interaction.view = await openedAfterAll(client, named, toSlackFailure(error));
          return interaction.view;
        }
        if (reopen !== null) await post(openFormMessage(reopen, t), null);
        return null;
      }
    },
  };

  const over = new AbortController();
  void deps.clock.sleep(signOfLifeAfterMs, over.signal).then(() => {
    if (over.signal.aborted || answered || source.viewId !== null || source.surface !== null) return;
    if (source.signOfLife === 'flow') return;
    replaced = source.signOfLife === 'replaces';
    const body = { ...textMessage(t.work.working), over: replaced ? source.pressedAnswer : null };
    note = postPrivately(deps, where, source, body).catch(() => null);
  });
  try {
    await act(interaction);
  } catch (thrown) {
    const { error, reference } = noteFailure(deps, thrown, where);
    const again = source.words !== null && mayPass(error) ? runnable(source.words) : null;
    await post(errorMessage({ error, reference, again }, t), replaced ? source.pressedAnswer : null).catch((failure) =>
      deps.log.error('a reply could not be delivered', { reference, reason: toAppError(failure).message }),
    );
  } finally {
    over.abort('over');
  }
}
