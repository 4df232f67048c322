import { draftOf, sameDefinition } from '../model/fields.ts';
import type { Notice, NoticeKind } from '../model/notice.ts';
import type { Reading } from '../model/reading.ts';
import { isFull } from './infer.ts';
import { rateOf } from './pace.ts';

/** A notice, and what makes its event different from the last one of its kind and task: part of its outbox key. */
export interface NumberedNotice {
  notice: Notice;
  ordinal: number | string;
}

/**
 * What is news between two readings of a task. The first reading is none, nor is one that is not newer. Own actions
 * are no news because they save a reading of their own (actions.ts).
 */
export function noticesOf(before: Reading | null, after: Reading): NumberedNotice[] {
  if (before === null || before.state === 'gone' || after.takenAt <= before.takenAt) return [];
  const at = after.takenAt;
  if (after.state === 'gone') return [{ notice: noticeOf('gone', after), ordinal: at }];

  const news: NumberedNotice[] = [];
  if (!sameDefinition(draftOf(before.task), draftOf(after.task)))
    news.push({ notice: noticeOf('changed', after), ordinal: at });
  if (!before.task.started && after.task.started) news.push({ notice: noticeOf('started', after), ordinal: at });
  // Switching off a task that has dialled everything is its end, and the finish tells of that.
  if (before.task.started && !after.task.started && !isFull(after.task.progress)) {
    news.push({ notice: noticeOf('paused', after), ordinal: at });
  }
  if (before.state === 'finished' && after.state !== 'finished') {
    news.push({ notice: noticeOf('reopened', after), ordinal: before.finishes });
  }
  // A task that was full when it was first seen finished before our time.
  if (after.finishes > before.finishes && after.movedAt !== null) {
    news.push({ notice: finishedNotice(after), ordinal: after.finishes });
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
