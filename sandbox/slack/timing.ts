/** How long things may take, in milliseconds, and how often response URLs may be used. */
export interface Timing {
  /** How long the app has to acknowledge a payload. */
  ackMs: number;
  triggerMs: number;
  responseMs: number;
  responseUses: number;
  /** How long a socket lives before it is asked to refresh. */
  connectionMs: number;
  /** How long before that it is warned. */
  warningMs: number;
  /** The pause before each redelivery of an event. */
  retryMs: number[];
}

/** What docs.slack.dev says, and for sockets what Slack does. */
export const slackTiming: Timing = {
  ackMs: 3_000,
  triggerMs: 3_000,
  responseMs: 30 * 60_000,
  responseUses: 5,
  connectionMs: 18_060_000,
  warningMs: 10_000,
  retryMs: [100, 60_000, 300_000],
};
