import { randomBytes, randomUUID } from 'node:crypto';
import type { RespondFn } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { type AppError, toAppError } from '../../core/errors.ts';
import { patiently } from '../../core/time/waiting.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { isSlackError, spentTrigger, toSlackFailure } from '../api/errors.ts';
import type { SlackDeps } from '../deps.ts';
import { errorMessage, openFormMessage, textMessage } from '../views/answers.ts';
import type { MessageBody } from '../views/limits.ts';

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
  /** The modal in which it happened, or which was opened for it. */
  view: ShownView | null;
  /** Sends a message that only this person sees. */
  answer(body: MessageBody): Promise<void>;
  /** Replaces the private message whose button was pressed; elsewhere the same as `answer`. */
  replace(body: MessageBody): Promise<void>;
  /**
   * Opens a modal, or replaces the one this happened in. null when Slack no longer accepted the trigger: the person
   * then gets a private message with a button that opens the form (`reopen` is that button's value).
   */
  show(view: ModalView, reopen: string): Promise<ShownView | null>;
}

export interface Source {
  person: string;
  channel: string | null;
  triggerId: string;
  viewId: string | null;
  client: WebClient;
  respond: RespondFn | null;
  /** The button was on a private message, which may be replaced. */
  onEphemeral: boolean;
  /**
   * Where it says that work is in progress: in a private message, which Slack lets nobody delete (a slash command's
   * response_url, and that of a card, replace nothing they have posted); instead of the private message that was
   * pressed and that the answer then replaces; or the flow itself says it.
   */
  signOfLife: 'message' | 'replaces' | 'flow';
}

/** After this long without an answer, the person is notified that work is in progress, ms. */
export const signOfLifeAfterMs = 1_500;

/** For an answer that Slack rate-limits. */
const patience = { maxWaits: 3, maxWaitMs: 30_000 };

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

/** In the channel where only they see it, else by direct message. */
export async function answerPrivately(
  client: WebClient,
  channel: string | null,
  person: string,
  body: MessageBody,
): Promise<void> {
  try {
    if (channel === null) throw new Error('no channel');
    await client.chat.postEphemeral({ channel, user: person, ...body });
  } catch {
    await client.chat.postMessage({ channel: person, ...body });
  }
}

/** How one person is reached. */
export type Recipient = Pick<Source, 'client' | 'person' | 'channel' | 'respond'>;

/**
 * Tells one person something: by the response_url, else in the channel where only they see it, else by direct message.
 * Throws `AppError('chat_failed')`.
 */
export async function postPrivately(
  { clock, log }: Pick<SlackDeps, 'clock' | 'log'>,
  where: string,
  { client, person, channel, respond }: Recipient,
  { replaceOriginal = false, ...body }: MessageBody & { replaceOriginal?: boolean },
): Promise<void> {
  if (respond !== null) {
    try {
      await respond({ response_type: 'ephemeral', replace_original: replaceOriginal, ...body });
      return;
    } catch (error) {
      log.warn('response_url was rejected', { where, reason: toAppError(error).message });
    }
  }
  const failure = await patiently(
    clock,
    patience,
    () => answerPrivately(client, channel, person, body).then(() => null, toSlackFailure),
    (error) => error?.details.retryAfterMs ?? null,
  );
  if (failure !== null) throw failure;
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
  const { client, person } = source;
  const t = await deps.catalogueFor(person, client);
  let answered = false;
  let replaced = false;

  const post = (body: MessageBody, replaceOriginal: boolean): Promise<void> =>
    postPrivately(deps, where, source, { ...body, replaceOriginal });

  const interaction: Interaction = {
    person,
    channel: source.channel ?? person,
    t,
    client,
    view: source.viewId === null ? null : shownView(client, source.viewId),
    async answer(body) {
      answered = true;
      await post(body, false);
    },
    async replace(body) {
      answered = true;
      await post(body, source.onEphemeral);
    },
    async show(view, reopen) {
      answered = true;
      if (interaction.view !== null && (await interaction.view.update(view))) return interaction.view;
      // A name of our own, to find a modal whose opening got no response.
      const named = { ...view, external_id: randomUUID() };
      try {
        const opened = await client.views.open({ trigger_id: source.triggerId, view: named });
        interaction.view = shownView(client, opened.view?.id ?? '');
        return interaction.view;
      } catch (error) {
        if (!spentTrigger(error)) {
          interaction.view = await openedAfterAll(client, named, toSlackFailure(error));
          return interaction.view;
        }
        await post(openFormMessage(reopen, t), false);
        return null;
      }
    },
  };

  const over = new AbortController();
  void deps.clock.sleep(signOfLifeAfterMs, over.signal).then(() => {
    if (over.signal.aborted || answered || source.viewId !== null || source.signOfLife === 'flow') return;
    replaced = source.signOfLife === 'replaces';
    post(textMessage(t.work.working), replaced).catch(() => {});
  });
  try {
    await act(interaction);
  } catch (thrown) {
    const { error, reference } = noteFailure(deps, thrown, where);
    await post(errorMessage({ error, reference }, t), replaced).catch((failure) =>
      deps.log.error('a reply could not be delivered', { reference, reason: toAppError(failure).message }),
    );
  } finally {
    over.abort('over');
  }
}
