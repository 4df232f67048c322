import type { NoticeKind } from '../model/notice.ts';
import type { ActorAction, Reading } from '../model/reading.ts';
import type { ImportTally, NewRecordEntry, RecordKind, TaskRecord } from '../model/record-entry.ts';
import type { Days } from '../time/days.ts';
import { isNoted, type NewAct } from './acts.ts';
import { hasEffect } from './announce.ts';
import { noticesOf } from './diff.ts';
import { fieldChangesOf } from './field-changes.ts';
import { isStalled, nextSheet, stalledSince } from './sheet.ts';
import { tallyOf } from './tally.ts';

/** What happened between two readings. */
interface RecordedChange {
  before: Reading | null;
  after: Reading;
  /** What own actions explain. */
  known: ReadonlySet<NoticeKind>;
  /** What was done through Dialdeck, oldest first. */
  acts: readonly NewAct[];
  /** The reading by which it is decided whether an act was noted before; `before`, unless the store knows better. */
  stored?: Reading | null;
}

/** Enters what happened into the reading of a task, and says what the store is to add. */
export type Recorder = (change: RecordedChange) => { reading: Reading; record: TaskRecord };

/** The notice that an act explains. */
const explained: Record<ActorAction, NoticeKind | null> = {
  created: null,
  edited: 'changed',
  started: 'started',
  paused: 'paused',
  imported: null,
  deleted: 'gone',
};

/** What an act makes no news of. */
export function explainedBy({ action }: Pick<NewAct, 'action'>): Set<NoticeKind> {
  const kind = explained[action];
  return new Set(kind === null ? [] : [kind]);
}

/** What the record calls a notice; null for what it has otherwise, or not at all. */
const kindOf: Record<NoticeKind, RecordKind | null> = {
  finished: 'finished',
  reopened: 'reopened',
  started: 'started',
  paused: 'paused',
  changed: 'edited',
  gone: 'deleted',
  not_finished: 'not_finished',
  not_gone: 'not_gone',
  quarter: null,
  half: null,
  three_quarters: null,
  acted: null,
  scheduled: null,
};

/** @param days of the zone in which days begin and end */
export function createRecorder(days: Days): Recorder {
  return (change) => {
    const { before, after, known } = change;
    const news = noticesOf(before, after).filter(({ notice }) => !known.has(notice.kind));
    const kinds = news.map(({ notice }) => notice.kind);
    const ends = { finished: kinds.includes('finished'), takenBack: kinds.includes('not_finished') };
    const { sheet, closed } = nextSheet(before, after, ends, days);
    const entries = [
      ...actEntries(change),
      ...news.flatMap(({ notice }): Happened[] => {
        const kind = kindOf[notice.kind];
        if (kind === null) return [];
        const ms = kind === 'finished' ? tallyOf(after).dialingMs : null;
        return [{ kind, at: notice.at, changes: notice.changes, ms }];
      }),
      ...stallEntries(before, after),
    ];
    return {
      reading: sheet === after.sheet ? after : { ...after, sheet },
      record: { entries: entries.map((entry) => dated(entry, after, days)), closed },
    };
  };
}

type Happened = Pick<NewRecordEntry, 'kind' | 'at' | 'person' | 'scheduled' | 'changes' | 'list' | 'ms' | 'unsure'>;

function dated(entry: Happened, { task }: Reading, days: Days): NewRecordEntry {
  const { total = null, done = null } = task.progress ?? {};
  return { ...entry, taskId: task.id, taskName: task.name, day: days.dayOf(entry.at), total, done };
}

/** Those that had an effect and were not noted before. */
function actEntries({ before, stored = before, after, acts }: RecordedChange): Happened[] {
  return acts.flatMap((act) => {
    if (stored !== null && isNoted(stored, act)) return [];
    const changes = act.action === 'edited' && before !== null ? fieldChangesOf(before, after) : [];
    const counts = stored === null || act.action === 'created' || act.action === 'imported';
    if (!counts && !hasEffect(act, stored, changes)) return [];
    return [
      {
        kind: act.action,
        at: act.at,
        person: act.person,
        scheduled: act.announced === true,
        changes,
        list: act.list ?? null,
      },
    ];
  });
}

function stallEntries(before: Reading | null, after: Reading): Happened[] {
  const [was, is] = [before !== null && isStalled(before), isStalled(after)];
  if (is && !was) return [{ kind: 'stalled', at: after.takenAt, unsure: !after.quietKnown }];
  if (before === null || !was || is || !after.task.started || after.state === 'gone') return [];
  return [{ kind: 'moving', at: after.takenAt, ms: Math.max(0, after.takenAt - stalledSince(before)) }];
}

/** An import into a task that cannot be read now, so that no reading tells of it. */
export function importEntry(
  { taskId, taskName, person }: { taskId: string; taskName: string; person: string },
  { at, list, days }: { at: number; list: ImportTally; days: Days },
): NewRecordEntry {
  return { kind: 'imported', taskId, taskName, person, at, day: days.dayOf(at), list };
}
