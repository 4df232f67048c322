import type { NewOutboxItem } from '../../../src/core/model/outbox.ts';
import { sampleNotice } from '../samples.ts';

/** The n-th notice that a task was changed, for a channel; without figures. */
export function changedNotice({
  taskId,
  channel,
  n,
  at,
}: {
  taskId: string;
  channel: string;
  n: number;
  at: number;
}): NewOutboxItem {
  const unknown = { total: null, done: null, durationMs: null, ratePerMinute: null };
  const notice = sampleNotice({ kind: 'changed', taskId, taskName: 'Spring', at, ...unknown });
  return { key: `${taskId}:${n}:${channel}`, channel, taskId, body: { type: 'notice', notice }, createdAt: at };
}
