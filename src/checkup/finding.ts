/** The result of one check. `fix` says what to do when it is not ok. */
export interface Finding {
  what: string;
  level: 'ok' | 'warning' | 'fault';
  seen: string;
  fix?: string;
}

/** How long one answer is waited for, ms. */
export const answerWithinMs = 10_000;
