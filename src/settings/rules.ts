import { z } from 'zod';
import { isProxyAddress, withScheme } from '../proxy.ts';
import { cutOffBy, cutOffWords, holdsCredentials } from './addresses.ts';
import { databaseAddressFault } from './database-address.ts';

/** The rules that several settings share. Their messages never contain the value: it may be a secret. */

export const text = z.string().trim().min(1);
export const number = (from: number, to: number, unit = '') =>
  z
    .string()
    .trim()
    .regex(/^\d+$/, `must be a whole number${unit && ` of ${unit}`}`)
    .transform(Number)
    .refine((n) => n >= from && n <= to, `must be between ${from} and ${to}${unit && ` ${unit}`}`);

/** A single word that is safe in a header: a scheme, space or quotation mark pasted along with it would be sent too. */
export const headerWord = (message: string) =>
  z
    .string()
    .trim()
    .regex(/^[!#-&(-~]+$/, message);

/** What Slack's tokens begin with (docs.slack.dev, Token types), and the setting that each belongs in. */
const slackTokens = [
  { prefix: 'xoxb-', is: 'a bot token, which belongs in SLACK_BOT_TOKEN' },
  { prefix: 'xapp-', is: 'an app-level token, which belongs in SLACK_APP_TOKEN' },
  { prefix: 'xoxp-', is: 'the token of a person, which Dialdeck does not use' },
  { prefix: 'xoxe', is: 'a token that expires: turn token rotation off for the app' },
  { prefix: 'xoxc-', is: 'a token of a browser session, which Dialdeck does not use' },
  { prefix: 'xoxd-', is: 'a cookie of a browser session, which Dialdeck does not use' },
  { prefix: 'xwfp-', is: 'a token of a workflow, which Dialdeck does not use' },
] as const;

/** Says of what kind a secret of Slack is; null for everything else. */
function slackKindOf(value: string): string | null {
  if (/^[0-9a-f]{32}$/.test(value)) return 'a secret of the app and no token; the signing secret has this form';
  return slackTokens.find(({ prefix }) => value.startsWith(prefix))?.is ?? null;
}

/** Tokens are easily swapped; saying what was given helps more than the bare rule. */
export const slackToken = (prefix: 'xoxb-' | 'xapp-') =>
  text.superRefine((value, context) => {
    const kind = value.startsWith(prefix) ? null : slackKindOf(value);
    if (!value.startsWith(prefix)) {
      context.addIssue({
        code: 'custom',
        message: `must start with ${prefix}${kind === null ? '' : `; this is ${kind}`}`,
      });
    } else if (!/^[!-~]+$/.test(value)) context.addIssue({ code: 'custom', message: 'must be one word' });
  });

/** A secret that is no token of Slack. */
const noSlackToken = (rule: z.ZodType<string, string>) =>
  rule.superRefine((value, context) => {
    const token = slackTokens.find(({ prefix }) => value.startsWith(prefix));
    if (token !== undefined) context.addIssue({ code: 'custom', message: `holds ${token.is}` });
  });

export const signingSecret = noSlackToken(text);
export const dialerToken = noSlackToken(headerWord('must be one word; a word before it belongs in DIALER_AUTH_SCHEME'));

export const isTimeZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
export const isCountryCode = (code: string): boolean => /^[A-Z]{2}$/.test(code) && regionNames.of(code) !== undefined;

/** An address to which paths are appended. */
export const webAddress = z
  .string()
  .trim()
  .superRefine((value, context) => {
    const fault = webAddressFault(value);
    if (fault !== null) context.addIssue({ code: 'custom', message: fault });
  });

function webAddressFault(value: string): string | null {
  if (!/^https?:\/\//i.test(value)) return 'must start with https:// or http://';
  if (holdsCredentials(value)) return 'must not hold a user name or password';
  if (/[?#]/.test(value)) return 'must not contain ? or #: paths are appended to it';
  return URL.canParse(value) ? null : 'is not the address of a host, such as https://platform.example.com';
}

/** Where the bot can be reached by Slack: without the slash at its end. */
export const publicAddress = z
  .string()
  .trim()
  .refine((value) => {
    const url = URL.canParse(value) ? new URL(value) : null;
    return url?.protocol === 'https:' && url.pathname === '/' && url.search + url.hash + url.username === '';
  }, 'must be the public address of the bot, such as https://dialdeck.example.com, without a path')
  .transform((value) => new URL(value).origin);

export const proxyAddress = z
  .string()
  .trim()
  .transform(withScheme)
  .superRefine((value, context) => {
    const cut = cutOffBy(value);
    const example = 'must be the address of a proxy, such as http://proxy.example.com:3128';
    if (cut !== null) context.addIssue({ code: 'custom', message: cutOffWords(cut) });
    else if (!isProxyAddress(value)) {
      const hint = value.includes('@') ? '; special characters in its password are percent-encoded (% is %25)' : '';
      context.addIssue({ code: 'custom', message: example + hint });
    }
  })
  .optional();

export const databaseAddress = z
  .string()
  .trim()
  .superRefine((value, context) => {
    const fault = databaseAddressFault(value);
    if (fault !== null) context.addIssue({ code: 'custom', message: fault });
  });
