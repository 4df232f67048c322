import { toAppError } from '../errors.ts';
import type { PersonRef } from '../model/address.ts';
import type { Reading } from '../model/reading.ts';
import type { Outbox } from '../notices/ports.ts';
import type { Clock, Log } from '../ports.ts';
import type { LegalHours } from '../quiet/legal-hours.ts';
import { readAudience } from '../subscriptions/audience.ts';
import type { AudienceStore } from '../subscriptions/ports.ts';
import type { TaskUseCases } from '../tasks/actions.ts';
import { isGone } from '../tasks/pause-many.ts';
import type { ActionResult } from '../tasks/requests.ts';
import type { Claims } from '../time/claims.ts';
import type { Board } from '../watch/board.ts';
import { maxNamed, stopItems } from './messages.ts';

export interface AfterHoursDeps {
  hours: Pick<LegalHours, 'closedSince'>;
  store: AudienceStore & Claims & Pick<Outbox, 'enqueue'>;
  board: Pick<Board, 'allOn'>;
  tasks: Pick<TaskUseCases, 'pause'>;
  clock: Pick<Clock, 'now'>;
  log: Pick<Log, 'error'>;
  /** As whom this app acts. Throws when the chat does not say. */
  self(): Promise<PersonRef>;
  /** Pauses under way at a time. */
  maxInFlight: number;
  /** Something is to be shown in channels. */
  changed(): void;
}

/**
 * Shorter than claims are kept, ms. Where the hours are over for longer, as at weekends, what is on after that was
 * switched on meanwhile.
 */
const claimMs = 23 * 3_600_000;

/**
 * Pauses what is on outside the legal hours, unless its own quiet hours keep it from calling anyone. Call it after every
 * poll, on the bot that polls. What the end of the hours pauses is announced as a whole; what is switched on after that,
 * and paused again, to who runs it. Never throws: what failed is tried again after the next poll.
 */
export function createAfterHours(deps: AfterHoursDeps): () => Promise<void> {
  const { hours, store, board, tasks, clock, log } = deps;

  const announce = async (
    closedAt: number,
    person: PersonRef,
    outcomes: readonly { reading: Reading; result: ActionResult }[],
  ): Promise<void> => {
    const failed = outcomes.filter(({ result }) => result.kind !== 'done' && !isGone(result));
    const left = failed.map(({ reading: { task } }) => ({
      taskId: task.id,
      name: task.name,
      why: 'not_paused' as const,
    }));
    const said = {
      event: 'after_hours' as const,
      person,
      at: clock.now(),
      stop: `hours-${closedAt}`,
      round: 1,
      count: outcomes.filter(({ result }) => result.kind === 'done').length,
      others: left.length,
      left: left.slice(0, maxNamed),
    };
    const runners = outcomes.flatMap(({ reading }) => reading.runBy ?? []);
    await store.enqueue(stopItems(said, await readAudience(store), runners));
    deps.changed();
  };

  const pauseAll = async (): Promise<void> => {
    const closedAt = hours.closedSince();
    if (closedAt === null) return;
    const waiting = board.allOn().filter(({ doubt, quietUntil }) => doubt === null && quietUntil === null);
    if (waiting.length === 0) return;
    const person = await deps.self();
    const mayBeFirst = Math.abs(clock.now() - closedAt) < claimMs;
    const isFirst = mayBeFirst && (await store.claimOnce(`after-hours:${closedAt}`, claimMs));
    const outcomes: { reading: Reading; result: ActionResult }[] = [];
    const next = async (): Promise<void> => {
      for (let reading = waiting.shift(); reading !== undefined; reading = waiting.shift()) {
        const result = await tasks.pause({ taskId: reading.task.id, person, ofStop: isFirst, unasked: true });
        outcomes.push({ reading, result });
      }
    };
    await Promise.all(Array.from({ length: deps.maxInFlight }, next));
    if (isFirst) await announce(closedAt, person, outcomes);
  };

  return () =>
    pauseAll().catch((thrown) => {
      const { code, message } = toAppError(thrown);
      log.error('tasks outside the legal hours could not be paused', { code, reason: message });
    });
}
