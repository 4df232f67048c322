import { isPassing, slackCode } from './errors.ts';

/** Slack's code when it refused the token or the app, null for everything that may pass: no answer, 429, 5xx. */
export function refusalOf(error: unknown): string | null {
  const code = slackCode(error);
  // From another network the same token is accepted.
  return code === null || code === 'accesslimited' || isPassing(code) ? null : code;
}
