import { SlackError, WebAPIRateLimitedError } from '@slack/web-api';
import { slackCode } from './errors.ts';

/** Slack's codes that pass by themselves: they say nothing of the token. */
const passing = new Set([
  'accesslimited',
  'fatal_error',
  'internal_error',
  'ratelimited',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
]);

/** Slack's code when it refused the token or the app, null for everything that may pass: no answer, 429, 5xx. */
export function refusalOf(error: unknown): string | null {
  const code = slackCode(error);
  return code === null || passing.has(code) ? null : code;
}

/** How long Slack asks to wait, ms; null when it does not. */
export function retryAfterOf(error: unknown): number | null {
  return error instanceof WebAPIRateLimitedError ? error.retryAfter * 1_000 : null;
}

/** Whether a failure came from a call of the Web API, answered or not. */
export const isSlackFailure = (error: unknown): boolean => error instanceof SlackError;
