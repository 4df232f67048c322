import type { HomeData, Some } from '../../src/core/home/home-data.ts';
import { linesBoardOf } from '../../src/core/lines/standing.ts';
import { alertKinds } from '../../src/core/model/alert.ts';
import type { CardData } from '../../src/core/model/card.ts';
import { rawOf } from '../../src/core/model/fields.ts';
import { type OpenAction, openAction } from '../../src/core/model/open-action.ts';
import { type TaskState, taskStates } from '../../src/core/model/reading.ts';
import { holdReasons } from '../../src/core/model/schedule.ts';
import { createWallClock } from '../../src/core/time/zone.ts';
import { homeView } from '../../src/slack/views/home.ts';
import { sampleSchedule } from './every-schedule-view.ts';
import { sampleStop } from './every-stop-view.ts';
import type { drawing, Rendered } from './every-view.ts';
import {
  sampleAction,
  sampleAlert,
  sampleCard,
  sampleDraft,
  sampleImportRun,
  sampleKept,
  sampleNow,
} from './samples.ts';

const some = <T>(shown: readonly T[], more = 0): Some<T> => ({ shown, more });
const none = { shown: [], more: 0 };

const actionsOf = (name: string): OpenAction[] =>
  openAction.shape.kind.options.map((kind) =>
    sampleAction({ id: kind, kind, taskId: kind === 'create' ? '' : 'task-1', taskName: name, state: 'unknown' }),
  );

/** As many schedules as a Home has room for, in all their forms. */
function schedulesOf(name: string): Pick<HomeData, 'undecided' | 'schedules'> {
  const zone = 'Asia/Shanghai';
  const asks = (at: number) => ({ schedule: sampleSchedule({ question: { at } }), taskName: name });
  const moments = Array.from({ length: 9 }, (_, i) => ({
    at: sampleNow + i * 600_000,
    action: i % 2 === 0 ? ('start' as const) : ('pause' as const),
  }));
  const today = Array.from({ length: 8 }, (_, i) => ({
    taskId: `task-${i}`,
    taskName: name,
    moments: moments.slice(0, i + 1),
  }));
  return {
    undecided: some([asks(sampleNow), asks(sampleNow - 3 * 86_400_000), asks(sampleNow)], 4),
    schedules: {
      calendar: { zone, shows: createWallClock(zone).shows },
      now: sampleNow,
      today: some(today, 1_000),
      others: some([asks(sampleNow), asks(sampleNow)], 10_000),
    },
  };
}

const heldOf = (name: string) =>
  holdReasons.map((why) => ({
    schedule: sampleSchedule({ held: { why, person: why === 'elsewhere' ? null : 'U0ALICE', at: sampleNow } }),
    taskName: name,
  }));

/** Homes with nothing, with everything at its limits, and with what is not known. */
export function homeViews(draw: ReturnType<typeof drawing>, name: string): Rendered[] {
  const cardIn = (state: TaskState, i: number): CardData =>
    sampleCard({
      state,
      evidence: state === 'waiting' ? { kind: 'not_moved', since: sampleNow } : { kind: 'moved', at: sampleNow },
      task: {
        id: `task-${i}`,
        name,
        started: i % 3 !== 2,
        line: { id: `line-${i}`, name, total: 10, used: 3, expiresAt: sampleNow + (i - 1) * 86_400_000 },
      },
    });
  const cards = Array.from({ length: 12 }, (_, i) =>
    cardIn((['waiting', 'dialing', 'paused'] as const)[i % 3] ?? 'paused', i),
  );
  const counts = Object.fromEntries(taskStates.map((state, i) => [state, i * 1_000])) as HomeData['counts'];
  const run = (state: 'halted' | 'running', i: number) => sampleImportRun({ id: `run-${i}`, taskName: name, state });
  const full = {
    command: '/dial',
    person: 'U0ALICE',
    readAt: sampleNow,
    staleSince: sampleNow,
    counts,
    on: 12,
    stop: sampleStop(),
    unknown: some(actionsOf(name), 1),
    halted: some(
      Array.from({ length: 5 }, (_, i) => run('halted', i)),
      2,
    ),
    alerts: some(
      alertKinds.slice(0, 10).map((kind, i) =>
        sampleAlert({
          id: `a${i}`,
          kind,
          taskName: name,
          facts: { line: { id: 'line-1', name }, thing: { id: '1', name } },
        }),
      ),
      3,
    ),
    ...schedulesOf(name),
    mine: some(cards, 900),
    others: some(cards.slice(0, 8), 9_000),
    drafts: some(
      Array.from({ length: 5 }, (_, i) => cardIn('draft', i)),
      1,
    ),
    kept: some(
      Array.from({ length: 5 }, (_, i) =>
        sampleKept({ key: `key-${i}`, raw: { ...rawOf(sampleDraft()), name: i === 0 ? '' : name } }),
      ),
      1,
    ),
    importing: some(
      Array.from({ length: 5 }, (_, i) => run('running', i)),
      1,
    ),
    lines: some(linesBoardOf({ cards, readAt: sampleNow }, null, sampleNow).lines.slice(0, 6), 40),
  };
  const empty = {
    ...full,
    readAt: null,
    staleSince: null,
    counts: Object.fromEntries(taskStates.map((state) => [state, 0])) as HomeData['counts'],
    on: 0,
    stop: null,
    unknown: none,
    halted: none,
    alerts: none,
    undecided: none,
    schedules: full.schedules === null ? null : { ...full.schedules, today: none, others: none },
    mine: none,
    others: none,
    drafts: none,
    importing: none,
    lines: none,
  };
  const onHold = full.schedules === null ? null : { ...full.schedules, today: none, others: some(heldOf(name)) };
  return [
    draw('home', homeView, full),
    draw('home of nothing', homeView, empty),
    draw('home without tasks of its own', homeView, { ...empty, readAt: sampleNow }),
    draw('home with schedules on hold', homeView, { ...empty, undecided: some(heldOf(name)), schedules: onHold }),
    draw('home without the store', homeView, {
      ...full,
      unknown: null,
      halted: null,
      alerts: null,
      undecided: null,
      schedules: null,
      importing: null,
    }),
  ];
}
