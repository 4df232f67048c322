import { z } from 'zod';
import type { QuietWindow } from '../core/model/quiet-hours.ts';
import { readHours } from '../core/quiet/read-hours.ts';
import type { Proxies } from '../proxy.ts';
import { type Environment, type GivenSettings, valueIn } from './environment.ts';
import { type SettingFault, type SettingName, settingNames, settings } from './settings.ts';

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
  /** The address to listen on. */
  host: string;
  port: number;
  /** Serves /metrics. */
  metrics: boolean;
  /** For everything that goes to Slack. */
  proxies: Proxies;
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
    /** Pauses under way at a time, when many tasks are paused at once. */
    pausesInFlight: number;
    timeoutMs: number;
    /** null: the platform is reached directly, whatever the environment says. */
    proxies: Proxies | null;
    /** What one reading of the task list may take, all pages together. */
    maxBytes: number;
    maxTasks: number;
    maxMs: number;
  };
  access: {
    /** Guests of the workspace may use the bot. */
    allowGuests: boolean;
    /** How much one person may ask for. */
    share: { interactions: number; windowMs: number };
  };
  imports: {
    /** The countries whose numbers are imported (ISO 3166), that of numbers without a country code first. */
    countries: string[];
    /** What a list may have: MB, rows, columns, and MB once a workbook is unpacked. */
    maxMb: number;
    maxRows: number;
    maxColumns: number;
    maxUnpackedMb: number;
    /** How long reading one list may take, ms, and how much memory its process, MB. */
    readMs: number;
    readMb: number;
  };
  /** How often a number may be sent within a time; null: as often as people like. And what counts as recent. */
  importRules: { cap: { times: number; withinMs: number } | null; recentMs: number };
  /** What stored numbers are sealed with. */
  numbers: { key: string | null; previous: string | null };
  /** A start that would call more numbers than this asks first. */
  startAskAbove: number;
  /** When tasks may be started, in the platform's time zone, and what becomes of those that are on then; null: always. */
  legalHours: { windows: readonly QuietWindow[]; said: string; outside: 'alert' | 'pause' } | null;
  pollCron: string;
  /** How long every number must stay dialed before a task with a redial rule counts as finished. */
  redialQuietMs: number;
  /** For how many days the record of tasks is kept. */
  historyDays: number;
  /** null: SQLite in `dataDir`. */
  databaseUrl: string | null;
  dataDir: string;
  locale: 'en' | 'zh-CN';
  logLevel: 'debug' | 'info' | 'warn' | 'error';
}

const dayMs = 24 * 3_600_000;

const shape = Object.fromEntries(Object.entries(settings).map(([name, { rule }]) => [name, rule])) as {
  [K in SettingName]: (typeof settings)[K]['rule'];
};

/** The value of each setting as it was given; an empty one counts as unset. */
function givenIn<Name extends SettingName>(environment: Environment, names: readonly Name[]) {
  return Object.fromEntries(names.map((name) => [name, valueIn(environment, name)])) as Record<
    Name,
    string | undefined
  >;
}

function faultsOf(error: z.ZodError | undefined, given: Environment, known: readonly SettingFault[]): SettingFault[] {
  const faults = known.filter(({ name }) => name in given);
  for (const issue of error?.issues ?? []) {
    const name = issue.path[0] as SettingName;
    if (faults.some((fault) => fault.name === name)) continue;
    faults.push({ name, problem: given[name] === undefined ? 'is missing' : issue.message, help: settings[name].help });
  }
  return faults;
}

/** Only these settings, for a command that needs no others. */
export function readSome<Name extends SettingName>(
  { environment, faults: known }: GivenSettings,
  names: readonly Name[],
):
  | { ok: true; values: { [K in Name]: z.output<(typeof settings)[K]['rule']> } }
  | { ok: false; faults: SettingFault[] } {
  const given = givenIn(environment, names);
  const rules = Object.fromEntries(names.map((name) => [name, shape[name]])) as Pick<typeof shape, Name>;
  const parsed = z.object(rules).safeParse(given);
  const faults = faultsOf(parsed.error, given, known);
  if (!parsed.success || faults.length > 0) return { ok: false, faults };
  return { ok: true, values: parsed.data as { [K in Name]: z.output<(typeof settings)[K]['rule']> } };
}

/**
 * Reads and validates the environment; an empty value counts as unset. All faults are reported at once, with those that
 * are known from reading secrets from files.
 */
export function readConfig(
  environment: Environment,
  known: readonly SettingFault[] = [],
): { ok: true; config: Config } | { ok: false; faults: SettingFault[] } {
  const given = givenIn(environment, settingNames);
  const parsed = z.object(shape).safeParse(given);
  const faults = faultsOf(parsed.error, given, known);
  const ways = ['SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'] as const;
  if (ways.every((way) => given[way] === undefined && !faults.some(({ name }) => name === way))) {
    faults.push({
      name: 'SLACK_APP_TOKEN',
      problem: 'is missing (Socket Mode), and so is SLACK_SIGNING_SECRET (HTTP); one of them is required',
      help: settings.SLACK_APP_TOKEN.help,
    });
  }
  if (!parsed.success || faults.length > 0) return { ok: false, faults };
  const env = parsed.data;
  const proxies: Proxies = {
    http: env.HTTP_PROXY ?? null,
    https: env.HTTPS_PROXY ?? null,
    none: env.NO_PROXY ?? '',
  };
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
      host: env.HOST ?? (env.SLACK_APP_TOKEN === undefined ? '0.0.0.0' : '127.0.0.1'),
      port: env.PORT,
      // In HTTP mode that port is Slack's, and may be open to everybody.
      metrics: env.METRICS === undefined ? env.SLACK_APP_TOKEN !== undefined : env.METRICS === 'true',
      proxies,
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
        pausesInFlight: env.DIALER_PAUSES_IN_FLIGHT,
        timeoutMs: env.DIALER_TIMEOUT_MS,
        proxies: env.DIALER_PROXY === 'direct' ? null : proxies,
        maxBytes: env.DIALER_MAX_MB * 1024 * 1024,
        maxTasks: env.DIALER_MAX_TASKS,
        maxMs: env.DIALER_READ_SECONDS * 1000,
      },
      access: {
        allowGuests: env.ALLOW_GUESTS === 'true',
        share: { interactions: env.SHARE_INTERACTIONS, windowMs: env.SHARE_SECONDS * 1_000 },
      },
      imports: {
        countries: env.IMPORT_COUNTRIES,
        maxMb: env.IMPORT_MAX_MB,
        maxRows: env.IMPORT_MAX_ROWS,
        maxColumns: env.IMPORT_MAX_COLUMNS,
        maxUnpackedMb: env.IMPORT_MAX_UNPACKED_MB,
        readMs: env.IMPORT_READ_SECONDS * 1000,
        readMb: env.IMPORT_READ_MB,
      },
      importRules: {
        cap: env.IMPORT_CAP === 0 ? null : { times: env.IMPORT_CAP, withinMs: env.IMPORT_CAP_DAYS * dayMs },
        recentMs: env.IMPORT_RECENT_DAYS * dayMs,
      },
      numbers: { key: env.NUMBERS_KEY ?? null, previous: env.NUMBERS_KEY_PREVIOUS ?? null },
      startAskAbove: env.START_ASK_ABOVE,
      legalHours: legalHoursOf(env.LEGAL_HOURS, { zone: env.DIALER_TIME_ZONE, outside: env.OUTSIDE_LEGAL_HOURS }),
      pollCron: env.POLL_CRON,
      redialQuietMs: env.REDIAL_QUIET_MINUTES * 60_000,
      historyDays: env.HISTORY_DAYS,
      databaseUrl: env.DATABASE_URL ?? null,
      dataDir: env.DATA_DIR,
      locale: env.LOCALE,
      logLevel: env.LOG_LEVEL,
    },
  };
}

/** A rule of the settings has found that the hours can be read. */
function legalHoursOf(
  hours: string | undefined,
  { zone, outside }: { zone: string; outside: 'alert' | 'pause' },
): Config['legalHours'] {
  const read = hours === undefined ? null : readHours(hours);
  if (hours === undefined || read?.kind !== 'known') return null;
  return { windows: read.windows, said: `${hours}, ${zone}`, outside };
}

/** All faults as one text, printed when the start is refused. `call` and `demo`: what can be typed where it runs. */
export function explainFaults(
  faults: readonly SettingFault[],
  { call, demo }: { call: string; demo: string | null },
): string {
  const lines = faults.map(({ name, problem, help }) => `  ${name} ${problem}\n      ${help}`);
  return [
    'Dialdeck cannot start: these settings are missing or invalid.',
    '',
    ...lines,
    '',
    `Set them in the environment or in a file named .env (see .env.example), then run \`${call} doctor\`.`,
    ...(demo === null ? [] : [`To try Dialdeck without an account: ${demo}`]),
  ].join('\n');
}
