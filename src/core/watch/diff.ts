import { changedFields, draftOf } from '../model/fields.ts';
import type { Notice, NoticeKind } from '../model/notice.ts';
import type { Reading } from '../model/reading.ts';
import { isFull } from './infer.ts';
import { rateOf } from './pace.ts';
import type { NewNotice } from './ports.ts';

/** A notice, and how often its event can happen (see `NewNotice`). */
export type News = Pick<NewNotice, 'once'> & { notice: Notice };

/**
 * What is worth announcing between two readings of a task. The first reading announces nothing, nor does one that is
 * not newer. Own actions are not announced because they save a reading of their own (record-action.ts).
 */
export function noticesOf(before: Reading | null, after: Reading): News[] {
  if (before === null || before.state === 'gone' || after.takenAt <= before.takenAt) return [];
  const every = (kind: NoticeKind): News => ({ notice: noticeOf(kind, after), once: 'revision' });
  if (after.state === 'gone') return [every('gone')];

  const news: News[] = [];
  if (definitionChanged(before, after)) news.push(every('changed'));
  if (!before.task.started && after.task.started) news.push(every('started'));
  // Turning off a task whose numbers are all dialed is its end, which `finished` reports.
  if (before.task.started && !after.task.started && !isFull(after.task.progress)) news.push(every('paused'));
  if (before.state === 'finished' && after.state !== 'finished') {
    news.push({ notice: noticeOf('reopened', after), once: 'campaign' });
  }
  // A task that was complete when first seen had finished before we were watching.
  if (before.state !== 'finished' && after.state === 'finished' && after.movedAt !== null) {
    news.push({ notice: finishedNotice(after), once: 'campaign' });
  }
  return news;
}

function noticeOf(kind: NoticeKind, reading: Reading): Notice {
  const { task, takenAt } = reading;
  return {
    kind,
    taskId: task.id,
    taskName: task.name,
    at: takenAt,
    total: task.progress?.total ?? null,
    done: task.progress?.done ?? null,
    durationMs: null,
    ratePerMinute: null,
  };
}

function finishedNotice(reading: Reading): Notice {
  const { startedAt, movedAt } = reading;
  const lasted = startedAt === null || movedAt === null ? 0 : movedAt - startedAt;
  return {
    ...noticeOf('finished', reading),
    at: movedAt ?? reading.takenAt,
    durationMs: lasted > 0 ? lasted : null,
    ratePerMinute: rateOf(reading),
  };
}

/** A field that the earlier reading could not know has only been learned now. */
function definitionChanged(before: Reading, after: Reading): boolean {
  const changed = changedFields(draftOf(before.task), draftOf(after.task));
  return changed.some((field) => !before.unknownFields.includes(field));
}
