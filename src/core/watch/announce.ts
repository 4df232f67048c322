import type { NoticeKind } from '../model/notice.ts';
import { noticeGroupOf } from '../model/notice.ts';
import type { Reading } from '../model/reading.ts';
import { type Audience, correctionsOf, destinationsOf, type TaskEvent } from '../subscriptions/audience.ts';
import { type News, noticesOf } from './diff.ts';
import { milestonesOf } from './milestones.ts';
import { type NewNotice, noticeKey } from './ports.ts';

interface Change {
  before: Reading | null;
  reading: Reading;
  /** What an own action explains is not announced. */
  known: ReadonlySet<NoticeKind>;
}

/** The notices that a change of a task causes. The audience is only asked for when there is something to announce. */
export async function announcementsOf(change: Change, audience: () => Promise<Audience>): Promise<NewNotice[]> {
  const { before, reading, known } = change;
  const all = [...noticesOf(before, reading), ...milestonesOf(before, reading)];
  const news = all.filter(({ notice }) => !known.has(notice.kind));
  if (news.length === 0) return [];
  const everybody = await audience();
  return news.flatMap((one) => addressed(one, change, everybody));
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
  return destinationsOf(event, audience, takenAt).map(({ channel, thread, mentions, direct }) => ({
    channel,
    once,
    body: { type: 'notice', notice, thread, mentions, by: event.by, direct },
  }));
}
