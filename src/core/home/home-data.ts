import type { AlertBook } from '../alerts/ports.ts';
import type { LineStanding } from '../lines/standing.ts';
import type { PersonRef } from '../model/address.ts';
import type { Alert } from '../model/alert.ts';
import type { CardData } from '../model/card.ts';
import type { StopInForce } from '../model/emergency-stop.ts';
import type { KeptForm } from '../model/form-memory.ts';
import type { ImportRun } from '../model/import-run.ts';
import type { OpenAction } from '../model/open-action.ts';
import { type Reading, type TaskState, taskStates } from '../model/reading.ts';
import type { ScheduleDay, TodaysSchedule, UndecidedSchedule } from '../schedules/today.ts';
import { derivedOnce } from '../tasks/derived.ts';
import { listedCard } from '../tasks/listed-cards.ts';

/** The first of many, and how many more there are. */
export interface Some<T> {
  shown: readonly T[];
  more: number;
}

/** Everything the Home of one person shows. What concerns them alone comes first in each list. */
export interface HomeData {
  person: PersonRef;
  /** When the platform was last read; null before the first time. Since when it cannot be read; null while it can. Epoch ms. */
  readAt: number | null;
  staleSince: number | null;
  counts: Record<TaskState, number>;
  /** How many tasks are on. */
  on: number;
  /** The emergency stop that keeps everything from being started; null without one, or where the store did not say it now. */
  stop: StopInForce | null;
  /** What needs this person; null where the store did not say it now. */
  unknown: Some<OpenAction> | null;
  halted: Some<ImportRun> | null;
  alerts: Some<Alert> | null;
  /** The schedules that wait for a decision and are theirs, or start a task they run. */
  undecided: Some<UndecidedSchedule> | null;
  /** What schedules do today, and those of others that wait for a decision; null where the store did not say it now. */
  schedules: HomeSchedules | null;
  /** The tasks this person runs: those that are on, then those with numbers left to call. */
  mine: Some<CardData>;
  /** The tasks of others, or of nobody, that are on. */
  others: Some<CardData>;
  /** The tasks this person made and gave no numbers yet. */
  drafts: Some<CardData>;
  /** The create forms this person did not submit; null where the store did not say it now. */
  kept: Some<KeptForm> | null;
  /** Their imports that go on. */
  importing: Some<ImportRun> | null;
  /** The lines that tasks are on, those that need someone first. */
  lines: Some<LineStanding>;
}

/** The schedules of all tasks, as a Home shows them. */
export interface HomeSchedules extends Pick<ScheduleDay, 'calendar' | 'now'> {
  today: Some<TodaysSchedule>;
  others: Some<UndecidedSchedule>;
}

/** What is known besides the tasks, for everybody; null where the store does not answer. */
export interface HomeSurroundings {
  book: AlertBook | null;
  actions: readonly OpenAction[] | null;
  imports: readonly ImportRun[] | null;
  day: ScheduleDay | null;
  /** Of the person whose Home it is. */
  kept: readonly KeptForm[] | null;
  lines: readonly LineStanding[];
  stop: StopInForce | null;
  readAt: number | null;
  staleSince: number | null;
}

/** How many of each kind are shown: a Home has room for 100 blocks. */
const most = {
  unknown: 5,
  halted: 5,
  alerts: 10,
  undecided: 3,
  othersUndecided: 2,
  mine: 12,
  others: 8,
  drafts: 5,
  kept: 5,
  importing: 5,
  lines: 6,
} as const;

/** The Home of a person, from the readings of all tasks. */
export function homeDataOf(person: PersonRef, readings: readonly Reading[], around: HomeSurroundings): HomeData {
  const { byRunner, on, counts } = sorted(readings);
  const own = byRunner.get(person) ?? [];
  const ownOn = own.filter(isOn);
  const waiting = own.filter((reading) => !isOn(reading) && reading.state === 'paused' && hasNumbersLeft(reading));
  const { book, actions, imports, day, kept, lines, stop, readAt, staleSince } = around;
  return {
    person,
    readAt,
    staleSince,
    counts,
    on: on.length,
    stop,
    unknown:
      actions === null
        ? null
        : some(
            actions.filter((one) => isUnknownTo(one, person)),
            most.unknown,
          ),
    halted:
      imports === null
        ? null
        : some(
            imports.filter((run) => run.person === person && run.state === 'halted'),
            most.halted,
          ),
    alerts: book === null ? null : some(alertsOf(person, book, byRunner), most.alerts),
    ...schedulesOf(person, day, own),
    mine: cards([...ownOn, ...waiting], most.mine),
    others: cards(
      on.filter(({ runBy }) => runBy !== person),
      most.others,
    ),
    drafts: cards(
      own.filter(({ state }) => state === 'draft'),
      most.drafts,
    ),
    kept: kept === null ? null : some(kept, most.kept),
    importing:
      imports === null
        ? null
        : some(
            imports.filter((run) => run.person === person && ['awaiting', 'running', 'cancelling'].includes(run.state)),
            most.importing,
          ),
    lines: some(
      lines.filter(({ tasks }) => tasks.length > 0),
      most.lines,
    ),
  };
}

const some = <T>(all: readonly T[], limit: number): Some<T> => ({
  shown: all.slice(0, limit),
  more: Math.max(0, all.length - limit),
});

/** A card is made for what is shown only: an account may have thousands of tasks that are on. */
const cards = (readings: readonly Reading[], limit: number): Some<CardData> => {
  const { shown, more } = some(readings, limit);
  return { shown: shown.map(listedCard), more };
};

/** Sorted once between two polls, for everybody. */
const sorted = derivedOnce((readings: readonly Reading[]) => {
  const counts = Object.fromEntries(taskStates.map((state) => [state, 0])) as Record<TaskState, number>;
  const byRunner = new Map<PersonRef, Reading[]>();
  const listed = readings.filter(({ state }) => state !== 'gone').sort(inOrder);
  for (const reading of listed) {
    counts[reading.state] += 1;
    if (reading.runBy === null) continue;
    const others = byRunner.get(reading.runBy);
    if (others === undefined) byRunner.set(reading.runBy, [reading]);
    else others.push(reading);
  }
  return { byRunner, counts, on: listed.filter(isOn) };
});

const isOn = ({ task }: Reading): boolean => task.started;

/** What stands still needs someone before what dials; the newest first, so that no row moves while its figures do. */
function inOrder(a: Reading, b: Reading): number {
  return (
    Number(b.state === 'waiting') - Number(a.state === 'waiting') ||
    (b.task.createdAt ?? 0) - (a.task.createdAt ?? 0) ||
    (a.task.id < b.task.id ? -1 : 1)
  );
}

/** What starts a task in someone's name, or a task that they run, is theirs to decide. */
function schedulesOf(
  person: PersonRef,
  day: ScheduleDay | null,
  own: readonly Reading[],
): Pick<HomeData, 'undecided' | 'schedules'> {
  if (day === null) return { undecided: null, schedules: null };
  const { calendar, now, today, moreToday, undecided, moreUndecided } = day;
  const ids = new Set(undecided.length === 0 ? [] : own.map(({ task }) => task.id));
  const isTheirs = ({ schedule }: UndecidedSchedule): boolean => schedule.owner === person || ids.has(schedule.taskId);
  const others = some(
    undecided.filter((one) => !isTheirs(one)),
    most.othersUndecided,
  );
  return {
    undecided: some(undecided.filter(isTheirs), most.undecided),
    schedules: {
      ...{ calendar, now },
      today: { shown: today, more: moreToday },
      others: { ...others, more: others.more + moreUndecided },
    },
  };
}

const hasNumbersLeft = ({ task: { progress } }: Reading): boolean =>
  progress !== null && progress.done < progress.total;

const isUnknownTo = (action: OpenAction, person: PersonRef): boolean =>
  action.person === person && action.state === 'unknown';

/** The open alerts that were addressed to a person, or are about a task they run, or about the platform. */
function alertsOf(person: PersonRef, book: AlertBook, byRunner: ReadonlyMap<PersonRef, readonly Reading[]>): Alert[] {
  const own = new Set((byRunner.get(person) ?? []).map(({ task }) => task.id));
  const addressed = addressedTo(book).get(person);
  return openAlerts(book).filter(({ id, taskId }) => taskId === '' || own.has(taskId) || addressed?.has(id));
}

/** What a person agreed to is no news to anybody. The newest first. */
const openAlerts = derivedOnce((book: AlertBook): readonly Alert[] =>
  book.alerts.filter(({ endedAt, agreed }) => endedAt === null && !agreed).sort((a, b) => b.begunAt - a.begunAt),
);

/** The alerts of the messages that mention a person or were sent to them. */
const addressedTo = derivedOnce((book: AlertBook): ReadonlyMap<PersonRef, ReadonlySet<string>> => {
  const byPerson = new Map<PersonRef, Set<string>>();
  for (const { channel, mentions, alerts } of book.posts) {
    for (const person of [channel, ...mentions]) {
      const ids = byPerson.get(person) ?? new Set();
      for (const id of alerts) ids.add(id);
      byPerson.set(person, ids);
    }
  }
  return byPerson;
});
