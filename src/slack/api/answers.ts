import type { WebClient } from '@slack/web-api';
import { toAppError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports.ts';
import type { Outage } from '../../core/time/outage.ts';
import { toSlackFailure } from './errors.ts';

/** What Slack last made of our token. */
export interface SlackAnswers {
  /** The code with which Slack refuses the token or the installation; null while it does not. */
  refusal(): string | null;
  /** When Slack last answered as it should, by `Clock.elapsed`. */
  answeredAt(): number;
  /** What became of a call that was made anyway; null when it succeeded. */
  heard(thrown: unknown): void;
  /** Asks from time to time, until `stop`: a quiet workspace would let a revoked token go unnoticed. */
  start(): void;
  stop(): Promise<void>;
}

/** How often Slack is asked, ms. It allows hundreds of these calls per minute. */
const askEveryMs = 60_000;

/** So long without any answer is an outage, ms; one call that fails is none. */
const outageAfterMs = 30_000;

/** @param outage where it is logged when Slack refuses the token or does not answer */
export function createAnswers(
  client: Pick<WebClient, 'auth'>,
  clock: Pick<Clock, 'elapsed' | 'sleep'>,
  outage: Outage,
): SlackAnswers {
  const stopping = new AbortController();
  let refusal: string | null = null;
  let answeredAt = clock.elapsed();
  let asking: Promise<void> = Promise.resolve();

  const heard = (thrown: unknown): void => {
    if (thrown === null) {
      refusal = null;
      answeredAt = clock.elapsed();
      outage.works('bot token');
      outage.works('answers');
      return;
    }
    const { concerns, chatError, retryAfterMs } = toAppError(thrown).details;
    if (concerns === 'installation' && chatError !== 'missing_scope') {
      refusal = chatError ?? null;
      outage.failed('bot token', thrown);
    } else if (chatError === undefined && retryAfterMs === undefined && clock.elapsed() - answeredAt >= outageAfterMs) {
      outage.failed('answers', thrown);
    }
  };

  const ask = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await clock.sleep(askEveryMs, stopping.signal);
      if (stopping.signal.aborted) return;
      await client.auth.test().then(
        () => heard(null),
        (error: unknown) => heard(toSlackFailure(error)),
      );
    }
  };

  return {
    refusal: () => refusal,
    answeredAt: () => answeredAt,
    heard,
    start() {
      answeredAt = clock.elapsed();
      asking = ask();
    },
    async stop() {
      stopping.abort();
      await asking;
    },
  };
}
