import type { ErrorCode } from '../../core/errors.ts';
import { grouped, span } from '../format.ts';

/** What a sentence may mention; all of it is ready to be put in. */
interface Told {
  /** The platform's or Slack's own words, quoted, or null. */
  words: string | null;
  status: number | null;
  /** How long the other side asks us to wait, ms, or null. */
  waitMs: number | null;
  /** Nothing can have happened, as opposed to: it may have taken effect. */
  maybeSent: boolean;
}

const said = (told: Told): string => (told.words === null ? '' : ` It says: ${told.words}.`);
const wait = (told: Told): string => {
  if (told.waitMs === null) return 'Try again in a minute.';
  const { hours, minutes, seconds } = span(told.waitMs);
  return `Try again in ${hours > 0 || minutes > 0 ? `${hours * 60 + minutes} min` : `${Math.max(1, seconds)} s`}.`;
};

/** One sentence or two per code: what happened, and how to mend it. */
export const errors = {
  platform_unauthorized: (told) =>
    `The calling platform did not accept the access token.${said(told)} Ask your administrator to renew \`DIALER_TOKEN\`.`,
  platform_forbidden: (told) =>
    `The account of this app may not do that on the calling platform.${said(told)} Ask your administrator for the permission.`,
  platform_not_found: (told) =>
    `The calling platform does not know what was asked for.${said(told)} It may have been deleted; list the tasks again.`,
  platform_rejected: (told) =>
    `The calling platform refused this.${told.words === null ? ' It gave no reason; check the values and try again.' : said(told)}`,
  platform_task_running: (told) =>
    `The platform refuses this while the task is running.${said(told)} Pause the task, then try again.`,
  platform_rate_limited: (told) => `The calling platform asks for fewer requests at a time. ${wait(told)}`,
  platform_server_error: (told) =>
    `The calling platform has a fault of its own${told.status === null ? '' : ` (HTTP ${told.status})`}.${said(told)} Try again in a minute; if it stays, tell the platform's support.`,
  platform_malformed: () =>
    'The answer of the calling platform could not be read. Try again; if it stays, ask your administrator to check `DIALER_URL`.',
  platform_empty: () =>
    "The calling platform answered with nothing. Try again; if it stays, tell the platform's support.",
  platform_timeout: (told) =>
    told.maybeSent
      ? 'The calling platform did not answer in time, and the request may have taken effect. Look at the task before you repeat it.'
      : 'The calling platform did not answer in time. Nothing was changed; try again in a minute.',
  platform_unreachable: (told) =>
    told.maybeSent
      ? 'The connection to the calling platform broke, and the request may have taken effect. Look at the task before you repeat it.'
      : 'The calling platform cannot be reached. Nothing was changed; try again in a minute, or ask your administrator to check `DIALER_URL`.',
  platform_redirect: () =>
    'The calling platform points to another address, which is not followed for safety. Ask your administrator to check `DIALER_URL`.',
  task_gone: () => 'This task no longer exists on the calling platform. List the tasks to see what is there.',
  task_changed: () => 'Somebody else changed this task meanwhile. Open it again to see it as it is now.',
  outcome_unknown: () =>
    'Whether this took effect is not known: the answer was lost. Look at the task before you repeat it.',
  already_sent: () => 'This import was sent or discarded before. Its numbers are not sent again.',
  held_elsewhere: () =>
    'Another process of this app is sending this import, or has just settled it. Its numbers are not sent twice.',
  submission_unknown: () => 'This form is no longer known. Look at the list of tasks before you create it again.',
  file_too_large: () =>
    'The file is too large: 10 MB and 100,000 rows are the most. Split it and import the parts one after another.',
  file_unreadable: () =>
    'The file could not be read as a list of numbers. Save it as CSV or TXT in UTF-8 and try again.',
  file_download_failed: () =>
    'The file could not be fetched from Slack. Upload it again; if it stays, ask your administrator whether the app has the `files:read` scope.',
  chat_failed: (told) => {
    const seen = told.words === null ? '' : ` (${told.words})`;
    return `Slack did not accept this${seen}. ${wait(told)}`;
  },
  store_failed: () =>
    'The data of this app cannot be read or written right now. Try again in a minute; if it stays, tell your administrator.',
  internal: () =>
    'Something went wrong in this app. Try again; if it stays, give your administrator the reference below.',
} satisfies Record<ErrorCode, (told: Told) => string>;

export const issues = {
  requiredText: (label: string) => `Required: fill in the ${label.toLowerCase()}.`,
  requiredChoice: (label: string) => `Required: choose the ${label.toLowerCase()}.`,
  tooLong: (max: number) => `Too long. ${grouped(max)} characters at most.`,
  tooLongUnbounded: 'Too long. Shorten it.',
  notAWholeNumber: 'Not a whole number. Use digits only, for example 10.',
  outOfRange: (min: number, max: number) => `Out of range. Use ${grouped(min)} to ${grouped(max)}.`,
  tooSmall: (min: number) => `Too small. Use ${grouped(min)} or more.`,
  tooLarge: (max: number) => `Too large. Use ${grouped(max)} or less.`,
  outOfRangeUnbounded: 'Out of range. Use another number.',
  overLine: (max: number) =>
    `More than this line has free: max ${grouped(max)}. Lower the concurrency or choose another line.`,
  overLineUnbounded: 'More than this line has free. Lower the concurrency or choose another line.',
  notAvailable: (label: string) =>
    `Your choice of ${label.toLowerCase()} is not available on the platform. Choose again.`,
};
