import { validate as isCronPattern } from 'node-cron';
import { z } from 'zod';
import { readHours } from '../core/quiet/read-hours.ts';
import { withoutTrailing } from '../core/text/trailing.ts';
import {
  databaseAddress,
  dialerToken,
  headerWord,
  isCountryCode,
  isTimeZone,
  number,
  proxyAddress,
  publicAddress,
  signingSecret,
  slackToken,
  text,
  webAddress,
} from './rules.ts';

/**
 * One entry per setting: its rule, and where to find the value or what it does. `.env.example` lists exactly these keys
 * (a test compares them). `secret`: its value, or a password in it, is never printed, and may come from a file.
 */
export const settings = {
  SLACK_BOT_TOKEN: {
    secret: 'value',
    rule: slackToken('xoxb-'),
    help: 'api.slack.com/apps → your app → OAuth & Permissions → Bot User OAuth Token',
  },
  SLACK_APP_TOKEN: {
    secret: 'value',
    rule: slackToken('xapp-').optional(),
    help: 'api.slack.com/apps → your app → Basic Information → App-Level Tokens, scope connections:write',
  },
  SLACK_SIGNING_SECRET: {
    secret: 'value',
    rule: signingSecret.optional(),
    help: 'only without SLACK_APP_TOKEN: api.slack.com/apps → your app → Basic Information → Signing Secret',
  },
  SLACK_API_URL: {
    rule: webAddress.default('https://slack.com/api/').transform((url) => (url.endsWith('/') ? url : `${url}/`)),
    help: 'leave unset, except for stand-ins and proxies',
  },
  SLACK_COMMAND: {
    rule: z
      .string()
      .trim()
      .regex(/^\/[^\s/]{1,31}$/, 'must be a slash followed by up to 31 characters, e.g. /dial')
      .default('/dial'),
    help: 'the slash command; print the manifest anew after changing it (command `manifest`)',
  },
  PUBLIC_URL: {
    rule: publicAddress.optional(),
    help: 'only without SLACK_APP_TOKEN: the https:// address at which Slack reaches the bot, for the manifest',
  },
  HOST: {
    rule: z
      .string()
      .trim()
      .regex(/^[\w.:-]+$/, 'must be an address of this machine, such as 127.0.0.1 or 0.0.0.0')
      .optional(),
    help: 'address to listen on; if unset, 127.0.0.1 with SLACK_APP_TOKEN and 0.0.0.0 without',
  },
  ALLOW_GUESTS: {
    rule: z.enum(['true', 'false'], 'must be true or false').default('false'),
    help: 'whether guests of the workspace may use the bot',
  },
  SHARE_INTERACTIONS: {
    rule: number(1, 1000, 'interactions').default(20),
    help: 'commands and presses one person may make in SHARE_SECONDS; a pause always passes',
  },
  SHARE_SECONDS: { rule: number(1, 3600, 'seconds').default(10), help: 'window of SHARE_INTERACTIONS, in seconds' },
  PORT: {
    rule: number(0, 65_535).default(3000),
    help: 'port for /healthz, /readyz and, without SLACK_APP_TOKEN, requests from Slack',
  },
  METRICS: {
    rule: z.enum(['true', 'false'], 'must be true or false').optional(),
    help: 'whether /metrics is served beside /healthz; if unset, true with SLACK_APP_TOKEN and false without',
  },
  DIALER_URL: {
    rule: webAddress
      .transform((url) => withoutTrailing(url, '/'))
      .refine((url) => !url.endsWith('/v1/task'), 'must not end with /v1/task, which is appended automatically'),
    help: 'base address of the calling platform, without /v1/task; ask the platform’s support',
  },
  DIALER_TOKEN: {
    secret: 'value',
    rule: dialerToken,
    help: 'API token of your account on the calling platform; issued in its web console',
  },
  DIALER_AUTH_HEADER: {
    rule: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9-]+$/, 'must be a header name')
      .default('Authorization'),
    help: 'header that carries the token',
  },
  DIALER_AUTH_SCHEME: {
    rule: headerWord('must be one word').default('Bearer'),
    help: 'word before the token; `none` sends the token alone',
  },
  DIALER_TIME_ZONE: {
    rule: z
      .string()
      .trim()
      .refine(isTimeZone, 'must be an IANA time zone such as Asia/Shanghai')
      .default('Asia/Shanghai'),
    help: 'time zone of the platform’s dates',
  },
  DIALER_MIN_RESIDUE: {
    rule: number(1, 1000, 'calls').default(2),
    help: 'minimum free concurrency of a line that can be chosen; the platform’s documentation says “greater than 1”',
  },
  DIALER_PROGRESS_PATH: {
    rule: z
      .string()
      .trim()
      .startsWith('/', 'must start with /')
      .includes('{id}', { message: 'must contain {id}' })
      .optional(),
    help: 'path of the progress endpoint, containing {id}, if your deployment has one',
  },
  DIALER_IMPORT_KEY: {
    rule: text.default('customer_info_list'),
    help: 'key of the number list in the import request; [] sends a bare array',
  },
  DIALER_IMPORT_BATCH: { rule: number(1, 1000, 'numbers').default(100), help: 'numbers per import request' },
  DIALER_PAUSES_IN_FLIGHT: {
    rule: number(1, 32, 'requests').default(8),
    help: 'pauses under way when many tasks are paused at once',
  },
  DIALER_TIMEOUT_MS: {
    rule: number(100, 25_000, 'milliseconds').default(15_000),
    help: 'timeout of one request to the platform, in milliseconds',
  },
  DIALER_PROXY: {
    rule: z.enum(['env', 'direct'], 'must be env or direct').default('env'),
    help: '`direct` reaches the platform without a proxy even if the environment names one',
  },
  HTTPS_PROXY: {
    secret: 'password',
    rule: proxyAddress,
    help: 'proxy for Slack and the platform, also read as https_proxy',
  },
  HTTP_PROXY: {
    secret: 'password',
    rule: proxyAddress,
    help: 'proxy for a platform address that starts with http://, also read as http_proxy',
  },
  NO_PROXY: {
    rule: z.string().trim().optional(),
    help: 'hosts reached without a proxy, separated by commas, also read as no_proxy; this machine always is',
  },
  DIALER_MAX_MB: {
    rule: number(1, 512, 'MB').default(64),
    help: 'how much one reading of the task list may take in, all pages together, in MB (1,048,576 bytes)',
  },
  DIALER_MAX_TASKS: {
    rule: number(1, 100_000, 'tasks').default(20_000),
    help: 'how many tasks one reading may find',
  },
  DIALER_READ_SECONDS: {
    rule: number(1, 100, 'seconds').default(60),
    help: 'how long one reading may take, all pages and repeats together, in seconds',
  },
  IMPORT_COUNTRIES: {
    rule: z
      .string()
      .trim()
      .transform((value) => [...new Set(value.toUpperCase().split(/[\s,]+/))])
      .refine(
        (codes) => codes.every(isCountryCode),
        'must be two-letter country codes separated by commas, such as CN,HK',
      )
      .default(['CN']),
    help: 'countries whose numbers may be imported, as two-letter codes; the first is that of numbers without a country code',
  },
  IMPORT_MAX_MB: {
    rule: number(1, 200, 'MB').default(50),
    help: 'how large a list of numbers may be, in MB (1,048,576 bytes)',
  },
  IMPORT_MAX_ROWS: { rule: number(1, 1_000_000, 'rows').default(1_000_000), help: 'how many rows a list may have' },
  IMPORT_MAX_COLUMNS: { rule: number(1, 500, 'columns').default(500), help: 'how many columns a list may have' },
  IMPORT_MAX_UNPACKED_MB: {
    rule: number(1, 2048, 'MB').default(512),
    help: 'how large the contents of a workbook may be once they are unpacked, in MB',
  },
  IMPORT_READ_SECONDS: {
    rule: number(1, 300, 'seconds').default(30),
    help: 'how long getting one list of numbers may take, and again reading it, in seconds',
  },
  IMPORT_READ_MB: {
    rule: number(64, 8192, 'MB').default(1024),
    help: 'how much memory the process that reads lists may take for its objects, in MB',
  },
  IMPORT_CAP: {
    rule: number(0, 1000, 'times').default(0),
    help: 'how often a number may be sent to tasks within IMPORT_CAP_DAYS; 0 sets no limit',
  },
  IMPORT_CAP_DAYS: { rule: number(1, 365, 'days').default(7), help: 'window of IMPORT_CAP, in days' },
  IMPORT_RECENT_DAYS: {
    rule: number(1, 365, 'days').default(30),
    help: 'for how many days the preview of an import says that a number was sent to any task',
  },
  NUMBERS_KEY: {
    secret: 'value',
    rule: z.string().min(16, 'must be at least 16 characters').optional(),
    help: 'secret that seals stored numbers and the key of their hashes; keep a copy, imports stop without it',
  },
  NUMBERS_KEY_PREVIOUS: {
    secret: 'value',
    rule: z.string().min(16, 'must be at least 16 characters').optional(),
    help: 'the former NUMBERS_KEY, until every bot has started once with the new one',
  },
  START_ASK_ABOVE: {
    rule: number(0, 10_000_000, 'numbers').default(100),
    help: 'a start that would call more numbers than this asks first',
  },
  LEGAL_HOURS: {
    rule: z
      .string()
      .trim()
      .refine((value) => {
        const read = readHours(value);
        return read.kind === 'known' && read.windows.length > 0;
      }, 'must be hours such as 09:00-21:00, or Mon-Fri 09:00-21:00; Sat 10:00-18:00')
      .optional(),
    help: 'hours in which tasks may be started, in DIALER_TIME_ZONE, such as 09:00-21:00; if unset, at any time',
  },
  OUTSIDE_LEGAL_HOURS: {
    rule: z.enum(['alert', 'pause'], 'must be alert or pause').default('alert'),
    help: 'what happens to tasks that are on outside LEGAL_HOURS: `alert` reports them, `pause` pauses them',
  },
  POLL_CRON: {
    rule: z
      .string()
      .trim()
      .refine(isCronPattern, 'must be a cron pattern of five or six fields')
      .default('*/20 * * * * *'),
    help: 'how often the platform is polled',
  },
  REDIAL_QUIET_MINUTES: {
    rule: number(1, 1440, 'minutes').default(30),
    help: 'minutes without a call after which a task with a redial rule counts as finished; the platform does not say how long the rule waits',
  },
  HISTORY_DAYS: {
    rule: number(1, 1000, 'days').default(90),
    help: 'for how many days reports and the history of tasks reach back',
  },
  DATABASE_URL: {
    secret: 'value',
    rule: databaseAddress.optional(),
    help: 'PostgreSQL, for running several bots; if unset, everything is kept in one SQLite file in DATA_DIR',
  },
  DATA_DIR: { rule: text.default('./data'), help: 'folder of the SQLite file' },
  LOCALE: {
    rule: z.enum(['en', 'zh-CN'], 'must be en or zh-CN').default('en'),
    help: 'language of what a whole channel sees; elsewhere people see their own language',
  },
  LOG_LEVEL: {
    rule: z.enum(['debug', 'info', 'warn', 'error'], 'must be debug, info, warn or error').default('info'),
    help: 'lowest level that is logged',
  },
} as const;

export type SettingName = keyof typeof settings;

export const settingNames = Object.keys(settings) as SettingName[];

/** Whether a setting is secret, or contains a password; null for all others. */
export function secrecyOf(name: SettingName): 'value' | 'password' | null {
  const entry = settings[name];
  return 'secret' in entry ? entry.secret : null;
}

/** The variable that names the file from which a secret is read. */
export const fileVariable = (name: SettingName): string => `${name}_FILE`;

/** One missing or invalid setting, worded for the operator. Never contains the value: it may be a secret. */
export interface SettingFault {
  name: SettingName;
  problem: string;
  help: string;
}
