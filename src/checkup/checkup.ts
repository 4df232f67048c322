import { createServer } from 'node:net';
import { z } from 'zod';
import type { Clock, Log } from '../core/ports.ts';
import { cleaned, oneLine } from '../core/text/printable.ts';
import { tickMs } from '../jobs/cron.ts';
import { askHere, listenTrouble } from '../listening.ts';
import { type Proxies, proxyFor, proxyName } from '../proxy.ts';
import { cautionsOf } from '../settings/cautions.ts';
import { type Config, readConfig } from '../settings/config.ts';
import type { Environment } from '../settings/environment.ts';
import type { Caution } from '../settings/exposure.ts';
import type { SettingFault } from '../settings/settings.ts';
import { answerWithinMs, type Finding } from './finding.ts';
import { checkDialer } from './platform.ts';
import { checkSlack } from './slack.ts';
import { checkStore } from './store.ts';

interface CheckupDeps {
  log: Log;
  clock: Clock;
  program: { call: string };
  /** What is wrong with the files of secrets, and what to point out about `.env`. */
  faults?: readonly SettingFault[];
  ofEnvFile?: readonly Caution[];
}

/**
 * Checks everything a running Dialdeck needs and reports what was found and how to fix it. Changes and creates nothing.
 * The settings come first: nothing else can be checked without them.
 */
export async function checkUp(
  environment: Environment,
  { program: { call }, faults = [], ofEnvFile = [], ...deps }: CheckupDeps,
): Promise<Finding[]> {
  const read = readConfig(environment, faults);
  const dataDir = read.ok && read.config.databaseUrl === null ? read.config.dataDir : null;
  const cautions = (await cautionsOf(environment, { dataDir, ofEnvFile })).map(warningOf);
  if (!read.ok) return [...read.faults.map(faultOf), ...cautions].map(onOneLine);
  const { config } = read;
  const complete: Finding = { what: 'Settings', level: 'ok', seen: 'complete' };
  const [slack, platform, port] = await Promise.all([
    checkSlack(config, deps.log),
    checkDialer(config, deps),
    checkPort(config),
  ]);
  const store = await checkStore(config, deps, { call, installed: slack.installed, shown: platform.shown });
  const findings = [...slack.findings, ...platform.findings, ...store, ...port];
  return [complete, ...nameProxies(config), nameHours(config), ...rarePolls(config), ...findings, ...cautions].map(
    onOneLine,
  );
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

const faultOf = ({ name, problem, help }: SettingFault): Finding => ({
  what: `Setting ${name}`,
  level: 'fault',
  seen: problem,
  fix: help,
});

/** When tasks may be started: most rules for calls to consumers allow none at night. */
function nameHours({ legalHours }: Config): Finding {
  const what = 'Legal hours';
  if (legalHours !== null) return { what, level: 'ok', seen: legalHours.said };
  const fix = 'Set LEGAL_HOURS to the hours in which you may make calls, such as 09:00-21:00.';
  return { what, level: 'warning', seen: 'none are set, so tasks can be started at any time of day', fix };
}

/** Longer than anybody would want to wait for a card to be right, ms. */
const maxPollEveryMs = 5 * 60_000;

/** A pattern of five fields that was meant to have six polls every twenty minutes instead of seconds. */
function rarePolls({ pollCron }: Config): Finding[] {
  const everyMs = tickMs(pollCron);
  if (everyMs <= maxPollEveryMs) return [];
  return [
    {
      what: 'Setting POLL_CRON',
      level: 'warning',
      seen: `a poll is due every ${Math.round(everyMs / 60_000)} minutes: cards, notices and alerts are as late as that`,
      fix: 'For every 20 seconds, set "*/20 * * * * *": of six fields the first one is seconds, of five it is minutes.',
    },
  ];
}

const warningOf = (caution: Caution): Finding => ({ ...caution, level: 'warning' });

/** For a terminal: words of Slack and of the platform must not steer it, nor pass for a finding of their own. */
function onOneLine({ seen, fix, ...finding }: Finding): Finding {
  const shown = (text: string): string => oneLine(cleaned(text));
  return { ...finding, seen: shown(seen), ...(fix === undefined ? {} : { fix: shown(fix) }) };
}

/** Whether the bot can be served where it is to be. One that runs already is asked for its name. */
async function checkPort({ host, port }: Config): Promise<Finding[]> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port }, resolve);
    });
    return [{ what: 'Port', level: 'ok', seen: `${port} is free` }];
  } catch (thrown) {
    const version = await runningAt({ host, port });
    if (version !== null) {
      return [
        {
          what: 'Port',
          level: 'warning',
          seen: `${port} is in use by Dialdeck ${version}, which is running`,
          fix: 'This is fine if it is the one of these settings; otherwise set PORT to another port.',
        },
      ];
    }
    const trouble = listenTrouble(thrown, { port });
    return [
      { what: 'Port', level: 'fault', ...(trouble ?? { seen: `${port} cannot be used`, fix: 'Check HOST and PORT.' }) },
    ];
  } finally {
    server.close();
  }
}

/** The version of the Dialdeck that responds there; null when nothing does, or something else. */
async function runningAt(at: { host: string; port: number }): Promise<string | null> {
  const answer = await askHere(at, '/healthz', answerWithinMs);
  try {
    return healthy.parse(JSON.parse(answer?.text ?? '')).version;
  } catch {
    return null;
  }
}

const healthy = z.object({ ok: z.literal(true), version: z.string().regex(/^[\w.+-]{1,40}$/) });
