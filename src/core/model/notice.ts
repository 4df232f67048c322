import { z } from 'zod';

/**
 * Something posted as a new message: an outcome, or a change that someone else made.
 * @internal Exported for tests.
 */
export const noticeKinds = ['finished', 'reopened', 'started', 'paused', 'changed', 'gone'] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** The data of a notice; words and blocks are made from it when it is sent. */
export const notice = z.object({
  kind: z.enum(noticeKinds),
  taskId: z.string(),
  taskName: z.string(),
  /** Epoch ms. */
  at: z.number(),
  total: z.number().nullable(),
  done: z.number().nullable(),
  /** finished: how long the run took, ms, and calls per minute; null when unknown. */
  durationMs: z.number().nullable(),
  ratePerMinute: z.number().nullable(),
});
export type Notice = z.infer<typeof notice>;
