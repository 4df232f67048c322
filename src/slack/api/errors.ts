import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { AppError, type ErrorDetails } from '../../core/errors.ts';

/** Slack's codes after which a retry cannot help, by what they are about (docs.slack.dev, chat.postMessage, Errors). */
const lasting = {
  /** Until a person fixes the channel, or the bot's membership in it. */
  channel: [
    'not_in_channel',
    'channel_not_found',
    'is_archived',
    'restricted_action',
    'restricted_action_read_only_channel',
    'restricted_action_thread_only_channel',
    'restricted_action_non_threadable_channel',
    'user_not_found',
    'cannot_dm_bot',
    'messages_tab_disabled',
  ],
  /** Until an administrator fixes the tokens or scopes; then everything resumes. */
  installation: [
    'account_inactive',
    'invalid_auth',
    'missing_scope',
    'not_authed',
    'org_login_required',
    'team_access_not_granted',
    'token_expired',
    'token_revoked',
  ],
  /** This one can never be accepted as it is; others can. */
  message: [
    'invalid_arguments',
    'invalid_blocks',
    'invalid_blocks_format',
    'invalid_metadata_format',
    'metadata_too_large',
    'msg_blocks_too_long',
    'msg_too_long',
    'no_text',
    'cant_update_message',
    'edit_window_closed',
  ],
  /** Someone deleted it. */
  message_gone: ['message_not_found'],
} as const satisfies Record<NonNullable<ErrorDetails['concerns']>, readonly string[]>;

const concernOf = new Map<string, keyof typeof lasting>(
  Object.entries(lasting).flatMap(([concern, codes]) =>
    codes.map((code): [string, keyof typeof lasting] => [code, concern as keyof typeof lasting]),
  ),
);

/** Slack's codes after which the call may have taken effect all the same (docs.slack.dev, chat.postMessage, Errors). */
const perhapsDone = new Set(['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable']);

/**
 * Slack's error code; null when the failure was not a response from Slack. For a body that is not JSON (a proxy's error
 * page), the client reports the whole body as the code, which does not count.
 */
export function slackCode(error: unknown): string | null {
  const code: unknown = error instanceof WebAPIPlatformError ? error.data.error : null;
  return typeof code === 'string' && /^\w{1,80}$/.test(code) ? code : null;
}

export function isSlackError(error: unknown, codes: readonly string[]): boolean {
  const code = slackCode(error);
  return code !== null && codes.includes(code);
}

/** True when a modal could not be opened because its trigger was used or is older than three seconds. */
export function spentTrigger(error: unknown): boolean {
  if (isSlackError(error, ['expired_trigger_id', 'exchanged_trigger_id', 'invalid_trigger_id'])) return true;
  // Slack sometimes reports this as invalid_arguments naming the trigger.
  return (
    error instanceof WebAPIPlatformError &&
    error.data.error === 'invalid_arguments' &&
    JSON.stringify(error.data.response_metadata ?? {}).includes('trigger_id')
  );
}

/** Any failure of a Web API call as an `AppError`. The original is left out: it may contain texts of a message. */
export function toSlackFailure(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof WebAPIRateLimitedError) {
    return new AppError('chat_failed', 'Slack is rate-limiting', {
      details: { retryAfterMs: error.retryAfter * 1000 },
    });
  }
  const code = slackCode(error);
  if (code !== null) {
    const concerns = concernOf.get(code);
    const lines = error instanceof WebAPIPlatformError ? (error.data.response_metadata?.messages ?? []) : [];
    return new AppError('chat_failed', ['Slack responded with', code, ...lines].join(' '), {
      details: {
        chatError: code,
        permanent: concerns !== undefined,
        ...(concerns !== undefined && { concerns }),
        ...(perhapsDone.has(code) && { maybeSent: true }),
      },
    });
  }
  const reason = error instanceof Error ? error.message : 'no answer';
  return new AppError('chat_failed', `Slack did not respond: ${reason}`, { details: { maybeSent: true } });
}
