import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';

/** What the Web API throws for one of Slack's codes, or for `rate limit of 20 s`. */
export function refusedBySlack(error: string): Error {
  const [, seconds] = /^rate limit of (\d+) s$/.exec(error) ?? [];
  if (seconds !== undefined) return new WebAPIRateLimitedError(Number(seconds));
  return new WebAPIPlatformError({ ok: false, error });
}
