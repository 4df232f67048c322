/** Something that is posted anew into a channel: an outcome or a change somebody else made. */
export const noticeKinds = ['finished', 'reopened', 'started', 'paused', 'changed', 'gone'] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** The data of a notice; words and blocks are made from it when it is sent. */
export interface Notice {
  kind: NoticeKind;
  taskId: string;
  taskName: string;
  /** Epoch ms. */
  at: number;
  total: number | null;
  done: number | null;
  /** finished: how long the run took, ms, and calls per minute; null when unknown. */
  durationMs: number | null;
  ratePerMinute: number | null;
}
