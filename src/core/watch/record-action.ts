import { toAppError } from '../errors.ts';
import type { Reading } from '../model/reading.ts';
import type { Task } from '../model/task.ts';
import type { Log } from '../ports.ts';
import { type Audience, readAudience } from '../subscriptions/audience.ts';
import type { AudienceStore } from '../subscriptions/ports.ts';
import { type NewAct, withAct } from './acts.ts';
import { actNotices, concerns } from './announce.ts';
import type { Board } from './board.ts';
import { goneReading, nextReading } from './infer.ts';
import type { Circumstances, CircumstancesOf } from './look.ts';
import type { ReadingChange, Readings } from './ports.ts';
import { explainedBy, type Recorder } from './record.ts';

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
  store: Pick<Readings, 'deriveReading' | 'readings'> & AudienceStore;
  board: Board;
  log: Pick<Log, 'error'>;
  /** As for polls. */
  circumstancesOf?: CircumstancesOf;
  recorder?: Recorder;
}

/**
 * Records our own action at once, on top of what the store knows of the task, so that the next poll of any bot finds no
 * difference and does not announce it as someone else's; who ran the task until then is notified with it. Never throws:
 * the platform has done what was asked, and a person who hears otherwise would do it again. `saved` says whether the
 * store has it.
 */
export async function recordAction(
  deps: RecordDeps,
  task: Task,
  act: NewAct,
): Promise<{ reading: Reading; saved: boolean }> {
  const { store, board, log, circumstancesOf } = deps;
  const failed = (thrown: unknown): void =>
    log.error('an action could not be recorded', { action: act.action, code: toAppError(thrown).code });
  const audience = await audienceOf(deps, task.id, act).catch((thrown) => {
    failed(thrown);
    return null;
  });
  const derive = (stored: Reading | null, recorder?: Recorder): ReadingChange => {
    if (stored !== null) board.adopt(stored);
    const before = board.get(task.id);
    const reading = readingAfter(before, task, act, circumstancesOf);
    // By the store: the board may hold this very action already, when the store took long.
    const notices = audience === null ? [] : actNotices(act, { before: stored, reading }, audience);
    const change = { before, stored, after: reading, known: explainedBy(act), acts: [act] };
    return { reading, ...recorder?.(change), notices };
  };
  let saved = true;
  const reading = await store
    .deriveReading(task.id, (stored) => derive(stored, deps.recorder))
    .catch((thrown) => {
      saved = false;
      failed(thrown);
      // The next reading that is saved tells of the day.
      return derive(null).reading;
    });
  board.put(reading);
  return { reading, saved };
}

/**
 * Who may hear of an act; null when it concerns nobody else. Read ahead of the transaction, which lasts as short as it
 * can; a person who starts the task just then, during an import of someone else, sees it on the card.
 */
async function audienceOf(
  { store, board }: Pick<RecordDeps, 'store' | 'board'>,
  taskId: string,
  act: NewAct,
): Promise<Audience | null> {
  const before = (await store.readings([taskId])).get(taskId) ?? board.get(taskId);
  return concerns(before?.runBy ?? null, act) ? readAudience(store) : null;
}
