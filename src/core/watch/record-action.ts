import { toAppError } from '../errors.ts';
import type { Reading } from '../model/reading.ts';
import type { Task } from '../model/task.ts';
import type { Log } from '../ports.ts';
import { type NewAct, withAct } from './acts.ts';
import type { Board } from './board.ts';
import { goneReading, nextReading } from './infer.ts';
import type { Circumstances, CircumstancesOf } from './look.ts';
import type { Readings } from './ports.ts';

/**
 * The reading right after an action taken through Dialdeck, from the task as it was read back (for a deletion, as it
 * was last seen).
 */
export function readingAfter(
  before: Reading | null,
  task: Task,
  act: NewAct,
  circumstancesOf: CircumstancesOf = () => ({}),
): Reading {
  const circumstances: Circumstances = { ...circumstancesOf(task, act.at), look: 'glance' };
  const reading = withAct(nextReading(before, task, act.at, circumstances), act);
  return act.action === 'deleted' ? goneReading(reading, act.at) : reading;
}

export interface RecordDeps {
  store: Pick<Readings, 'deriveReading'>;
  board: Board;
  log: Pick<Log, 'error'>;
  /** As for polls. */
  circumstancesOf?: CircumstancesOf;
}

/**
 * Records our own action at once, on top of what the store knows of the task, so that the next poll of any bot finds no
 * difference and does not announce it as someone else's. Never throws: the platform has done what was asked, and a
 * person who hears otherwise would do it again. `saved` says whether the store has it.
 */
export async function recordAction(
  { store, board, log, circumstancesOf }: RecordDeps,
  task: Task,
  act: NewAct,
): Promise<{ reading: Reading; saved: boolean }> {
  const derive = (stored: Reading | null): Reading => {
    if (stored !== null) board.adopt(stored);
    return readingAfter(board.get(task.id), task, act, circumstancesOf);
  };
  let saved = true;
  const reading = await store.deriveReading(task.id, derive).catch((thrown) => {
    saved = false;
    log.error('an action could not be recorded', { action: act.action, code: toAppError(thrown).code });
    return derive(null);
  });
  board.put(reading);
  return { reading, saved };
}
