/** What the bench and its Slack say to each other. */

export const signingSecret = 'bench-signing-secret';

export interface Command {
  /** Where the bot listens. */
  port: number;
  /** What follows the command word. */
  text: string;
}

/** `ms`: from the command to its answer; `body`: the answer, as the bot sent it. */
export type Said = { ready: string } | { ms: number; body: string };
