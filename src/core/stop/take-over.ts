import type { StopInForce, StoppedTask } from '../model/emergency-stop.ts';
import { holding } from '../time/leases.ts';
import { refreshBoard } from '../watch/refresh.ts';
import type { StopDeps } from './deps.ts';
import { maxNamed, stopItem } from './messages.ts';
import { type Pausing, pausingLease } from './pausing.ts';

/** An interrupted stop or resumption goes on by itself for so long, ms; then someone has to ask for it again. */
export const goesOnMs = 15 * 60_000;

/**
 * Goes on with the pauses of a stop whose process died, and informs the person who ordered it: until they are informed,
 * nobody knows whether everything that was on had been found, so all of it is looked for and paused once more. What is
 * known to have failed is asked for again if `failed`. Leaves it to another process that is at it.
 */
export function createTakeOver(deps: StopDeps, pausing: Pausing) {
  const { store, board, clock, newId } = deps;

  return async (found: StopInForce, { failed }: { failed: boolean }): Promise<void> => {
    const inState = async (wished: StoppedTask['state']): Promise<StoppedTask[]> =>
      (await store.stoppedTasks(found.id)).filter(({ state }) => state === wished);
    if (found.reported && (!failed || (await inState('wanted')).length === 0)) return;
    const act = async (): Promise<void> => {
      const { stop } = await store.stopInForce();
      if (stop === null || stop.id !== found.id || stop.round !== found.round || stop.state !== 'on') return;
      if (stop.reported) return pausing.these(stop, await inState('wanted'), { once: true });
      // What is on hours later may have been switched on since.
      if (Math.abs(clock.now() - stop.at) <= goesOnMs) {
        await refreshBoard(board, store);
        const { person, channel } = stop;
        const storing = { person, channel, stored: Promise.resolve(), stop: () => stop };
        await pausing.everything(storing, await store.stoppedTasks(stop.id));
      }
      await pausing.these(stop, await inState('wanted'));
      await report(stop);
    };
    await holding(deps, pausingLease(newId()), act, () => undefined);
  };

  async function report({ id, round, person }: StopInForce): Promise<void> {
    const tasks = await store.stoppedTasks(id);
    const left = tasks.flatMap(({ taskId, name, state }) =>
      state === 'wanted' ? [{ taskId, name, why: 'not_paused' as const }] : [],
    );
    const count = tasks.filter(({ state }) => state === 'paused').length;
    const said = { event: 'paused', person, at: clock.now(), stop: id, round, count, others: left.length } as const;
    const item = stopItem(person, { ...said, left: left.slice(0, maxNamed) });
    await store.moveStop({ id, round, from: ['on'] }, { reported: true }, [item]);
    deps.changed();
  }
}
