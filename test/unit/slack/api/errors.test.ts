import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { defaultLimits, verdictOf } from '../../../../src/core/notices/policy.ts';
import { toSlackFailure } from '../../../../src/slack/api/errors.ts';

const refusal = (error: string, metadata: object = {}) =>
  new WebAPIPlatformError({ ok: false, error, response_metadata: metadata });
const verdictFor = (error: unknown): string => verdictOf(toSlackFailure(error), defaultLimits).kind;

/** The errors that docs.slack.dev lists for chat.postMessage, chat.update and conversations.history, by what follows. */
const documented = {
  throttled: 'ratelimited rate_limited message_limit_exceeded',
  down:
    'fatal_error internal_error request_timeout service_unavailable team_added_to_org external_channel_migrating ' +
    'update_failed streaming_state_conflict account_inactive invalid_auth missing_scope not_authed org_login_required ' +
    'team_access_not_granted token_expired token_revoked not_allowed_token_type enterprise_is_restricted ' +
    'two_factor_setup_required ekm_access_denied accesslimited deprecated_endpoint method_deprecated',
  unfit:
    'invalid_limit invalid_ts_latest invalid_ts_oldest pagination_not_available ' +
    'invalid_arguments invalid_arg_name invalid_array_arg invalid_attachments invalid_blocks invalid_blocks_format ' +
    'invalid_charset invalid_form_data invalid_post_type missing_post_type invalid_metadata_format ' +
    'invalid_metadata_schema metadata_too_large metadata_must_be_sent_from_app msg_blocks_too_long msg_too_long no_text ' +
    'too_many_attachments attachment_payload_limit_exceeded too_many_contact_cards markdown_text_conflict ' +
    'cannot_reply_to_message as_user_not_supported cant_broadcast_message no_dual_broadcast_content_update ' +
    'duplicate_channel_not_found duplicate_message_not_found slack_connect_file_link_sharing_blocked ' +
    'slack_connect_canvas_sharing_blocked slack_connect_clip_sharing_blocked slack_connect_blocked_file_type ' +
    'slack_connect_file_upload_sharing_blocked slack_connect_lists_sharing_blocked',
  gone: 'message_not_found',
  fixed: 'cant_update_message edit_window_closed block_mismatch',
  broken:
    'not_in_channel channel_not_found is_archived is_inactive restricted_action restricted_action_read_only_channel ' +
    'restricted_action_thread_only_channel restricted_action_non_threadable_channel restricted_action_thread_locked ' +
    'team_not_found no_permission access_denied user_not_found cannot_dm_bot messages_tab_disabled',
};

describe('a refusal of Slack', () => {
  const cases = Object.entries(documented).flatMap(([kind, codes]) => codes.split(' ').map((code) => [code, kind]));

  test.each(cases)('%s is %s', (code = '', kind) => {
    expect(verdictFor(refusal(code))).toBe(kind);
  });

  test('is documented where it is classified, and nowhere else', () => {
    const rows = readFileSync('docs/delivery.md', 'utf8').split('\n');
    for (const kind of Object.keys(documented)) {
      const row =
        rows
          .find((line) => line.startsWith(`| ${kind} |`))
          ?.split(' | ')
          .at(-1) ?? '';
      const listed = [...row.matchAll(/`(\w+)`/g)].map(([, code = '']) => code);
      expect(listed.filter((code) => verdictFor(refusal(code)) !== kind)).toEqual([]);
      expect(cases.filter(([code = '', of]) => of === kind && !listed.includes(code))).toEqual([]);
    }
  });

  test('of an unknown code is unclear, and so is one of a code that is a property of every object', () => {
    for (const code of ['some_new_code', 'constructor', 'toString']) expect(verdictFor(refusal(code))).toBe('unclear');
  });

  test('no answer is no refusal, and neither is the page of a proxy', () => {
    expect(verdictFor(new WebAPIRequestError(new Error('ECONNRESET')))).toBe('down');
    expect(verdictFor(refusal('<html>Bad gateway</html>'))).toBe('down');
  });
});

describe('a rate limit, however Slack says it', () => {
  test.each([
    ['a 429 with Retry-After', new WebAPIRateLimitedError(12), 12_000],
    ['a refusal in a 200 with Retry-After', refusal('ratelimited', { retryAfter: 12 }), 12_000],
    ['a refusal in a 200 without', refusal('rate_limited'), 30_000],
    [
      'a 429 without',
      new Error('Retry header did not contain a valid timeout (url: x, retry-after header: null)'),
      30_000,
    ],
  ])('%s', (_, error, retryAfterMs) => {
    expect(toSlackFailure(error).details).toEqual({ retryAfterMs });
  });
});
