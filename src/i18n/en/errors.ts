import type { ConnectionTrouble } from '../../core/connection-trouble.ts';
import type { ErrorCode, FileKind, FileTrouble } from '../../core/errors.ts';
import { grouped, span } from '../format.ts';

/** What a sentence may mention, ready to be inserted. */
interface ErrorFacts {
  /** The platform's or Slack's own words, quoted, or null. */
  words: string | null;
  status: number | null;
  /** How long the other side asks us to wait, ms, or null. */
  waitMs: number | null;
  /** Whether the request may have taken effect; false: it certainly did not. */
  maybeSent: boolean;
  /** What a file is that is no list, or null. */
  fileKind: FileKind | null;
  /** Why a file cannot be downloaded, or null. */
  fileTrouble: FileTrouble | null;
  /** The limit that a file passed, in MB, rows or columns; or null. */
  limit: number | null;
  /** Why no connection came about, or null. */
  connection: ConnectionTrouble | null;
  /** The hours in which calls may be made, or null. */
  hours: string | null;
}

const saveAs = 'save the sheet with the numbers as XLSX or CSV (UTF-8), and upload that';

const fileKinds: Record<FileKind, string> = {
  xls: `The file is a workbook in the old XLS format. Open it in a spreadsheet program, ${saveAs}.`,
  xlsb: `The file is a binary workbook (XLSB). Open it in Excel, ${saveAs}.`,
  open_document: `The file is in an OpenDocument format (ODS). Open it in a spreadsheet program, ${saveAs}.`,
  iwork: 'The file is from Numbers or another app of Apple. Open it there, export it as Excel or CSV, and upload that.',
  encrypted: `The file has a password. Open it, remove the password, ${saveAs}.`,
  damaged:
    'The file is damaged or incomplete, so it cannot be opened. Check that it opens on your computer, save it again as XLSX or CSV, and upload that.',
  document:
    'The file is a text document or a presentation. Copy the list into a spreadsheet, save it as XLSX or CSV, and upload that; or paste the numbers.',
  web_page: `This is a web page, even if it is named like a workbook. Open it in a spreadsheet program, ${saveAs}.`,
  xml: `This is XML, even if it is named like a workbook. Open it in a spreadsheet program, ${saveAs}.`,
  vcard: 'These are contacts (vCard). Export them as CSV and upload that, or paste the numbers alone.',
  json: 'This is JSON. Export the list as CSV and upload that, or paste the numbers alone.',
  email: 'This is an email. Save the list attached to it, and upload that; or paste the numbers alone.',
  pdf: 'The file is a PDF. Upload the list it was made from, as XLSX, CSV or TXT, or paste the numbers.',
  archive: 'The file is an archive. Unpack it and upload the XLSX, CSV or TXT file in it.',
  picture: 'The file is a picture. Upload the list as XLSX, CSV or TXT.',
  media: 'The file is a recording. Upload the list as XLSX, CSV or TXT.',
  binary: 'The file is a database or a program. Export the list as CSV and upload that.',
};

const fileTroubles: Record<FileTrouble, string> = {
  busy: 'Slack did not hand over the file, although it was asked several times. Try again in a few minutes.',
  not_ready: 'Slack is still processing the file. Wait until its upload has finished, and try again.',
  deleted: 'The file was deleted. Upload it again.',
  tombstoned: 'The file was removed by a rule of your workspace, such as its retention policy. Upload it again.',
  hidden_by_plan:
    "Slack hides this file because it is older than your workspace's plan shows. Upload it again from your computer.",
  access_denied: 'Slack denies this app access to the file. Download it, and upload it in the import form.',
  not_found:
    'The file is in a conversation that this app is not in, or no longer exists. Invite the app there, or upload the file in the import form.',
  scope_missing:
    'This app is not allowed to read files. Ask your administrator to grant it the scope `files:read`, or paste the numbers.',
  external:
    'The file is stored outside of Slack (Google Drive, OneDrive and the like), and Slack has only a link to it. Download it from there as XLSX or CSV, and upload that.',
  email:
    'This is an email that was forwarded to Slack. Save the list attached to it, and upload that; or paste the numbers.',
  canvas: 'This is a canvas, which cannot be read as a list. Copy the numbers from it and paste them.',
  list: 'This is a list of Slack, which cannot be read as a file. Export it as CSV from its menu, and upload that.',
};

/** Why the calling platform cannot be reached, and who can change that. */
const connections: Record<ConnectionTrouble, string> = {
  refused: 'Nothing answers at its address. Try again in a minute, or ask your administrator to check `DIALER_URL`.',
  unknown_host: 'Its address is not known. Ask your administrator to check `DIALER_URL` and the name server.',
  no_route: 'No network leads to it. Ask your administrator to check the network.',
  cut_off: 'The connection was cut off. Try again in a minute.',
  timed_out: 'No connection came about in time. Try again in a minute.',
  certificate_untrusted:
    'Its certificate is not trusted here. Ask your administrator to check it, or to set `NODE_EXTRA_CA_CERTS`.',
  certificate_expired: "Its certificate has expired. Ask your administrator to inform the platform's support.",
  certificate_early: 'Its certificate is not valid yet. Ask your administrator to check the clock of the machine.',
  certificate_name: 'Its certificate is for another host. Ask your administrator to check `DIALER_URL`.',
  certificate_refused: 'Its certificate cannot be verified. Ask your administrator to check it.',
  no_tls: 'What answers at its address does not speak HTTPS. Ask your administrator to check `DIALER_URL`.',
  proxy_unreachable: 'The proxy in between cannot be reached. Ask your administrator to check `HTTPS_PROXY`.',
  proxy_login: 'The proxy in between refuses the password. Ask your administrator to check `HTTPS_PROXY`.',
  proxy_refused: 'The proxy in between does not lead there. Ask your administrator to check its rules.',
};

const atMost = ({ limit }: ErrorFacts, unit: string): string =>
  limit === null ? '' : `: the limit is ${grouped(limit)} ${unit}`;

const said = ({ words }: ErrorFacts): string => (words === null ? '' : ` It says: ${words}.`);
const wait = ({ waitMs }: ErrorFacts): string => {
  if (waitMs === null) return 'Try again in a minute.';
  const { hours, minutes, seconds } = span(waitMs);
  return `Try again in ${hours > 0 || minutes > 0 ? `${hours * 60 + minutes} min` : `${Math.max(1, seconds)} s`}.`;
};

/** One or two sentences per code: what happened, and how to fix it. */
export const errors = {
  platform_unauthorized: (facts) =>
    `The calling platform rejected the access token.${said(facts)} Ask your administrator to renew \`DIALER_TOKEN\`.`,
  platform_forbidden: (facts) =>
    `This app's account is not allowed to do that on the calling platform.${said(facts)} Ask your administrator to grant the permission.`,
  platform_not_found: (facts) =>
    `The calling platform could not find this.${said(facts)} It may have been deleted; list the tasks again.`,
  platform_rejected: (facts) =>
    `The calling platform refused the request.${facts.words === null ? ' It gave no reason; check the values and try again.' : said(facts)}`,
  platform_task_running: (facts) =>
    `The calling platform does not allow this while the task is running.${said(facts)} Pause the task, then try again.`,
  platform_rate_limited: (facts) => `The calling platform is rate-limiting requests. ${wait(facts)}`,
  platform_server_error: (facts) =>
    `The calling platform had an internal error${facts.status === null ? '' : ` (HTTP ${facts.status})`}.${said(facts)} Try again in a minute; if the problem persists, contact the platform's support.`,
  platform_malformed: () =>
    "The calling platform's response could not be read. Try again; if the problem persists, ask your administrator to check `DIALER_URL`.",
  platform_empty: () =>
    "The calling platform returned an empty or incomplete response. Try again; if the problem persists, contact the platform's support.",
  platform_timeout: (facts) =>
    facts.maybeSent
      ? 'The calling platform did not respond in time, and the request may have taken effect. Check the task before you try again.'
      : 'The calling platform did not respond in time. Nothing was changed; try again in a minute.',
  platform_unreachable: (facts) =>
    facts.maybeSent
      ? 'The connection to the calling platform was lost, and the request may have taken effect. Check the task before you try again.'
      : `The calling platform cannot be reached, so nothing was changed. ${facts.connection === null ? 'Try again in a minute, or ask your administrator to check `DIALER_URL`.' : connections[facts.connection]}`,
  platform_redirect: () =>
    'The calling platform redirected the request to another address, which Dialdeck does not follow for security reasons. Ask your administrator to check `DIALER_URL`.',
  platform_other_account: () =>
    'The calling platform answers for another account than before, so nothing of it is shown or changed. Ask your administrator to check `DIALER_TOKEN`.',
  platform_too_large: () =>
    "The calling platform's list of tasks is larger than Dialdeck may read, so none of it is shown. Ask your administrator to raise `DIALER_MAX_TASKS` or `DIALER_MAX_MB`.",
  task_gone: () => 'This task no longer exists on the calling platform. List the tasks to see the current ones.',
  task_changed: () => 'Someone else changed this task in the meantime. Open it again to see its current values.',
  group_gone: () => 'This quiet-hours group no longer exists on the platform. List the groups again.',
  outcome_unknown: () =>
    'The response was lost, so it is unknown whether this took effect. Check the task before you try again.',
  already_sent: () => 'This import was already sent or discarded. Its numbers will not be sent again.',
  not_paused: (facts) =>
    facts.maybeSent
      ? 'It is not known whether the task was paused, so the numbers were not sent. Check its card before you try again.'
      : `The task could not be paused${facts.words === null ? '' : `: ${facts.words}`}, so the numbers were not sent. Try again in a minute.`,
  already_decided: () => 'This import is over, or someone else has already decided what becomes of it.',
  import_overdue: () =>
    'The import was interrupted for more than 12 hours, so it does not go on by itself. Resume it if the numbers should still be called.',
  numbers_key_wrong: () =>
    'The do-not-call list and the numbers sent before cannot be read, because the setting `NUMBERS_KEY` is missing or has changed. Nothing was imported. Ask your administrator to restore the key.',
  held_elsewhere: () => 'This import is being sent by another process of this app. No number is sent twice.',
  calling_stopped: () =>
    'All calling is stopped, so nothing is started until someone resumes it. The `resume` command shows who stopped it, and starts its tasks again.',
  outside_legal_hours: ({ hours }) =>
    `Calls may be made within fixed hours only${hours === null ? '' : ` (${hours})`}, so nothing is started now. Start it then.`,
  schedule_changed: () => 'The schedule was changed or removed meanwhile. Open it again to see it as it is now.',
  stop_over: () => 'This emergency stop is over, or someone has stopped all calling again since. Nothing was changed.',
  already_resuming: () => 'Someone is resuming calling at this moment. No task is started twice.',
  not_permitted: () => 'You do not have permission to do that here. Ask your administrator.',
  not_yours: () => 'This was given by someone else, and only they can continue with it. Open the form yourself.',
  submission_unknown: () => 'This form is no longer known. Check the list of tasks before you create the task again.',
  file_too_large: (facts) =>
    `The file is too large${atMost(facts, 'MB')}. Keep only the columns with numbers and names, or split it and import the parts one by one; or ask your administrator to raise \`IMPORT_MAX_MB\`.`,
  file_too_many_rows: (facts) =>
    `The list has too many rows${atMost(facts, 'rows')}. Split it and import the parts one by one, or ask your administrator to raise \`IMPORT_MAX_ROWS\`.`,
  file_too_many_columns: (facts) =>
    `The list has too many columns${atMost(facts, 'columns')}. Keep only those with numbers and names, or ask your administrator to raise \`IMPORT_MAX_COLUMNS\`.`,
  file_unpacks_too_large: (facts) =>
    `The workbook is too large once it is unpacked${atMost(facts, 'MB')}. Copy the columns with numbers and names into a new workbook, or save them as CSV; or ask your administrator to raise \`IMPORT_MAX_UNPACKED_MB\`.`,
  file_unreadable: ({ fileKind }) =>
    fileKind
      ? fileKinds[fileKind]
      : 'The file could not be read as a list of numbers. Save it as XLSX, or as CSV or TXT in UTF-8, and try again.',
  file_download_failed: ({ fileTrouble }) =>
    fileTrouble
      ? fileTroubles[fileTrouble]
      : 'The file could not be downloaded from Slack. Upload it again, or paste the numbers; if the problem persists, contact your administrator.',
  file_too_slow: () =>
    'Reading the list took too long and was stopped. Split it and import the parts one by one, or ask your administrator to raise `IMPORT_READ_SECONDS`.',
  file_too_complex: () =>
    'Reading the list took too much memory and was stopped. Keep only the columns with numbers and names, or split it, and try again; or ask your administrator to raise `IMPORT_READ_MB`.',
  reader_busy: () => 'Several other lists are being read right now. Try again in a minute.',
  other_version: () =>
    'This was made by another version of Dialdeck, so nothing was done. Open it anew with the slash command.',
  chat_failed: (facts) =>
    `Slack could not complete this request${facts.words === null ? '' : ` (${facts.words})`}. ${wait(facts)}`,
  store_failed: () =>
    "Dialdeck's data cannot be read or written right now. Try again in a minute; if the problem persists, contact your administrator.",
  store_not_ours: () =>
    "Dialdeck's data belongs to another workspace or another account of the calling platform. Ask your administrator.",
  internal: () =>
    'Something went wrong in this app. Try again; if the problem persists, give your administrator the reference below.',
} satisfies Record<ErrorCode, (facts: ErrorFacts) => string>;

export const issues = {
  requiredText: (label: string) => `Required: enter the ${label.toLowerCase()}.`,
  requiredChoice: (label: string) => `Required: choose the ${label.toLowerCase()}.`,
  tooLong: (max: number) => `Too long: the limit is ${grouped(max)} characters.`,
  notAWholeNumber: 'Not a whole number. Use digits only, for example 10.',
  outOfRange: (min: number, max: number) => `Out of range. Enter a number from ${grouped(min)} to ${grouped(max)}.`,
  overLine: (max: number) =>
    `Exceeds the free concurrency of this line (max ${grouped(max)}). Lower the concurrency or choose another line.`,
  notAvailable: (label: string) =>
    `Your choice of ${label.toLowerCase()} is not available on the platform. Choose again.`,
};
