import { type ConnectionTrouble, connectionWords } from './core/connection-trouble.ts';
import type { AppError, ErrorCode } from './core/errors.ts';
import { settings } from './settings/settings.ts';

/**
 * Why something that Dialdeck needs does not work, for the person who runs it: what was seen, naming the setting, and what to do.
 * What people in chat read is in `src/i18n`: they are sent to this reader.
 */
export interface Cause {
  seen: string;
  fix: string;
}

type Token = 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN';

const copyAgain = (token: Token): string => `Copy ${token} again: ${settings[token].help}.`;
const itPasses = 'Nothing is wrong here, and it passes: try again in a minute; status.slack.com says more.';
const reinstall = (token: Token): string =>
  token === 'SLACK_BOT_TOKEN'
    ? 'Reinstall the app in the workspace, and copy the new SLACK_BOT_TOKEN.'
    : `Generate a new one. ${copyAgain(token)}`;

/** What Slack's codes mean of a token, or of nothing that this side can change (docs.slack.dev, Errors of auth.test). */
const slackCodes: Readonly<Record<string, (token: Token, scope: string | undefined) => Cause>> = {
  invalid_auth: (token) => ({
    seen: `Slack rejected ${token} (invalid_auth): it knows no such token`,
    fix: copyAgain(token),
  }),
  not_authed: (token) => ({ seen: `Slack received no token for ${token} (not_authed)`, fix: copyAgain(token) }),
  account_inactive: (token) => ({
    seen: `Slack rejected ${token} (account_inactive): the app was uninstalled, or its workspace deleted`,
    fix: reinstall(token),
  }),
  token_revoked: (token) => ({
    seen: `Slack rejected ${token} (token_revoked): it was revoked`,
    fix: reinstall(token),
  }),
  token_expired: (token) => ({
    seen: `Slack rejected ${token} (token_expired): it is of an app whose tokens rotate`,
    fix: 'Turn token rotation off on the page of the app, and copy the tokens again.',
  }),
  not_allowed_token_type: (token) => ({
    seen: `Slack rejected ${token} (not_allowed_token_type): it is a token of another kind`,
    fix: 'The two tokens may be swapped: xoxb-… is SLACK_BOT_TOKEN, xapp-… is SLACK_APP_TOKEN.',
  }),
  missing_scope: (token, scope) => ({
    seen: `Slack rejected ${token} (missing_scope): it lacks ${scope === undefined ? 'a scope' : `the scope ${scope}`}`,
    fix:
      token === 'SLACK_APP_TOKEN'
        ? 'Give the token the scope connections:write (Basic Information → App-Level Tokens).'
        : 'Paste what the command `manifest` prints into the manifest of the app, and reinstall it.',
  }),
  team_access_not_granted: () => ({
    seen: 'Slack says that the app is not granted to this workspace (team_access_not_granted); the token is right',
    fix: 'Add the workspace to the app in the settings of the organization (Integrations → Installed apps).',
  }),
  accesslimited: () => ({
    seen: 'Slack serves this workspace only to certain networks (accesslimited); the token is right',
    fix: "Add the address of this machine to the workspace's list of allowed addresses.",
  }),
  ekm_access_denied: () => ({
    seen: 'the keys with which the workspace encrypts are withdrawn (ekm_access_denied); the token is right',
    fix: 'Restore the access to the keys in the settings of the organization.',
  }),
  enterprise_is_restricted: () => ({
    seen: 'the organization does not allow this (enterprise_is_restricted); the token is right',
    fix: 'Install the app in a workspace, not in the whole organization.',
  }),
  org_login_required: () => ({
    seen: 'the workspace is being moved into an organization (org_login_required); the token is right',
    fix: 'Wait until Slack has moved it.',
  }),
  team_added_to_org: () => ({
    seen: 'the workspace is being moved into an organization (team_added_to_org); the token is right',
    fix: 'Wait until Slack has moved it.',
  }),
  two_factor_setup_required: () => ({
    seen: 'the workspace demands two-factor authentication (two_factor_setup_required); the token is right',
    fix: 'Set it up for the account that installed the app.',
  }),
  team_disabled: (token) => ({
    seen: `Slack rejected ${token} (team_disabled): its workspace is disabled`,
    fix: 'Enable the workspace, or install the app in another one.',
  }),
  user_removed_from_team: (token) => ({
    seen: `Slack rejected ${token} (user_removed_from_team): the app was removed from the workspace`,
    fix: reinstall(token),
  }),
  method_deprecated: () => ({
    seen: 'Slack no longer offers what this version asks for (method_deprecated)',
    fix: 'Upgrade.',
  }),
  deprecated_endpoint: () => ({
    seen: 'Slack no longer offers what this version asks for (deprecated_endpoint)',
    fix: 'Upgrade.',
  }),
  unknown_method: () => ({
    seen: 'what answers does not know what every Slack knows (unknown_method)',
    fix: 'Leave SLACK_API_URL unset.',
  }),
  ratelimited: () => ({
    seen: 'Slack is limiting the rate (ratelimited); the token is right',
    fix: 'Wait a minute and try again.',
  }),
  service_unavailable: () => ({ seen: 'Slack is out of service (service_unavailable)', fix: itPasses }),
  internal_error: () => ({ seen: 'Slack has an internal error (internal_error)', fix: itPasses }),
  fatal_error: () => ({ seen: 'Slack has an internal error (fatal_error)', fix: itPasses }),
  request_timeout: () => ({ seen: 'Slack did not get the request in time (request_timeout)', fix: itPasses }),
};

/** Why Slack cannot be used. @param asked whose call failed, where the error itself does not say */
export function slackCause(error: AppError, asked: 'bot' | 'app' = 'bot'): Cause {
  const { chatError, connection, retryAfterMs, neededScope, token = asked } = error.details;
  const name = token === 'app' ? 'SLACK_APP_TOKEN' : 'SLACK_BOT_TOKEN';
  const code = chatError ?? (retryAfterMs === undefined ? null : 'ratelimited');
  if (code !== null) {
    const known = Object.hasOwn(slackCodes, code) ? slackCodes[code] : undefined;
    return known?.(name, neededScope) ?? { seen: `Slack responded with ${code} to ${name}`, fix: copyAgain(name) };
  }
  if (connection !== undefined) {
    const seen = `Slack cannot be reached: ${connectionWords[connection]}`;
    return { seen, fix: connectionFix(connection, 'SLACK_API_URL') };
  }
  return { seen: `Slack cannot be reached (${error.message})`, fix: 'Check the network, the proxy and SLACK_API_URL.' };
}

const checkAddress = 'Check DIALER_URL: /v1/task is appended to it.';
const askSupport = "Nothing is wrong here: try again, and ask the platform's support if it persists.";

/** What the platform's failures mean for the person who set it up. */
const platformCodes: Partial<Record<ErrorCode, (error: AppError) => Cause>> = {
  platform_unauthorized: () => ({
    seen: 'it refuses DIALER_TOKEN (401)',
    fix: 'Check DIALER_TOKEN, DIALER_AUTH_HEADER and DIALER_AUTH_SCHEME.',
  }),
  platform_forbidden: () => ({
    seen: 'the account of DIALER_TOKEN may not do this (403)',
    fix: "Have the platform's support grant it, or use the token of another account.",
  }),
  platform_not_found: () => ({ seen: 'there is no task API at DIALER_URL (404)', fix: checkAddress }),
  platform_rejected: () => ({ seen: 'it refuses to list tasks', fix: checkAddress }),
  platform_rate_limited: () => ({
    seen: 'it is limiting the rate (429)',
    fix: 'Wait; poll less often (POLL_CRON) if it recurs.',
  }),
  platform_server_error: ({ details: { status } }) => ({
    seen: `it has an internal error${status === undefined ? '' : ` (HTTP ${status})`}`,
    fix: askSupport,
  }),
  platform_malformed: () => ({
    seen: 'what answers at DIALER_URL is no task API: its response cannot be read',
    fix: `${checkAddress} A web page or a proxy may answer in its place.`,
  }),
  platform_empty: () => ({ seen: 'its response is empty', fix: askSupport }),
  platform_timeout: () => ({
    seen: 'it did not answer completely in time',
    fix: 'Check DIALER_URL and the network; raise DIALER_TIMEOUT_MS if the platform is just slow.',
  }),
  platform_unreachable: ({ message, details: { connection } }) =>
    connection === undefined
      ? { seen: `it cannot be reached (${message})`, fix: 'Check DIALER_URL, the network and the proxy.' }
      : {
          seen: `it cannot be reached: ${connectionWords[connection]}`,
          fix: connectionFix(connection, 'DIALER_URL'),
        },
  platform_redirect: () => ({
    seen: 'it redirects to another address, which is not followed: the token would be sent along',
    fix: 'Set DIALER_URL to the final address.',
  }),
  platform_other_account: () => ({
    seen: 'it answers for another account than the one the store belongs to',
    fix: 'Restore DIALER_TOKEN, or start once with --adopt to take the store over.',
  }),
  platform_too_large: () => ({
    seen: 'its list of tasks is larger than may be read',
    fix: 'Raise DIALER_MAX_MB or DIALER_MAX_TASKS.',
  }),
};

/** Why the platform cannot be read, with its own words where it gave some. */
export function platformCause(error: AppError): Cause {
  const { seen, fix } = platformCodes[error.code]?.(error) ?? { seen: error.message, fix: checkAddress };
  const { platformMessage } = error.details;
  return { seen: platformMessage === undefined ? seen : `${seen}. It says: ${platformMessage}`, fix };
}

function connectionFix(trouble: ConnectionTrouble, address: 'SLACK_API_URL' | 'DIALER_URL'): string {
  switch (trouble) {
    case 'refused':
      return `Check ${address}, and that a firewall lets this machine out.`;
    case 'unknown_host':
      return `Check ${address} and the name server of this machine.`;
    case 'no_route':
      return `Check ${address} and the network of this machine.`;
    case 'cut_off':
    case 'timed_out':
      return `Try again; check ${address}, the network and the proxy if it persists.`;
    case 'certificate_untrusted':
      return 'Set NODE_EXTRA_CA_CERTS to the certificate of that CA, in the environment of the process.';
    case 'certificate_expired':
    case 'certificate_early':
      return 'Check the clock of this machine; if it is right, that host needs a new certificate.';
    case 'certificate_name':
      return `Check ${address}: the host must be one that its certificate names.`;
    case 'certificate_refused':
      return `Check ${address}, and the certificate with \`openssl s_client -connect HOST:443\`.`;
    case 'no_tls':
      return `Check ${address}: https:// needs a port that speaks TLS.`;
    case 'proxy_unreachable':
      return 'Check HTTPS_PROXY and HTTP_PROXY; NO_PROXY lists what is reached without one.';
    case 'proxy_login':
      return 'Check the user name and password in HTTPS_PROXY and HTTP_PROXY.';
    case 'proxy_refused':
      return 'Have the proxy allow that host, or list it in NO_PROXY.';
  }
}
