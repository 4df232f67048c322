import { createServer } from 'node:net';
import { WebAPIRateLimitedError, WebClient } from '@slack/web-api';
import { type Config, readConfig } from './config.ts';
import { toAppError } from './core/errors.ts';
import type { Clock, Log } from './core/ports.ts';
import { choicesOf } from './core/tasks/choices.ts';
import { cleaned, oneLine } from './core/text/printable.ts';
import { readPresence } from './core/time/presence.ts';
import { createDialer } from './dialer/client.ts';
import { type Exposure, exposedAddresses, exposedFiles } from './exposure.ts';
import { unescapeMarkup } from './i18n/escape.ts';
import { errorSentence } from './i18n/sentences.ts';
import { catalogueOf } from './i18n/translator.ts';
import { tickMs } from './jobs/cron.ts';
import { boltLogger } from './log.ts';
import { type Proxies, proxyFor, proxyName } from './proxy.ts';
import { settings } from './settings.ts';
import { slackCode } from './slack/api/errors.ts';
import { createTransport } from './slack/api/transport.ts';
import { missingScopes } from './slack/scopes.ts';
import { openStore, type Store } from './store/store.ts';

/** The result of one check. `fix` says what to do when it is not ok. */
export interface Finding {
  what: string;
  level: 'ok' | 'warning' | 'fault';
  seen: string;
  fix?: string;
}

const timeoutMs = 10_000;

/** How to fix what Slack reports about a token (docs.slack.dev, auth.test). */
const tokenFixes: Record<string, string> = {
  account_inactive: 'Reinstall the app in the workspace.',
  token_revoked: 'Reinstall the app in the workspace.',
  not_allowed_token_type: 'The two tokens may be swapped: xoxb-… is SLACK_BOT_TOKEN, xapp-… is SLACK_APP_TOKEN.',
  missing_scope: 'Give the token the scope connections:write (Basic Information → App-Level Tokens).',
  ratelimited: 'Wait a minute and run the doctor again.',
};

const botTokenFix = `Copy SLACK_BOT_TOKEN again: ${settings.SLACK_BOT_TOKEN.help}.`;
const appTokenFix = `Copy SLACK_APP_TOKEN again: ${settings.SLACK_APP_TOKEN.help}.`;

/**
 * Checks everything a running Dialdeck needs and reports what was found and how to fix it. Changes nothing, except that
 * it creates the store if there is none yet. The settings come first: nothing else can be checked without them.
 */
export async function checkUp(
  environment: Record<string, string | undefined>,
  deps: { log: Log; clock: Clock },
): Promise<Finding[]> {
  const read = readConfig(environment);
  if (!read.ok) {
    return read.faults.map(({ name, problem, help }) => ({
      what: `Setting ${name}`,
      level: 'fault',
      seen: problem,
      fix: help,
    }));
  }
  const { config } = read;
  const complete: Finding = { what: 'Settings', level: 'ok', seen: 'complete' };
  const groups = await Promise.all([
    checkSlack(config, deps.log),
    checkDialer(config, deps),
    checkStore(config, deps),
    checkPort(config),
  ]);
  // After the store: what it creates is looked at, too.
  const files = await exposedFiles({ envFile: '.env', dataDir: config.databaseUrl === null ? config.dataDir : null });
  const exposures = [...exposedAddresses(environment), ...files].map(warningOf);
  return [complete, ...nameProxies(config), ...groups.flat(), ...exposures].map(onOneLine);
}

/** What goes through which proxy; nothing where the environment names none. */
function nameProxies({ proxies, slack, dialer }: Config): Finding[] {
  if (proxies.http === null && proxies.https === null) return [];
  const through = (target: string, rule: Proxies | null): string => {
    const proxy = rule === null ? null : proxyFor(target, rule);
    return proxy === null ? 'directly' : `through ${proxyName(proxy)}`;
  };
  const seen = `Slack ${through(slack.apiUrl, proxies)}, the calling platform ${through(dialer.url, dialer.proxies)}`;
  return [{ what: 'Proxy', level: 'ok', seen }];
}

const warningOf = (exposure: Exposure): Finding => ({ ...exposure, level: 'warning' });

/** For a terminal: words of Slack and of the platform must not steer it, nor pass for a finding of their own. */
function onOneLine({ seen, fix, ...finding }: Finding): Finding {
  const shown = (text: string): string => oneLine(cleaned(text));
  return { ...finding, seen: shown(seen), ...(fix === undefined ? {} : { fix: shown(fix) }) };
}

async function checkSlack(config: Config, log: Log): Promise<Finding[]> {
  const { apiUrl } = config.slack;
  const options = {
    slackApiUrl: apiUrl,
    fetch: createTransport({ apiUrl, proxies: config.proxies }).fetch(timeoutMs),
    timeout: timeoutMs,
    retryConfig: { retries: 1 },
    rejectRateLimitedCalls: true,
    logger: boltLogger(log),
  };
  const findings: Finding[] = [];
  const bot = new WebClient(config.slack.botToken, options);
  try {
    const answer = await bot.auth.test();
    findings.push({
      what: 'Slack bot token',
      level: 'ok',
      seen: `${answer.user ?? 'bot'} in ${answer.team ?? 'the workspace'}`,
    });
    findings.push(...scopeFindings(answer.response_metadata?.scopes));
  } catch (error) {
    findings.push(slackFault('Slack bot token', error, botTokenFix));
  }
  if (config.slack.appToken !== null) {
    try {
      await new WebClient(config.slack.appToken, options).apps.connections.open();
      findings.push({ what: 'Slack app token', level: 'ok', seen: 'Socket Mode can connect' });
    } catch (error) {
      findings.push(slackFault('Slack app token', error, appTokenFix));
    }
  } else {
    findings.push({
      what: 'Slack requests',
      level: 'ok',
      seen: 'signed HTTP; SLACK_SIGNING_SECRET and access to /slack/events cannot be verified before Slack sends a request',
    });
  }
  return findings;
}

/** What was granted, against what is needed and what is optional. Empty where Slack does not say. */
function scopeFindings(granted: readonly string[] | undefined): Finding[] {
  if (granted === undefined) return [];
  const { needed, lost } = missingScopes(granted);
  const findings: Finding[] = [];
  if (needed.length > 0) {
    findings.push({
      what: 'Slack scopes',
      level: 'warning',
      seen: `missing: ${needed.join(', ')}`,
      fix: 'Paste manifests/slack.json into the app’s manifest again, then reinstall the app.',
    });
  }
  if (lost.length > 0) {
    findings.push({
      what: 'Slack optional scopes',
      level: 'warning',
      seen: `declined: ${lost.join('; ')}`,
      fix: 'If that is not wanted, reinstall the app and grant them.',
    });
  }
  return findings;
}

function slackFault(what: string, error: unknown, copyAgain: string): Finding {
  const code = error instanceof WebAPIRateLimitedError ? 'ratelimited' : slackCode(error);
  return {
    what,
    level: 'fault',
    seen: code === null ? 'Slack cannot be reached' : `Slack responded with ${code}`,
    fix: code === null ? 'Check the network, the proxy and SLACK_API_URL.' : (tokenFixes[code] ?? copyAgain),
  };
}

async function checkDialer(config: Config, deps: { log: Log; clock: Clock }): Promise<Finding[]> {
  const t = catalogueOf('en');
  const dialer = createDialer({ ...config.dialer, timeoutMs: Math.min(config.dialer.timeoutMs, timeoutMs) }, deps);
  try {
    const metadata = await dialer.metadata();
    const choices = choicesOf(metadata, deps.clock.now(), { minResidue: config.dialer.minResidue });
    const began = deps.clock.elapsed();
    const tasks = await dialer.list();
    const [took, everyMs] = [deps.clock.elapsed() - began, tickMs(config.pollCron)];
    const findings: Finding[] = [
      {
        what: 'Calling platform',
        level: 'ok',
        seen: `${tasks.length} tasks, ${choices.line.length} of ${metadata.lines.length} lines usable, ${choices.script.length} scripts`,
      },
    ];
    if (took > everyMs) {
      findings.push({
        what: 'Task list',
        level: 'warning',
        seen: `reading it took ${seconds(took)}, and a poll is due every ${seconds(everyMs)}`,
        fix: 'Poll less often (POLL_CRON), or delete tasks that are no longer needed: what is shown is older than it should be.',
      });
    }
    if (choices.line.length === 0) {
      findings.push({
        what: 'Lines',
        level: 'warning',
        seen: `no line has a free concurrency of at least ${config.dialer.minResidue}`,
        fix: 'Tasks can be created once a line has enough free concurrency.',
      });
    }
    return findings;
  } catch (thrown) {
    const error = toAppError(thrown);
    return [
      {
        what: 'Calling platform',
        level: 'fault',
        seen: unescapeMarkup(errorSentence(t, error)),
        fix:
          error.code === 'platform_unauthorized'
            ? 'Check DIALER_TOKEN, DIALER_AUTH_HEADER and DIALER_AUTH_SCHEME.'
            : 'Check DIALER_URL: /v1/task is appended to it.',
      },
    ];
  } finally {
    dialer.close();
  }
}

const seconds = (ms: number): string => `${Math.ceil(ms / 1_000)} s`;

async function checkStore(config: Config, deps: { log: Log; clock: Clock }): Promise<Finding[]> {
  const where = config.databaseUrl === null ? `SQLite in ${config.dataDir}` : 'PostgreSQL';
  try {
    const store = await openStore({ databaseUrl: config.databaseUrl, dataDir: config.dataDir, ...deps });
    await store.ping();
    const findings = await checkBots(store);
    await store.close();
    return [{ what: 'Store', level: 'ok', seen: where }, ...findings];
  } catch (error) {
    return [
      {
        what: 'Store',
        level: 'fault',
        seen: `${where} cannot be opened: ${toAppError(error).message}`,
        fix:
          config.databaseUrl === null
            ? 'Make DATA_DIR writable by this user.'
            : 'Check DATABASE_URL, and that the server is running.',
      },
    ];
  }
}

/** What running bots have noticed: only they see how many sockets Slack counts. */
async function checkBots(store: Store): Promise<Finding[]> {
  const { bots, strangers } = await readPresence(store);
  if (strangers === null) return bots === 0 ? [] : [{ what: 'Running bots', level: 'ok', seen: String(bots) }];
  return [
    {
      what: 'Running bots',
      level: 'warning',
      seen: `Slack counts ${strangers.connections} connections, more than the bots of this store (${strangers.bots}) open`,
      fix: 'Another process uses the same Slack app with a store of its own: stop it, or give it its own app or this store.',
    },
  ];
}

async function checkPort({ host, port }: Config): Promise<Finding[]> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port }, resolve);
    });
    return [{ what: 'Port', level: 'ok', seen: `${port} is free` }];
  } catch {
    return [
      {
        what: 'Port',
        level: 'warning',
        seen: `${port} is in use`,
        fix: 'This is fine if Dialdeck is already running; otherwise set PORT to another port.',
      },
    ];
  } finally {
    server.close();
  }
}
