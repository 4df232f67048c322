import { toAppError } from './core/errors.ts';
import type { Clock, Messenger } from './core/ports.ts';
import type { Metrics } from './metrics.ts';

/**
 * The same messenger, and each of its calls counted by what it sends and what Slack made of it. `heard` is called with
 * what it threw, null when it succeeded.
 */
export function measuredMessenger(
  messenger: Messenger,
  { sent }: Pick<Metrics, 'sent'>,
  heard: (thrown: unknown) => void,
): Messenger {
  const counted = async <T>(message: string, call: Promise<T>): Promise<T> => {
    try {
      const result = await call;
      sent(message, 'ok');
      heard(null);
      return result;
    } catch (thrown) {
      heard(thrown);
      sent(message, outcomeOf(thrown));
      throw thrown;
    }
  };
  return {
    ...messenger,
    postCard: (...given) => counted('card_post', messenger.postCard(...given)),
    updateCard: (...given) => counted('card_edit', messenger.updateCard(...given)),
    closeCard: (...given) => counted('card_edit', messenger.closeCard(...given)),
    postBoard: (...given) => counted('board_post', messenger.postBoard(...given)),
    updateBoard: (...given) => counted('board_edit', messenger.updateBoard(...given)),
    closeBoard: (...given) => counted('board_edit', messenger.closeBoard(...given)),
    postNotice: (...given) => counted('notice_post', messenger.postNotice(...given)),
    updateNotice: (...given) => counted('notice_edit', messenger.updateNotice(...given)),
    postStop: (...given) => counted('stop_post', messenger.postStop(...given)),
    postDigest: (...given) => counted('digest_post', messenger.postDigest(...given)),
    postAlert: (...given) => counted('alert_post', messenger.postAlert(...given)),
    updateAlert: (...given) => counted('alert_edit', messenger.updateAlert(...given)),
  };
}

/** `refused` will not succeed by itself; of what is `unknown` nobody can say yet whether it arrived. */
function outcomeOf(thrown: unknown): 'rate_limited' | 'refused' | 'unknown' | 'failed' {
  const { retryAfterMs, permanent, maybeSent } = toAppError(thrown).details;
  if (retryAfterMs !== undefined) return 'rate_limited';
  if (permanent === true) return 'refused';
  return maybeSent === true ? 'unknown' : 'failed';
}

/** Runs a poll, and measures how long it took and how it ended. */
export async function measuredPoll(
  poll: () => Promise<unknown>,
  clock: Pick<Clock, 'elapsed'>,
  { polled }: Pick<Metrics, 'polled'>,
): Promise<void> {
  const began = clock.elapsed();
  const took = (): number => clock.elapsed() - began;
  try {
    await poll();
  } catch (thrown) {
    polled(toAppError(thrown).code, took());
    throw thrown;
  }
  polled('ok', took());
}
