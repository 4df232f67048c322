import type { Log } from '../../core/ports.ts';

/**
 * The id of the app that an app-level token belongs to, which is a part of it (`xapp-1-A0123456789-…`); null for one of
 * another form.
 */
function appOfToken(token: string): string | null {
  return /^xapp-\d{1,3}-(A[A-Z0-9]{5,20})-/.exec(token)?.[1] ?? null;
}

/** In the log of a start. */
export function reportTwoApps(appToken: string | null, app: string | null, log: Log): void {
  const mixed = twoApps(appToken, app);
  if (mixed !== null) log.error(mixed);
}

/**
 * Says that the tokens are of two apps, for the operator; null when they are not, as far as that can be known. Then
 * everything seems to work, and whatever people do arrives for an app on whose behalf nothing can be answered.
 * @param app of the bot token; null where Slack did not say
 */
export function twoApps(appToken: string | null, app: string | null): string | null {
  const other = appToken === null ? null : appOfToken(appToken);
  if (other === null || app === null || other === app) return null;
  return `SLACK_APP_TOKEN is of the app ${other}, and SLACK_BOT_TOKEN of ${app}`;
}
