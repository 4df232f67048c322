import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { connectionTroubleIn, connectionWords } from '../../core/connection-trouble.ts';
import { AppError, type ErrorDetails } from '../../core/errors.ts';

/**
 * Slack's codes by what they are about, of the calls that deliver messages (docs.slack.dev, errors of chat.postMessage,
 * chat.update, conversations.history and conversations.open). A code that is missing here is tried a few times, then
 * the message is given up. `docs/delivery.md` says what follows from each group.
 */
const codes = {
  /** Until a person fixes the channel, or the bot's membership in it. */
  channel: [
    'access_denied',
    'cannot_dm_bot',
    'channel_not_found',
    'channel_type_not_supported',
    'is_archived',
    'is_inactive',
    'messages_tab_disabled',
    'method_not_supported_for_channel_type',
    'no_permission',
    'not_in_channel',
    'restricted_action',
    'restricted_action_non_threadable_channel',
    'restricted_action_read_only_channel',
    'restricted_action_thread_locked',
    'restricted_action_thread_only_channel',
    'team_not_found',
    'user_disabled',
    'user_not_found',
    'user_not_visible',
  ],
  /** Until an administrator fixes the tokens, scopes or policies; then everything resumes. */
  installation: [
    'accesslimited',
    'account_inactive',
    'deprecated_endpoint',
    'ekm_access_denied',
    'enterprise_is_restricted',
    'invalid_auth',
    'method_deprecated',
    'missing_scope',
    'not_allowed_token_type',
    'not_authed',
    'org_login_required',
    'team_access_not_granted',
    'token_expired',
    'token_revoked',
    'two_factor_setup_required',
    'unknown_method',
  ],
  /** This one can never be accepted as it is; others can. */
  message: [
    'as_user_not_supported',
    'attachment_payload_limit_exceeded',
    'cannot_reply_to_message',
    'cant_broadcast_message',
    'cant_post_message',
    'duplicate_channel_not_found',
    'duplicate_message_not_found',
    'invalid_arg_name',
    'invalid_arguments',
    'invalid_array_arg',
    'invalid_attachments',
    'invalid_blocks',
    'invalid_blocks_format',
    'invalid_charset',
    'invalid_form_data',
    'invalid_json',
    'invalid_limit',
    'invalid_metadata_format',
    'invalid_metadata_schema',
    'invalid_post_type',
    'invalid_ts_latest',
    'invalid_ts_oldest',
    'json_not_object',
    'markdown_text_conflict',
    'metadata_must_be_sent_from_app',
    'metadata_too_large',
    'missing_file_data',
    'missing_post_type',
    'msg_blocks_too_long',
    'msg_too_long',
    'no_dual_broadcast_content_update',
    'no_text',
    'pagination_not_available',
    'slack_connect_blocked_file_type',
    'slack_connect_canvas_sharing_blocked',
    'slack_connect_clip_sharing_blocked',
    'slack_connect_file_link_sharing_blocked',
    'slack_connect_file_upload_sharing_blocked',
    'slack_connect_lists_sharing_blocked',
    'too_many_attachments',
    'too_many_contact_cards',
  ],
  /** It was posted and can no longer be edited; a new message can be posted. */
  message_fixed: ['block_mismatch', 'cant_update_message', 'edit_window_closed'],
  /** Someone deleted it. */
  message_gone: ['message_not_found'],
  /** Slack's own trouble: it passes. */
  service: [
    'external_channel_migrating',
    'fatal_error',
    'internal_error',
    'request_timeout',
    'service_unavailable',
    'streaming_state_conflict',
    'team_added_to_org',
    'update_failed',
  ],
} as const satisfies Record<NonNullable<ErrorDetails['concerns']>, readonly string[]>;

const concernOf = new Map<string, keyof typeof codes>(
  Object.entries(codes).flatMap(([concern, listed]) =>
    listed.map((code): [string, keyof typeof codes] => [code, concern as keyof typeof codes]),
  ),
);

/** A rate limit can also come as a refusal in an answer with status 200. */
const rateLimits = new Set(['message_limit_exceeded', 'rate_limited', 'ratelimited']);

/** How long to wait when a rate limit does not say, ms: Slack's limits count per minute. */
const unsaidRetryAfterMs = 30_000;

/** What the client says, and no more, of a 429 without a `Retry-After`. */
const withoutRetryAfter = 'Retry header did not contain a valid timeout';

/** Slack's codes after which the call may have taken effect all the same (docs.slack.dev, chat.postMessage, Errors). */
const perhapsDone = new Set(['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable']);

/** Whether a code passes by itself: it says nothing of the token, the channel or the message. */
export function isPassing(code: string): boolean {
  return rateLimits.has(code) || concernOf.get(code) === 'service';
}

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

/** What Slack says to blocks that it does not accept, now or where they are. */
const blockRefusals: readonly string[] = ['invalid_blocks', 'invalid_blocks_format', 'invalid_arguments'];

/** Whether a message was refused for its blocks. */
export function isBlockRefusal(error: unknown): boolean {
  const code = error instanceof AppError ? error.details.chatError : slackCode(error);
  return code !== undefined && code !== null && blockRefusals.includes(code);
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

/** What a rate limit asks to wait, ms, however Slack says it; null for everything else. */
export function retryAfterMsOf(error: unknown): number | null {
  if (error instanceof WebAPIRateLimitedError) return error.retryAfter * 1_000;
  if (error instanceof WebAPIPlatformError && rateLimits.has(error.data.error)) {
    const seconds: unknown = error.data.response_metadata?.retryAfter;
    return typeof seconds === 'number' && seconds > 0 ? seconds * 1_000 : unsaidRetryAfterMs;
  }
  return error instanceof Error && error.message.startsWith(withoutRetryAfter) ? unsaidRetryAfterMs : null;
}

/** The scope that a `missing_scope` names (docs.slack.dev, errors of the Web API). */
function neededScopeOf(error: unknown): string | null {
  const needed: unknown = error instanceof WebAPIPlatformError ? Reflect.get(error.data, 'needed') : null;
  return typeof needed === 'string' && /^[a-z:._,]{1,100}$/.test(needed) ? needed : null;
}

/** Any failure of a Web API call as an `AppError`. The original is left out: it may contain texts of a message. */
export function toSlackFailure(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const retryAfterMs = retryAfterMsOf(error);
  if (retryAfterMs !== null)
    return new AppError('chat_failed', 'Slack is rate-limiting', { details: { retryAfterMs } });
  const code = slackCode(error);
  if (code !== null) {
    const concerns = concernOf.get(code);
    const scope = neededScopeOf(error);
    const lines = error instanceof WebAPIPlatformError ? (error.data.response_metadata?.messages ?? []) : [];
    return new AppError('chat_failed', ['Slack responded with', code, ...lines].join(' '), {
      details: {
        chatError: code,
        permanent: concerns !== undefined && concerns !== 'service',
        ...(concerns !== undefined && { concerns }),
        ...(scope !== null && { neededScope: scope }),
        ...(perhapsDone.has(code) && { maybeSent: true }),
      },
    });
  }
  const found = connectionTroubleIn(error);
  if (found !== null) {
    return new AppError('chat_failed', `Slack cannot be reached: ${connectionWords[found.trouble]} (${found.code})`, {
      details: { maybeSent: true, connection: found.trouble },
    });
  }
  return new AppError('chat_failed', `Slack did not respond: ${reasonOf(error)}`, { details: { maybeSent: true } });
}

const maxReasonLength = 200;

/** The client takes a body that is not JSON for a code, and puts all of it into its message. */
function reasonOf(error: unknown): string {
  if (error instanceof WebAPIPlatformError) {
    const length = String(error.data.error).length;
    return `its answer is not JSON but ${length} characters of something else, as a proxy or a sign-in page sends them`;
  }
  return error instanceof Error ? error.message.slice(0, maxReasonLength) : 'no answer';
}
