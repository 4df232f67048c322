import type { ChannelRef, PersonRef } from '../model/address.ts';
import type { CardData } from '../model/card.ts';
import { type StopInForce, stopStates } from '../model/emergency-stop.ts';
import { readAudience } from '../subscriptions/audience.ts';
import type { NotPaused } from '../tasks/pause-many.ts';
import { createLease } from '../time/leases.ts';
import { persistently } from '../time/persistently.ts';
import { within } from '../time/waiting.ts';
import type { StopDeps } from './deps.ts';
import { stopItems } from './messages.ts';
import { type Pausing, pausingLease } from './pausing.ts';

/** An emergency stop, and what became of the pauses. */
export interface OrderedStop {
  /** null: the store does not answer, so the set is not remembered and starts are not barred yet. */
  stop: StopInForce | null;
  /** It was in force before: what had been switched on since is paused as well. */
  already: boolean;
  paused: CardData[];
  failed: NotPaused[];
  /** The list could not be read: a task that was switched on a moment ago may be missing. */
  isIncomplete: boolean;
  /**
   * Informs the person who ordered it. To be called once: should this process die before that is done, or `report` throw,
   * another one takes care of everything once more, and of the report. Throws what `report` throws.
   */
  reportBy(report: () => Promise<void>): Promise<void>;
}

/** A report that takes longer is sent by direct message as well, ms: what may still be calling must not wait for it. */
const reportedWithinMs = 20_000;

const anyState = ({ id, round }: StopInForce) => ({ id, round, from: stopStates });

/**
 * Pauses everything that is on, and remembers it: the stop and its set are stored before the first request leaves,
 * unless the store takes longer than a second, for no store may keep calls from being stopped. From then on no task is
 * started, and what was on its way is paused as well. Never throws.
 */
export function createOrderStop(deps: StopDeps, pausing: Pausing) {
  const { store, board, clock, log, newId, signal } = deps;
  const keep = { clock, log, stopping: signal };

  const order = async (person: PersonRef, channel: ChannelRef) => {
    const audience = await readAudience(store);
    const given = { id: newId(), person, channel, at: clock.now(), reported: false, resumedBy: null, doubted: false };
    const runners = board.all().flatMap(({ task, runBy }) => (task.started && runBy !== null ? [runBy] : []));
    return store.orderStop(given, [], ({ id, round }) =>
      stopItems(
        { event: 'stopped', person, at: given.at, stop: id, round, count: 0, others: 0, left: [] },
        audience,
        runners,
      ),
    );
  };

  return async ({ person, channel }: { person: PersonRef; channel: ChannelRef }): Promise<OrderedStop> => {
    const lease = createLease(deps, pausingLease(newId()));
    const leased = lease.take().then(
      () => lease.keep(),
      () => async () => undefined,
    );
    const ordered: { known: Awaited<ReturnType<typeof order>> | null } = { known: null };
    const stored = persistently(keep, async () => {
      ordered.known = await order(person, channel);
      deps.changed();
    });
    const stop = (): StopInForce | null => ordered.known?.stop ?? null;
    const paused = await pausing.everything({ person, channel, stored, stop });
    const { known } = ordered;
    return {
      stop: stop(),
      already: known?.isNew === false,
      ...paused,
      async reportBy(report) {
        const reporting = report();
        const marked = reporting.then(
          async () => {
            if (known !== null)
              await persistently(keep, () => store.moveStop(anyState(known.stop), { reported: true }));
          },
          () => undefined,
        );
        void within(clock, { ms: reportedWithinMs }, marked, () => undefined)
          .then(() => leased)
          .then((stopKeeping) => stopKeeping())
          .then(() => lease.release());
        await reporting;
      },
    };
  };
}
