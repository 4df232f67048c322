import type { NoticeKind } from '../model/notice.ts';
import type { Reading } from '../model/reading.ts';
import { type News, noticeOf } from './diff.ts';
import { sameSource } from './doubt.ts';
import { rateOf } from './pace.ts';

/** The shares of its numbers at which a task that dials may be announced, the last one first. */
const milestones = [
  { kind: 'three_quarters', share: 0.75 },
  { kind: 'half', share: 0.5 },
  { kind: 'quarter', share: 0.25 },
] as const satisfies readonly { kind: NoticeKind; share: number }[];

/** The news of a task that has reached a share of its numbers; each once per campaign. */
export function milestonesOf(before: Reading | null, after: Reading): News[] {
  const kind = before === null ? null : milestoneOf(before, after);
  if (kind === null) return [];
  return [{ notice: { ...noticeOf(kind, after), ratePerMinute: rateOf(after) }, once: 'campaign', corrects: null }];
}

/**
 * The share of its numbers that a task has reached by dialing since the last look, the highest of several; null when
 * there is none. Numbers that leave the list and a figure of another source are no progress.
 */
function milestoneOf(before: Reading, after: Reading): (typeof milestones)[number]['kind'] | null {
  const [was, is] = [before.task.progress, after.task.progress];
  if (is === null || !sameSource(was, is) || is.done <= was.done || is.total === 0 || was.total === 0) return null;
  // The end is announced as such; a new campaign begins with its own figures.
  if (after.state === 'finished' || before.campaign !== after.campaign) return null;
  if (is.done >= is.total) return null;
  const reached = milestones.find(({ share }) => was.done / was.total < share && is.done / is.total >= share);
  return reached?.kind ?? null;
}
