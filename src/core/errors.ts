import type { ConnectionTrouble } from './connection-trouble.ts';

/**
 * The codes of everything that can go wrong and that a person cannot fix by entering something else. They are stable:
 * they appear in logs and tests, and the catalogue has one sentence for each.
 */
export const errorCodes = [
  // The calling platform (src/dialer).
  'platform_unauthorized',
  'platform_forbidden',
  'platform_not_found',
  'platform_rejected',
  'platform_task_running',
  'platform_rate_limited',
  'platform_server_error',
  'platform_malformed',
  'platform_empty',
  'platform_timeout',
  'platform_unreachable',
  'platform_redirect',
  /** What is read belongs to another account than what is stored. */
  'platform_other_account',
  /** One reading would take in more than it may. */
  'platform_too_large',
  // Ours.
  'task_gone',
  'task_changed',
  /** The platform has no such quiet-hours group (any more). */
  'group_gone',
  /** The response to an action was lost, and reading back did not settle it. */
  'outcome_unknown',
  /** An import was sent or discarded before. */
  'already_sent',
  /** A task could not be paused for an import, so nothing was sent. */
  'not_paused',
  /** An import is over, or someone else has decided about it. */
  'already_decided',
  /** An import was interrupted for so long that its person has to say whether it goes on. */
  'import_overdue',
  /** The key of the settings is not the one that numbers were stored with. */
  'numbers_key_wrong',
  /** Another process is sending this import, or has settled it meanwhile. */
  'held_elsewhere',
  /** An emergency stop is in force: nothing is started until it is resumed. */
  'calling_stopped',
  /** Nothing is started outside the hours in which calls may be made. */
  'outside_legal_hours',
  /** The stop that was to be resumed or lifted is over, or someone has ordered another one since. */
  'stop_over',
  /** The set of a stop is being resumed already. */
  'already_resuming',
  /** A schedule was changed or removed since it was shown, or since it began to act. */
  'schedule_changed',
  /** A rule does not let this person do that. */
  'not_permitted',
  /** A preview or a file that another person gave. */
  'not_yours',
  /** A form that is no longer stored. */
  'submission_unknown',
  /** More bytes, rows, columns, or bytes once unpacked, than a list may have. */
  'file_too_large',
  'file_too_many_rows',
  'file_too_many_columns',
  'file_unpacks_too_large',
  'file_unreadable',
  'file_download_failed',
  /** Reading a list took longer, or more memory, than it may. */
  'file_too_slow',
  'file_too_complex',
  /** Enough lists wait to be read. */
  'reader_busy',
  /** A button, form or value that another version of the product made. */
  'other_version',
  'chat_failed',
  'store_failed',
  /** The store belongs to another workspace, app, platform or account. */
  'store_not_ours',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/**
 * What a file can be instead of a list.
 * @internal Exported for tests.
 */
export const fileKinds = [
  'xls',
  'xlsb',
  'open_document',
  'iwork',
  /** A workbook or an archive with a password. */
  'encrypted',
  /** A workbook or an archive that ends too early or contradicts itself. */
  'damaged',
  /** Of a word processor, or a presentation. */
  'document',
  'web_page',
  /** Including the workbooks of Excel 2003 as XML. */
  'xml',
  'vcard',
  'json',
  'email',
  'pdf',
  'archive',
  'picture',
  /** Sound and film. */
  'media',
  /** Of a database, or a program. */
  'binary',
] as const;
export type FileKind = (typeof fileKinds)[number];

/**
 * Why a file of the chat cannot be downloaded.
 * @internal Exported for tests.
 */
export const fileTroubles = [
  /** The chat answers too slowly, or not at all: it passes. */
  'busy',
  /** It was only just uploaded. */
  'not_ready',
  'deleted',
  /** Removed by a rule of the workspace; only a mark is left. */
  'tombstoned',
  /** Older than what the plan of the workspace shows. */
  'hidden_by_plan',
  'access_denied',
  /** In a conversation that this app does not see, or nowhere. */
  'not_found',
  /** This app may not read files. */
  'scope_missing',
  /** Stored elsewhere (Google Drive and the like), with only a link in the chat. */
  'external',
  'email',
  'canvas',
  'list',
] as const;
export type FileTrouble = (typeof fileTroubles)[number];

/** What is over after a while: the same may then succeed. */
const passing: ReadonlySet<ErrorCode> = new Set([
  'platform_rate_limited',
  'platform_server_error',
  'platform_malformed',
  'platform_empty',
  'platform_timeout',
  'platform_unreachable',
  'reader_busy',
  'store_failed',
  'chat_failed',
]);

/** Whether it is worth trying again. */
export const mayPass = ({ code, details }: AppError): boolean => passing.has(code) && details.permanent !== true;

export interface ErrorDetails {
  /** Why a file cannot be downloaded, for `file_download_failed`. */
  fileTrouble?: FileTrouble;
  /** What the file is, for `file_unreadable`. */
  fileKind?: FileKind;
  /** The limit that a file passed: MB, rows or columns. */
  limit?: number;
  /** The platform's own sentence (often Chinese). Shown to people escaped, but otherwise verbatim and untranslated. */
  platformMessage?: string;
  /** The hours in which calls may be made, as they are set, for `outside_legal_hours`. */
  hours?: string;
  /** HTTP status, if there was one. */
  status?: number;
  /** How long the other side asks us to wait, in milliseconds. */
  retryAfterMs?: number;
  /** The platform's own code in an envelope, where it is a number. */
  businessCode?: number;
  /** The platform's refusals, keyed by its own field names (Laravel's `errors`). */
  fields?: Record<string, string[]>;
  /** The chat platform's own code (`not_in_channel`…), for `chat_failed`. */
  chatError?: string;
  /** Why no connection came about. */
  connection?: ConnectionTrouble;
  /** Which token of the chat platform was refused: that of the bot, or that of its connections. */
  token?: 'bot' | 'app';
  /** The permission that the chat platform says is missing. */
  neededScope?: string;
  /** A retry cannot help. */
  permanent?: boolean;
  /**
   * What a known refusal is about. Permanent: this one message, one that was posted and no longer exists or can no
   * longer be edited, the channel, or the whole installation. Passing: the service itself.
   */
  concerns?: 'message' | 'message_gone' | 'message_fixed' | 'channel' | 'installation' | 'service';
  /** The request may have taken effect although no response arrived. */
  maybeSent?: boolean;
}

/**
 * The only error type of the product. Its message is in English and for the log only; what people read is derived from
 * `code` and `details` in one place (src/i18n). `cause` never holds a raw HTTP error: those contain the token.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, options: { details?: ErrorDetails; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = options.details ?? {};
  }
}

/** Converts anything thrown to an `AppError`; anything that is not one becomes `internal`. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  return new AppError('internal', thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown });
}
