import { AppError } from '../errors.ts';
import type { CardData } from '../model/card.ts';
import type { Task } from '../model/task.ts';
import type { Clock, Dialer, Outcome } from '../ports.ts';
import type { Board } from '../watch/board.ts';
import { estimateOf } from './estimate.ts';
import type { NewAction } from './journal.ts';
import type { MetadataCache } from './metadata-cache.ts';
import type { Pauses } from './pause.ts';
import { type Preflight, preflight, withArrived } from './preflight.ts';
import type { ActionResult, Concluding, StartRequest, StartResult } from './requests.ts';
import { freshMetadata } from './shared-look.ts';
import { type Resuming, type StartGate, startThrough } from './start-gate.ts';
import { withNames } from './with-names.ts';

interface StartDeps {
  dialer: Pick<Dialer, 'start'>;
  gate: StartGate;
  metadata: MetadataCache;
  board: Pick<Board, 'all' | 'get'>;
  clock: Pick<Clock, 'now' | 'elapsed'>;
  /** A start that would call more numbers than this asks first. */
  startAskAbove: number;
  pauses: Pick<Pauses, 'underWay'>;
  /** The task, read from the platform. Throws `AppError`. */
  find(taskId: string): Promise<Task>;
  cardFor(task: Task): CardData;
  /** Sends a request that is remembered until its outcome is recorded. */
  send(action: NewAction, request: () => Promise<Outcome<Task>>, concluding: Concluding<Task>): Promise<ActionResult>;
}

/** What was seen of a task longer ago is looked at anew when its turn comes, ms. */
const maxSeenMs = 5_000;

/** A start, while the lease of its task is held. Throws `AppError`. */
export function createStart(deps: StartDeps): (request: StartRequest) => Promise<StartResult> {
  const { dialer, gate, board, clock, pauses, cardFor, send } = deps;

  /** What the platform shows of a task, and since when, by `Clock.elapsed`. */
  const look = async (taskId: string, arrived: number, resuming: Resuming | null) => {
    const shared = await resuming?.look();
    const since = shared?.since ?? clock.elapsed();
    const listed = shared?.tasks.get(taskId);
    const [found, metadata] = await Promise.all([
      listed ?? deps.find(taskId),
      shared === undefined ? freshMetadata(deps.metadata) : shared.metadata,
    ]);
    const known = withNames(asLastSaved(found, board.get(taskId)?.task ?? null), metadata);
    return { task: withArrived(known, arrived), metadata, since };
  };

  /** What is seen of a task when its turn comes: looked at before, unless that was long ago; null when it does not come. */
  const turnOf = async <T extends { since: number }>(
    resuming: Resuming | null,
    see: () => Promise<T>,
  ): Promise<T | null> => {
    const seen = await see();
    if (resuming === null) return seen;
    if (!(await resuming.turn.comes())) return null;
    return clock.elapsed() - seen.since > maxSeenMs ? see() : seen;
  };

  /** Whether the start gives way, or has to wait: a stop that is being resumed pauses nothing any more. */
  const inTheWay = async (taskId: string, resuming: Resuming | null): Promise<'overtaken' | 'busy' | null> => {
    const pausing = await pauses.underWay(taskId);
    if (pausing === null) return null;
    return pausing === 'stop' && resuming !== null ? 'busy' : 'overtaken';
  };

  return async ({ taskId, person, channel = null, ofStop = false, resuming = null, ...asked }) => {
    const scheduled = asked.scheduled ?? null;
    const { bar, asOf } = await gate.ask({ taskId, resuming, scheduled });
    if (bar !== null) return { kind: 'refused', error: bar };
    const seen = await turnOf(resuming, () => look(taskId, asked.arrived ?? 0, resuming));
    if (seen === null)
      return { kind: 'refused', error: new AppError('already_resuming', 'an earlier task has to wait') };
    const { task, metadata } = seen;
    const isOutdated = asked.asOf !== undefined && asked.asOf !== null && asked.asOf !== asOf;
    const askAbove = Math.max(deps.startAskAbove, isOutdated ? 0 : (asked.agreed ?? 0));
    const readings = board.all();
    const mates = readings.filter((reading) => reading.task.line.id === task.line.id);
    const verdict = preflight(task, { metadata, now: clock.now(), askAbove, mates });
    if (verdict.level === 'red') return { kind: 'stopped', card: cardFor(task), preflight: verdict };
    if (isOutdated || mustAsk(verdict, asked)) {
      return { kind: 'ask', card: cardFor(task), preflight: verdict, asOf, estimate: estimateOf(task, readings) };
    }
    const before = await inTheWay(taskId, resuming);
    if (before !== null) return { kind: before };
    const action = { kind: 'start', taskId, person, channel, taskName: task.name } as const;
    const request = () => startThrough({ dialer, gate, clock }, { taskId, resuming, scheduled });
    const announced = scheduled !== null;
    const result = await send(action, request, { changed: (changed) => changed, ofStop, announced });
    const after = await inTheWay(taskId, resuming).catch(() => null);
    return after === 'overtaken' ? { kind: after } : result;
  };
}

/** A list that lags shows the definition as it was before the last change that is known: that counts. */
function asLastSaved(found: Task, known: Task | null): Task {
  const isOlder = known !== null && (found.alteredAt ?? 0) < (known.alteredAt ?? 0);
  return isOlder ? { ...known, started: found.started, progress: found.progress } : found;
}

function mustAsk(
  { items }: Preflight,
  { confirm = false, accepted = [] }: Pick<StartRequest, 'confirm' | 'accepted'>,
): boolean {
  // What "anyway" was said to does not include how many are called.
  if (items.some(({ code }) => code === 'many_numbers')) return true;
  return confirm || items.some(({ code }) => !accepted.includes(code));
}
