import { AppError, type FileTrouble } from '../../core/errors.ts';
import { toSlackFailure } from './errors.ts';

/** What `files.info` says of a file (docs.slack.dev, File object), as far as it decides whether it can be read. */
export interface FileState {
  mode?: string | undefined;
  filetype?: string | undefined;
  mimetype?: string | undefined;
  file_access?: string | undefined;
  is_external?: boolean | undefined;
}

const byMode: Readonly<Record<string, FileTrouble>> = {
  tombstone: 'tombstoned',
  hidden_by_limit: 'hidden_by_plan',
  external: 'external',
  email: 'email',
  canvas: 'canvas',
  quip: 'canvas',
  space: 'canvas',
  post: 'canvas',
  list: 'list',
};

const byAccess: Readonly<Record<string, FileTrouble>> = {
  access_denied: 'access_denied',
  hidden_by_limit: 'hidden_by_plan',
  file_not_found: 'not_found',
  file_deleted: 'deleted',
};

/** Why a file cannot be read, by what Slack says of it; null when nothing speaks against it. */
export function troubleOf({
  mode,
  filetype,
  mimetype,
  file_access: access,
  is_external: external,
}: FileState): FileTrouble | null {
  const known = byAccess[access ?? ''] ?? byMode[mode ?? ''];
  if (known !== undefined) return known;
  if (external) return 'external';
  if (filetype === 'email') return 'email';
  if (mimetype === 'application/vnd.slack-docs' || filetype === 'canvas' || filetype === 'quip') return 'canvas';
  return mimetype === 'application/vnd.slack-list' || filetype === 'list' ? 'list' : null;
}

const byError: Readonly<Record<string, FileTrouble>> = {
  file_not_found: 'not_found',
  not_in_channel: 'not_found',
  channel_not_found: 'not_found',
  file_deleted: 'deleted',
  access_denied: 'access_denied',
  not_visible: 'access_denied',
  restricted_action: 'access_denied',
  no_permission: 'access_denied',
  missing_scope: 'scope_missing',
  not_allowed_token_type: 'scope_missing',
};

/** Why Slack does not describe a file, by what it threw. */
export function failureOfInfo(thrown: unknown): AppError {
  const { message, details } = toSlackFailure(thrown);
  const known = byError[details.chatError ?? ''];
  // What Slack refuses for another reason stays so; everything else passes.
  const trouble = known ?? (details.permanent ? null : 'busy');
  return downloadFailure(trouble, message, details.retryAfterMs);
}

/** Why an answer is not the file: Slack answers a missing permission with a sign-in page and status 200. */
export function failureOfAnswer(status: number, type: string): AppError {
  const trouble = status === 200 || status === 401 ? 'scope_missing' : troubleOfStatus(status);
  return downloadFailure(trouble, `Slack responded with ${status} ${type}`, undefined, status);
}

function troubleOfStatus(status: number): FileTrouble | null {
  if (status === 403) return 'access_denied';
  // A file is announced a moment before it can be fetched.
  if (status === 404) return 'not_ready';
  if (status === 410) return 'deleted';
  return status === 408 || status === 425 || status === 429 || status >= 500 ? 'busy' : null;
}

export function downloadFailure(
  fileTrouble: FileTrouble | null,
  message: string,
  retryAfterMs?: number,
  status?: number,
): AppError {
  return new AppError('file_download_failed', message, {
    details: {
      ...(fileTrouble !== null && { fileTrouble }),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      ...(status !== undefined && { status }),
    },
  });
}

/** What passes by itself. */
export function passes({ details }: AppError): boolean {
  return details.fileTrouble === 'busy' || details.fileTrouble === 'not_ready';
}
