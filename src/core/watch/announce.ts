import type { PersonRef } from '../model/address.ts';
import { type FieldChange, type Notice, type NoticeKind, noticeGroupOf } from '../model/notice.ts';
import type { Reading } from '../model/reading.ts';
import { type Audience, correctionsOf, destinationsOf, type TaskEvent } from '../subscriptions/audience.ts';
import { isNoted, type NewAct } from './acts.ts';
import { type News, noticeOf, noticesOf } from './diff.ts';
import { fieldChangesOf } from './field-changes.ts';
import { milestonesOf } from './milestones.ts';
import { type NewNotice, noticeKey } from './ports.ts';

interface Change {
  before: Reading | null;
  reading: Reading;
  /** What an own action explains is not announced. */
  known: ReadonlySet<NoticeKind>;
  /** What was done through Dialdeck that explains the change, oldest first. */
  acts: readonly NewAct[];
}

/** The notices that a change of a task causes. The audience is only asked for when there is something to announce. */
export async function announcementsOf(change: Change, audience: () => Promise<Audience>): Promise<NewNotice[]> {
  const { before, reading, known, acts } = change;
  const all = [...noticesOf(before, reading), ...milestonesOf(before, reading)];
  const news = all.filter(({ notice }) => !known.has(notice.kind));
  const runner = before?.runBy ?? null;
  const act = acts.findLast((one) => concerns(runner, one)) ?? null;
  if (news.length === 0 && act === null) return [];
  const everybody = await audience();
  const acted = act === null ? [] : actNotices(act, change, everybody);
  return [...news.flatMap((one) => addressed(one, change, everybody)), ...acted];
}

/** Whether who runs a task may be notified of an act: one of someone else. null: that depends on who watches it. */
export function concerns(runner: PersonRef | null, { person, action }: Pick<NewAct, 'person' | 'action'>): boolean {
  return runner !== person && action !== 'created';
}

/**
 * The notice of what was done to a task through Dialdeck, for who ran it by the reading before. None when that knows it
 * already: it was announced then. An edit says what it changed.
 */
export function actNotices(
  act: NewAct,
  { before, reading }: Pick<Change, 'before' | 'reading'>,
  audience: Audience,
): NewNotice[] {
  if (before === null || act.ofStop || act.announced || !concerns(before.runBy, act) || isNoted(before, act)) return [];
  const { person, action, count = null } = act;
  const changes = action === 'edited' ? fieldChangesOf(before, reading) : [];
  if (!hasEffect(act, before, changes)) return [];
  const notice: Notice = { ...noticeOf('acted', reading), act: { person, action, count }, changes };
  return posted({ notice, once: 'revision' }, { runner: before.runBy, by: person, reading }, audience);
}

/** A second pause, or an edit that changes nothing, is no news. */
export function hasEffect(
  { action, count }: NewAct,
  { task, state }: Reading,
  changes: readonly FieldChange[],
): boolean {
  switch (action) {
    case 'started':
      return !task.started;
    case 'paused':
      return task.started;
    case 'edited':
      return changes.length > 0;
    case 'imported':
      return count !== 0;
    case 'deleted':
      return state !== 'gone';
    case 'created':
      return false;
  }
}

function addressed({ notice, once, corrects }: News, { before, reading }: Change, audience: Audience): NewNotice[] {
  const { task, takenAt, runBy } = reading;
  const event: TaskEvent = { taskId: task.id, task, group: noticeGroupOf[notice.kind], runBy, by: null };
  if (corrects !== null && before !== null) {
    return correctionsOf(event, audience, takenAt).map(({ channel, wanted }) => {
      const of = noticeKey({ ...corrects, channel }, before);
      return { channel, once, body: { type: 'correction', of, notice, asNew: wanted } };
    });
  }
  return posted({ notice, once }, { runner: runBy, by: null, reading }, audience);
}

function posted(
  { notice, once }: Pick<News, 'notice' | 'once'>,
  { runner, by, reading }: { runner: PersonRef | null; by: PersonRef | null; reading: Reading },
  audience: Audience,
): NewNotice[] {
  const { task, takenAt } = reading;
  const event: TaskEvent = { taskId: task.id, task, group: noticeGroupOf[notice.kind], runBy: runner, by };
  return destinationsOf(event, audience, takenAt).map(({ channel, thread, mentions, direct }) => ({
    channel,
    once,
    body: { type: 'notice', notice, thread, mentions, by, direct },
  }));
}
