import type { Clock } from '../ports.ts';
import type { Pace } from './pace.ts';

/** The edit of one message, waiting for its turn. */
interface Edit {
  /** Of the message: it is in the queue once, and what is edited is decided when its turn comes. */
  id: string;
  /** Shows a change of state rather than figures. */
  urgent: boolean;
  /** Someone waits for it: `advance` lasts until it was made. */
  awaited?: boolean;
  /** Not before this moment, by `Clock.elapsed`. */
  notBefore: number;
  /** Called when its turn has come. Returns the call to make, null when there is nothing to edit. Neither throws. */
  prepare(): Promise<(() => Promise<void>) | null>;
}

export interface EditQueue {
  /** Adds an edit. One that is in the queue keeps its place; it becomes urgent if either is. */
  put(edit: Edit): void;
  /** One that was in the queue and could not be made after all goes first when edits are possible again. */
  putFirst(edit: Edit): void;
  has(id: string): boolean;
  /** How many wait for their turn: due, and not begun. */
  waiting(): number;
  /** Makes what can be made now; the rest follows by itself in its time. Resolves after the calls in progress. */
  advance(): Promise<void>;
  /** Makes one call, even while edits are held. */
  probe(): Promise<void>;
  /** Resolves after the calls in progress. */
  settled(): Promise<void>;
}

export interface EditQueueDeps {
  pace: Pace;
  clock: Clock;
  /** While this is true no edit is begun, until `advance` is called again. */
  held(): boolean;
  signal: AbortSignal;
}

/** A call that hangs does not stop the others. */
const maxUnderWay = 8;
/** Of so many turns in a row, one is for figures, however many changes of state are in the queue. */
const urgentInARow = 3;

/**
 * All edits of a workspace, one after the other at one pace: those that show a change of state before those that show
 * figures, and of each kind the one that has waited longest.
 */
export function createEditQueue({ pace, clock, held, signal }: EditQueueDeps): EditQueue {
  const first = new Map<string, Edit>();
  const urgent = new Map<string, Edit>();
  const figures = new Map<string, Edit>();
  const later = new Map<string, Edit>();
  const queues = [first, urgent, figures, later];
  const awaited = new Set<string>();
  const underWay = new Set<Promise<void>>();
  let inARow = 0;
  /** None in `later` may be made before this moment. */
  let laterFrom = Number.POSITIVE_INFINITY;
  let advancing: Promise<void> | null = null;
  let wake: { at: number; cancel: AbortController } | null = null;

  const queueOf = (id: string): Map<string, Edit> | undefined => queues.find((queue) => queue.has(id));

  const append = (edit: Edit): void => {
    const waits = edit.notBefore > clock.elapsed();
    if (waits) laterFrom = Math.min(laterFrom, edit.notBefore);
    const queue = waits ? later : edit.urgent ? urgent : figures;
    queue.set(edit.id, edit);
  };

  const put = (edit: Edit): void => {
    if (edit.awaited) awaited.add(edit.id);
    const queue = queueOf(edit.id);
    const merged = { ...edit, urgent: edit.urgent || queue?.get(edit.id)?.urgent === true };
    // In its place, unless it has become urgent.
    if (queue === first || queue === urgent || (queue === figures && !merged.urgent)) {
      queue.set(edit.id, merged);
      return;
    }
    queue?.delete(edit.id);
    append(merged);
  };

  const admitDue = (): void => {
    if (clock.elapsed() < laterFrom) return;
    const waiting = [...later.values()].sort((a, b) => a.notBefore - b.notBefore);
    later.clear();
    laterFrom = Number.POSITIVE_INFINITY;
    for (const edit of waiting) append(edit);
  };

  const takeNext = (): Edit | null => {
    const turnOfFigures = urgent.size === 0 || (inARow >= urgentInARow && figures.size > 0);
    const queue = first.size > 0 ? first : turnOfFigures ? figures : urgent;
    const [next] = queue.values();
    if (next === undefined) return null;
    queue.delete(next.id);
    awaited.delete(next.id);
    if (queue !== first) inARow = queue === urgent ? inARow + 1 : 0;
    return next;
  };

  const dueCount = (): number => first.size + urgent.size + figures.size;

  /** When the next edit in the queue may be made; null when there is none. */
  const nextAt = (): number | null => {
    if (dueCount() > 0) return pace.readyAt(clock.elapsed());
    return later.size === 0 ? null : laterFrom;
  };

  const wakeAt = (at: number): void => {
    if (wake !== null && wake.at <= at) return;
    wake?.cancel.abort();
    const mine = { at, cancel: new AbortController() };
    wake = mine;
    void clock.sleep(Math.max(0, at - clock.elapsed()), mine.cancel.signal).then(() => {
      if (wake !== mine) return;
      wake = null;
      void advance();
    });
  };
  signal.addEventListener('abort', () => wake?.cancel.abort(), { once: true });

  /** False when there was nothing to edit. */
  const make = async (edit: Edit): Promise<boolean> => {
    const call = await edit.prepare();
    if (call === null || signal.aborted) return false;
    pace.take(clock.elapsed());
    const made = call().finally(() => {
      underWay.delete(made);
      // In its place another may begin.
      void advance();
    });
    underWay.add(made);
    return true;
  };

  const run = async (): Promise<void> => {
    while (!signal.aborted && !held()) {
      admitDue();
      const at = nextAt();
      if (at === null) return;
      if (underWay.size >= maxUnderWay) return;
      if (at > clock.elapsed()) {
        if (awaited.size === 0) return wakeAt(at);
        await clock.sleep(at - clock.elapsed(), signal);
        continue;
      }
      const next = takeNext();
      if (next !== null) await make(next);
    }
  };

  const advance = async (): Promise<void> => {
    advancing ??= run().finally(() => {
      advancing = null;
    });
    while (advancing !== null || underWay.size > 0) await (advancing ?? Promise.all(underWay));
  };

  const settled = async (): Promise<void> => {
    while (underWay.size > 0) await Promise.all(underWay);
  };

  return {
    put,
    putFirst(edit) {
      if (edit.awaited) awaited.add(edit.id);
      queueOf(edit.id)?.delete(edit.id);
      first.set(edit.id, edit);
    },
    has: (id) => queueOf(id) !== undefined,
    waiting: dueCount,
    advance,
    async probe() {
      admitDue();
      let made = false;
      for (let next = takeNext(); next !== null && !made; next = made ? null : takeNext()) made = await make(next);
      await settled();
    },
    settled,
  };
}
