import { validate as isCronPattern } from 'node-cron';
import { z } from 'zod';

/** Everything that can be configured. Only main.ts and the command-line entries read the environment. */
export interface Config {
  slack: {
    botToken: string;
    /** Set: Socket Mode. Unset: signed HTTP on `port`. */
    appToken: string | null;
    signingSecret: string | null;
    /** Base of the Web API, ending in `/`. */
    apiUrl: string;
    command: string;
  };
  port: number;
  dialer: {
    url: string;
    token: string;
    authHeader: string;
    authScheme: string;
    timeZone: string;
    /** The minimum free concurrency of a line that can be chosen. */
    minResidue: number;
    /** Path with `{id}`, null when the deployment has no progress endpoint. */
    progressPath: string | null;
    importKey: string;
    importBatch: number;
    timeoutMs: number;
  };
  pollCron: string;
  /** How long every number must stay dialed before a task with a redial rule counts as finished. */
  redialQuietMs: number;
  /** null: SQLite in `dataDir`. */
  databaseUrl: string | null;
  dataDir: string;
  locale: 'en' | 'zh-CN';
  logLevel: 'debug' | 'info' | 'warn' | 'error';
}

const text = z.string().trim().min(1);
const number = (from: number, to: number, unit = '') =>
  z
    .string()
    .trim()
    .regex(/^\d+$/, `must be a whole number${unit && ` of ${unit}`}`)
    .transform(Number)
    .refine((n) => n >= from && n <= to, `must be between ${from} and ${to}${unit && ` ${unit}`}`);

/** A single word that is safe in a header: a scheme, space or quotation mark pasted along with it would be sent too. */
const headerWord = (message: string) =>
  z
    .string()
    .trim()
    .regex(/^[!#-&(-~]+$/, message);

/** The two tokens are easily swapped; saying so helps more than the bare rule. */
const slackToken = (prefix: string, other: string, otherName: string) =>
  text.superRefine((value, context) => {
    if (value.startsWith(prefix)) return;
    const swapped = value.startsWith(other) ? `; this value belongs in ${otherName} (${other}…)` : '';
    context.addIssue({ code: 'custom', message: `must start with ${prefix}${swapped}` });
  });

const isTimeZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

const webAddress = z
  .string()
  .trim()
  .refine(
    (value) => /^https?:$/.test(URL.canParse(value) ? new URL(value).protocol : ''),
    'must start with https:// or http://',
  );

/**
 * One entry per setting: its rule, and where to find the value or what it does. `.env.example` lists exactly these keys
 * (a test compares them).
 */
export const settings = {
  SLACK_BOT_TOKEN: {
    rule: slackToken('xoxb-', 'xapp-', 'SLACK_APP_TOKEN'),
    help: 'api.slack.com/apps → your app → OAuth & Permissions → Bot User OAuth Token',
  },
  SLACK_APP_TOKEN: {
    rule: slackToken('xapp-', 'xoxb-', 'SLACK_BOT_TOKEN').optional(),
    help: 'api.slack.com/apps → your app → Basic Information → App-Level Tokens, scope connections:write',
  },
  SLACK_SIGNING_SECRET: {
    rule: text.optional(),
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
    help: 'the slash command; run `npm run manifest` after changing it',
  },
  PORT: {
    rule: number(0, 65_535).default(3000),
    help: 'port for /healthz, /readyz and, without SLACK_APP_TOKEN, requests from Slack',
  },
  DIALER_URL: {
    rule: webAddress
      .transform((url) => url.replace(/\/+$/, ''))
      .refine((url) => !url.endsWith('/v1/task'), 'must not end with /v1/task, which is appended automatically'),
    help: 'base address of the calling platform, without /v1/task; ask the platform’s support',
  },
  DIALER_TOKEN: {
    rule: headerWord('must be one word; a word before it belongs in DIALER_AUTH_SCHEME'),
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
  DIALER_TIMEOUT_MS: {
    rule: number(100, 25_000, 'milliseconds').default(15_000),
    help: 'timeout of one request to the platform, in milliseconds',
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
  DATABASE_URL: {
    rule: z
      .string()
      .trim()
      .regex(/^postgres(ql)?:\/\//, 'must start with postgres://')
      .optional(),
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

/** @internal Exported for tests. */
export type SettingName = keyof typeof settings;

/** One missing or invalid setting, worded for the operator. Never contains the value: it may be a secret. */
export interface SettingFault {
  name: SettingName;
  problem: string;
  help: string;
}

const shape = Object.fromEntries(Object.entries(settings).map(([name, { rule }]) => [name, rule])) as {
  [K in SettingName]: (typeof settings)[K]['rule'];
};

/** Reads and validates the environment; an empty value counts as unset. All faults are reported at once. */
export function readConfig(
  environment: Record<string, string | undefined>,
): { ok: true; config: Config } | { ok: false; faults: SettingFault[] } {
  const given = Object.fromEntries(
    Object.keys(settings).map((name) => {
      const value = environment[name];
      return [name, value === undefined || value.trim() === '' ? undefined : value];
    }),
  );
  const parsed = z.object(shape).safeParse(given);
  const faults: SettingFault[] = [];
  for (const issue of parsed.error?.issues ?? []) {
    const name = issue.path[0] as SettingName;
    if (faults.some((fault) => fault.name === name)) continue;
    faults.push({ name, problem: given[name] === undefined ? 'is missing' : issue.message, help: settings[name].help });
  }
  if (given.SLACK_APP_TOKEN === undefined && given.SLACK_SIGNING_SECRET === undefined) {
    faults.push({
      name: 'SLACK_APP_TOKEN',
      problem: 'is missing (Socket Mode), and so is SLACK_SIGNING_SECRET (HTTP); one of them is required',
      help: settings.SLACK_APP_TOKEN.help,
    });
  }
  if (!parsed.success || faults.length > 0) return { ok: false, faults };
  const env = parsed.data;
  return {
    ok: true,
    config: {
      slack: {
        botToken: env.SLACK_BOT_TOKEN,
        appToken: env.SLACK_APP_TOKEN ?? null,
        signingSecret: env.SLACK_SIGNING_SECRET ?? null,
        apiUrl: env.SLACK_API_URL,
        command: env.SLACK_COMMAND,
      },
      port: env.PORT,
      dialer: {
        url: env.DIALER_URL,
        token: env.DIALER_TOKEN,
        authHeader: env.DIALER_AUTH_HEADER,
        authScheme: env.DIALER_AUTH_SCHEME === 'none' ? '' : env.DIALER_AUTH_SCHEME,
        timeZone: env.DIALER_TIME_ZONE,
        minResidue: env.DIALER_MIN_RESIDUE,
        progressPath: env.DIALER_PROGRESS_PATH ?? null,
        importKey: env.DIALER_IMPORT_KEY,
        importBatch: env.DIALER_IMPORT_BATCH,
        timeoutMs: env.DIALER_TIMEOUT_MS,
      },
      pollCron: env.POLL_CRON,
      redialQuietMs: env.REDIAL_QUIET_MINUTES * 60_000,
      databaseUrl: env.DATABASE_URL ?? null,
      dataDir: env.DATA_DIR,
      locale: env.LOCALE,
      logLevel: env.LOG_LEVEL,
    },
  };
}

/** Every value in the environment that must never be printed. */
export function secretsIn(environment: Record<string, string | undefined>): string[] {
  const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, DIALER_TOKEN, DATABASE_URL } = environment;
  const whole = [SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, DIALER_TOKEN, DATABASE_URL];
  const password = DATABASE_URL !== undefined && URL.canParse(DATABASE_URL) ? new URL(DATABASE_URL).password : '';
  return [...whole, password, unescaped(password)].flatMap((secret) => secret?.trim() || []);
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** All faults as one text, printed when the process refuses to start. */
export function explainFaults(faults: readonly SettingFault[]): string {
  const lines = faults.map(({ name, problem, help }) => `  ${name} ${problem}\n      ${help}`);
  return [
    'Dialdeck cannot start: these settings are missing or invalid.',
    '',
    ...lines,
    '',
    'Set them in the environment or in a file named .env (see .env.example), then run `npm run doctor`.',
    'To try Dialdeck without an account: npm run demo',
    '',
  ].join('\n');
}
