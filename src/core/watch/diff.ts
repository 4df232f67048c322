import type { Notice, NoticeKind } from '../model/notice.ts';
import type { Reading } from '../model/reading.ts';
import { isFinish, isFull } from './doubt.ts';
import { fieldChangesOf } from './field-changes.ts';
import { firstSeenOf, rateOf } from './pace.ts';
import type { NewNotice } from './ports.ts';
import { tallyOf } from './tally.ts';

/**
 * A notice, and how often its event can happen (see `NewNotice`). `corrects`: the event whose message it replaces,
 * which turned out wrong or has gone on since.
 */
export type News = Pick<NewNotice, 'once'> & { notice: Notice; corrects: Corrected | null };
interface Corrected {
  kind: NoticeKind;
  once: NewNotice['once'];
}

const theEnd: Corrected = { kind: 'finished', once: 'campaign' };
const theDeletion: Corrected = { kind: 'gone', once: 'revision' };

/**
 * What is worth announcing between two readings of a task. The first reading announces nothing. Own actions are not
 * announced because they save a reading of their own (record-action.ts). A campaign is announced as finished once: what
 * happens to that end later replaces its message.
 */
export function noticesOf(before: Reading | null, after: Reading): News[] {
  if (before === null) return [];
  const every = (kind: NoticeKind): News => ({ notice: noticeOf(kind, after), once: 'revision', corrects: null });
  const correction = (notice: Notice, corrects: Corrected, correctsAt: number): News => ({
    notice: { ...notice, correctsAt },
    once: 'revision',
    corrects,
  });
  if (after.state === 'gone') return before.state === 'gone' ? [] : [every('gone')];

  const news: News[] = [];
  if (before.state === 'gone') news.push(correction(noticeOf('not_gone', after), theDeletion, before.takenAt));
  const changes = fieldChangesOf(before, after);
  if (changes.length > 0) {
    news.push({ notice: { ...noticeOf('changed', after), changes }, once: 'revision', corrects: null });
  }
  if (!before.task.started && after.task.started) news.push(every('started'));
  // Turning off a task whose numbers are all dialed is its end, which `finished` reports.
  if (before.task.started && !after.task.started && !isFull(after.task.progress)) news.push(every('paused'));
  const endedAt = tallyOf(before).endedAt;
  const wasFinished = isFinish(before);
  if (wasFinished && after.state !== 'finished') {
    if (after.campaign === null) news.push({ notice: noticeOf('reopened', after), once: 'campaign', corrects: null });
    else news.push(correction(noticeOf('not_finished', after), theEnd, endedAt ?? before.takenAt));
  }
  // A task that was complete when first seen had finished before we were watching.
  if (!wasFinished && after.state === 'finished' && after.movedAt !== null) {
    const end = finishedNotice(after);
    if (endedAt === null) news.push({ notice: end, once: 'campaign', corrects: null });
    else news.push(correction(end, theEnd, endedAt));
  }
  return news;
}

/** A notice of that kind with the figures of a reading. */
export function noticeOf(kind: NoticeKind, reading: Reading): Notice {
  const { task, takenAt } = reading;
  return {
    ...withoutFigures(kind),
    taskId: task.id,
    taskName: task.name,
    at: takenAt,
    total: task.progress?.total ?? null,
    done: task.progress?.done ?? null,
  };
}

/** A notice of that kind about a task of which nothing is known. */
export function withoutFigures(kind: NoticeKind): Omit<Notice, 'taskId' | 'taskName' | 'at'> {
  return {
    kind,
    total: null,
    done: null,
    durationMs: null,
    ratePerMinute: null,
    firstSeen: null,
    leftOn: false,
    correctsAt: null,
    act: null,
    changes: [],
    schedule: null,
  };
}

function finishedNotice(reading: Reading): Notice {
  const { dialingMs } = tallyOf(reading);
  return {
    ...noticeOf('finished', reading),
    at: reading.movedAt ?? reading.takenAt,
    durationMs: dialingMs > 0 ? dialingMs : null,
    ratePerMinute: rateOf(reading),
    firstSeen: firstSeenOf(reading),
    leftOn: reading.task.started && reading.redials !== true,
  };
}
