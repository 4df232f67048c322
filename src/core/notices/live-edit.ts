import { type AppError, toAppError } from '../errors.ts';
import type { ChannelRef, MessageRef } from '../model/address.ts';
import type { Clock, Log } from '../ports.ts';
import type { EditQueue } from './edit-queue.ts';
import type { Pace } from './pace.ts';
import { backoffMs, type DeliveryLimits, factsOf, maxUnclear, verdictOf } from './policy.ts';
import { nextSilence, type Reach, type Silence, silenceMs } from './reach.ts';

/** A message of a channel that is kept up to date by edits: the card of a watch, or the board of the channel. */
export interface LiveMessage {
  /** Under which it is in the queue of edits. */
  id: string;
  channel: ChannelRef;
  /** null until it is posted. */
  ref: MessageRef | null;
  /** Of what it shows; null when that is not known. */
  hash: string | null;
  /** Set when its channel can no longer be posted to. */
  brokenBy: string | null;
}

/** What such a message is to show, made at the last moment. `source`: what it was made of. */
interface Drawn<S> {
  source: S;
  hash: string;
  /** Shows it. Throws `AppError('chat_failed')`. */
  update(message: MessageRef): Promise<void>;
}

/** What the edits of one kind of message rest on. The methods of the store throw `store_failed`. */
export interface LiveKind<M extends LiveMessage, S> {
  /** What it is called in the log. */
  name: string;
  /** The message as it is stored now; null when it has ended. */
  stored(message: M): Promise<M | null>;
  store(message: M, change: Partial<Pick<LiveMessage, 'ref' | 'hash'>>): Promise<void>;
  /** null when nothing is known that it could show. */
  draw(message: M): Drawn<S> | null;
  /** Its channel can no longer be posted to. */
  broken(message: M, reason: string): Promise<void>;
}

export interface LiveEditDeps {
  clock: Clock;
  log: Log;
  limits: DeliveryLimits;
  reach: Reach;
  pace: Pace;
  queue: EditQueue;
  /** Whether this bot still holds the delivery lease without a gap. */
  leased(): Promise<boolean>;
  /** Whether edits in that channel must wait: its notices come first, or it was asked to be left alone. */
  busy(channel: ChannelRef): boolean;
  /** A message must be posted anew. */
  wanted(): void;
}

/** What this process knows of a live message. */
export interface Live<M extends LiveMessage, S> {
  message: M;
  /** What was last put in the queue or found to be shown. */
  offered: S | null;
  /** No edit before this moment; this and the others by `Clock.elapsed`. */
  notBefore: number;
  /** Edits in a row that were refused, and the version that was. */
  refusals: number;
  refused: string | null;
  silence: Silence | null;
  /** It is not posted before this moment. */
  postFrom: number;
  /** Not replaced, because it cannot be edited, before this moment. */
  replaceFrom: number;
}

export const newLive = <M extends LiveMessage, S>(message: M): Live<M, S> => ({
  message,
  offered: null,
  notBefore: 0,
  refusals: 0,
  refused: null,
  silence: null,
  postFrom: 0,
  replaceFrom: 0,
});

/**
 * The edits of live messages. `prepare` is called when the turn of one has come.
 * @param offer puts a message in the queue if it is out of date
 */
export function createLiveEdits<M extends LiveMessage, S>(
  deps: LiveEditDeps,
  kind: LiveKind<M, S>,
  offer: (live: Live<M, S>) => void,
) {
  const { clock, log, limits, reach, pace, queue, leased, busy } = deps;

  /** Messages that are being edited, or about to be. */
  const underWay = new Set<string>();
  const placeOf = (channel: ChannelRef, ref: MessageRef | null): string => `${channel} ${ref}`;

  const again = (live: Live<M, S>): void => {
    live.offered = null;
    offer(live);
  };

  /** Decides what to edit at the last moment: the newest version, if it is not what the message shows. */
  const prepare = async (live: Live<M, S>): Promise<(() => Promise<void>) | null> => {
    const place = placeOf(live.message.channel, live.message.ref);
    underWay.add(place);
    const call = await prepared(live);
    if (call === null) {
      underWay.delete(place);
      return null;
    }
    return () => call().finally(() => underWay.delete(place));
  };

  const prepared = async (live: Live<M, S>): Promise<(() => Promise<void>) | null> => {
    try {
      const drawn = kind.draw(live.message);
      if (drawn === null) return null;
      const { hash } = drawn;
      live.offered = drawn.source;
      if (hash === live.message.hash || hash === live.refused) return null;
      // A button that was pressed may have edited it, and it may have ended.
      const stored = await kind.stored(live.message);
      if (stored === null || stored.id !== live.message.id) return null;
      live.message = stored;
      const { channel, ref } = stored;
      if (ref === null || stored.brokenBy !== null || hash === stored.hash) return null;
      if (busy(channel)) {
        live.offered = null;
        return null;
      }
      return async () => {
        try {
          if ((await leased()) && reach.enter(stored, clock.elapsed())) {
            await edit(live, hash, () => drawn.update(ref));
          } else {
            live.offered = null;
          }
        } catch (thrown) {
          failed(live, thrown);
        }
      };
    } catch (thrown) {
      failed(live, thrown);
      return null;
    }
  };

  /** The store failed: the next flush tries again. */
  const failed = (live: Live<M, S>, thrown: unknown): void => {
    live.offered = null;
    const error = toAppError(thrown);
    log.error('delivery failed', { channel: live.message.channel, code: error.code, reason: error.message });
  };

  const edit = async (live: Live<M, S>, hash: string, call: () => Promise<void>): Promise<void> => {
    try {
      // Until the edit is answered, nobody knows which version is shown: the answer may be lost, or this process end.
      await kind.store(live.message, { hash: null });
      live.message = { ...live.message, hash: null };
    } catch (thrown) {
      reach.leave(live.message, 'not_made', clock.elapsed());
      throw thrown;
    }
    let error: AppError | null = null;
    try {
      await call();
    } catch (thrown) {
      error = toAppError(thrown);
    }
    const now = clock.elapsed();
    const unanswered = error !== null && verdictOf(error, limits).kind === 'down';
    reach.leave(live.message, unanswered ? 'unanswered' : 'answered', now);
    live.notBefore = now + limits.editEveryMs;
    if (error !== null) return editFailed(live, hash, error);
    Object.assign(live, { refusals: 0, refused: null, silence: null });
    live.message = { ...live.message, hash };
    await kind.store(live.message, { hash });
    // It may have gone on meanwhile.
    offer(live);
  };

  const editFailed = async (live: Live<M, S>, hash: string, error: AppError): Promise<void> => {
    const { message } = live;
    const now = clock.elapsed();
    const verdict = verdictOf(error, limits);
    const note = (what: string): void =>
      log[verdict.kind === 'down' ? 'debug' : 'warn'](`a ${kind.name} ${what}`, {
        channel: message.channel,
        message: message.id,
        verdict: verdict.kind,
        ...factsOf(error),
      });
    switch (verdict.kind) {
      case 'throttled':
        note('could not be edited');
        pace.throttled(now, verdict.ms);
        live.notBefore = 0;
        queue.putFirst({ id: message.id, urgent: false, notBefore: 0, prepare: () => prepare(live) });
        return;
      case 'down':
        if (!reach.down) note('could not be edited');
        live.silence = nextSilence(live.silence, reach);
        live.notBefore = now + silenceMs(live.silence, limits);
        return again(live);
      case 'gone':
        return replace(live);
      case 'fixed':
        // No channel is to be filled with messages that cannot be edited: it was replaced a moment ago.
        if (live.replaceFrom > now) {
          live.notBefore = live.replaceFrom;
          return again(live);
        }
        note('can no longer be edited: a new one is posted');
        live.replaceFrom = now + limits.newCardEveryMs;
        return replace(live);
      case 'broken':
        note('could not be edited');
        return kind.broken(message, verdict.reason);
      case 'unclear':
      case 'unfit': {
        live.refusals += 1;
        // One line for each series: after that, versions of it are tried at ever longer intervals.
        if (live.refusals === 1) note('could not be edited');
        const lasting = verdict.kind === 'unfit' || live.refusals >= maxUnclear;
        if (lasting) live.refused = hash;
        const ms = backoffMs(live.refusals, limits, limits.newCardEveryMs);
        live.notBefore = now + (lasting ? Math.max(ms, limits.editEveryMs) : ms);
        return again(live);
      }
      default:
        return verdict satisfies never;
    }
  };

  /** Leaves the message, if it is still there, and has a new one posted. */
  const replace = async (live: Live<M, S>): Promise<void> => {
    live.message = { ...live.message, ref: null, hash: null };
    live.offered = null;
    live.notBefore = 0;
    await kind.store(live.message, { ref: null, hash: null });
    deps.wanted();
  };

  return {
    prepare,
    /** Whether an edit of that message may still arrive: another one could be overtaken by it. */
    isEditing: (channel: ChannelRef, ref: MessageRef): boolean => underWay.has(placeOf(channel, ref)),
  };
}
