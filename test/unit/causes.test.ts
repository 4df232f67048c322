import { describe, expect, test } from '@jest/globals';
import { WebAPIPlatformError } from '@slack/web-api';
import { platformCause, slackCause } from '../../src/causes.ts';
import {
  connectionTroubleIn,
  connectionTroubleOf,
  connectionTroubles,
  connectionWords,
} from '../../src/core/connection-trouble.ts';
import { AppError, errorCodes } from '../../src/core/errors.ts';
import { en } from '../../src/i18n/en.ts';
import { errorSentence } from '../../src/i18n/sentences.ts';
import { zhCN } from '../../src/i18n/zh-CN.ts';
import { toSlackFailure } from '../../src/slack/api/errors.ts';
import { refusedBySlack } from '../support/slack-refusals.ts';

const all = (causes: { seen: string; fix: string }[]): string => JSON.stringify(causes);
const slack = (chatError: string, token?: 'bot' | 'app') =>
  slackCause(toSlackFailure(refusedBySlack(chatError)), token ?? 'bot');

/** Of the errors of auth.test and apps.connections.open (docs.slack.dev). */
const ofTheToken = [
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
  'missing_scope',
];
const ofSlackItself = ['ratelimited', 'service_unavailable', 'internal_error', 'fatal_error', 'request_timeout'];
const ofTheWorkspace = [
  'team_access_not_granted',
  'accesslimited',
  'ekm_access_denied',
  'enterprise_is_restricted',
  'org_login_required',
  'team_added_to_org',
  'two_factor_setup_required',
];

describe('what Slack refuses', () => {
  test('each code has a sentence of its own, which holds the code', () => {
    const codes = [...ofTheToken, ...ofSlackItself, ...ofTheWorkspace];
    for (const code of codes) expect([code, slack(code).seen]).toEqual([code, expect.stringContaining(`(${code})`)]);
    expect(new Set(codes.map((code) => slack(code).seen.replace(code, ''))).size).toBeGreaterThanOrEqual(
      codes.length - 2,
    );
  });

  test('of a token says which token', () => {
    for (const code of [...ofTheToken, 'some_new_code']) {
      expect(slack(code, 'bot').seen).toContain('SLACK_BOT_TOKEN');
      expect(slack(code, 'app').seen).toContain('SLACK_APP_TOKEN');
      expect(slack(code, 'app').seen + slack(code, 'app').fix).not.toMatch(
        code === 'not_allowed_token_type' ? /never/ : /SLACK_BOT_TOKEN/,
      );
    }
  });

  test('for a reason that is no fault of the token does not blame it', () => {
    for (const code of [...ofSlackItself, ...ofTheWorkspace])
      expect([code, slack(code).seen + slack(code).fix]).toEqual([
        code,
        expect.not.stringMatching(/rejected|Copy|Reinstall/),
      ]);
  });

  test('a missing scope is named', () => {
    const error = new WebAPIPlatformError({ ok: false, error: 'missing_scope', needed: 'connections:write' } as never);
    expect(slackCause(toSlackFailure(error), 'app').seen).toContain('the scope connections:write');
  });
});

describe('why no connection came about', () => {
  test.each([
    ['ECONNREFUSED', 'refused'],
    ['ENOTFOUND', 'unknown_host'],
    ['EAI_AGAIN', 'unknown_host'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate_untrusted'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate_untrusted'],
    ['CERT_HAS_EXPIRED', 'certificate_expired'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate_name'],
    ['CERT_REVOKED', 'certificate_refused'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'no_tls'],
    ['ERR_PROXY_LOGIN', 'proxy_login'],
    ['toString', null],
    ['store_failed', null],
  ])('%s is %s', (code, trouble) => {
    expect(connectionTroubleOf(code)).toBe(trouble);
  });

  test('is found within what clients wrap around it, however deep that goes on', () => {
    const refused = Object.assign(new Error('x'), { code: 'ECONNREFUSED' });
    expect(connectionTroubleIn(new Error('a', { cause: { original: { errors: [refused] } } }))).toEqual({
      trouble: 'refused',
      code: 'ECONNREFUSED',
    });
    const endless: { cause?: unknown } = {};
    endless.cause = endless;
    expect(connectionTroubleIn(endless)).toBeNull();
    expect(connectionTroubleIn(null)).toBeNull();
  });

  test('has a sentence of its own for each reader, in each language', () => {
    const of = (connection: (typeof connectionTroubles)[number]) =>
      new AppError('platform_unreachable', 'x', { details: { connection } });
    for (const t of [en, zhCN]) {
      expect(new Set(connectionTroubles.map((one) => errorSentence(t, of(one)))).size).toBe(connectionTroubles.length);
    }
    expect(new Set(Object.values(connectionWords)).size).toBe(connectionTroubles.length);
    for (const trouble of connectionTroubles) {
      const slackSays = slackCause(new AppError('chat_failed', 'x', { details: { connection: trouble } }));
      expect(slackSays.seen).toBe(`Slack cannot be reached: ${connectionWords[trouble]}`);
      expect(platformCause(of(trouble)).seen).toBe(`it cannot be reached: ${connectionWords[trouble]}`);
    }
  });
});

test('whoever runs it is sent to no administrator', () => {
  const platform = errorCodes
    .filter((code) => code.startsWith('platform_'))
    .flatMap((code) => [
      platformCause(new AppError(code, 'x')),
      ...connectionTroubles.map((connection) => platformCause(new AppError(code, 'x', { details: { connection } }))),
    ]);
  expect(new Set(platform.map(({ seen }) => seen)).size).toBeGreaterThan(20);
  const codes = [...ofTheToken, ...ofSlackItself, ...ofTheWorkspace, 'some_new_code'];
  expect(all([...platform, ...codes.map((code) => slack(code))])).not.toMatch(/administrator/i);
});

test('a body that is no JSON is counted, not repeated', () => {
  const page = `<!doctype html><title>Sign in</title>${'x'.repeat(5_000)}`;
  const { message, details } = toSlackFailure(new WebAPIPlatformError({ ok: false, error: page } as never));
  expect(message).toMatch(/not JSON but \d+ characters/);
  expect(message).not.toContain('doctype');
  expect(details).toEqual({ maybeSent: true });
});
