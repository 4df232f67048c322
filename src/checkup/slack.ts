import { WebClient } from '@slack/web-api';
import { slackCause } from '../causes.ts';
import type { Place } from '../core/access/ownership.ts';
import type { Log } from '../core/ports.ts';
import { boltLogger } from '../log.ts';
import type { Config } from '../settings/config.ts';
import { twoApps } from '../slack/api/app-token.ts';
import { toSlackFailure } from '../slack/api/errors.ts';
import { createInstallation } from '../slack/api/installation.ts';
import { createTransport } from '../slack/api/transport.ts';
import { missingScopes } from '../slack/scopes.ts';
import { answerWithinMs, type Finding } from './finding.ts';

/** Both tokens and the scopes; and where the app is installed, null where that could not be asked. */
export async function checkSlack(
  config: Config,
  log: Log,
): Promise<{ findings: Finding[]; installed: Pick<Place, 'workspace' | 'app'> | null }> {
  const { apiUrl } = config.slack;
  const options = {
    slackApiUrl: apiUrl,
    fetch: createTransport({ apiUrl, proxies: config.proxies }).fetch(answerWithinMs),
    timeout: answerWithinMs,
    retryConfig: { retries: 1 },
    rejectRateLimitedCalls: true,
    logger: boltLogger(log),
  };
  const findings: Finding[] = [];
  const bot = new WebClient(config.slack.botToken, options);
  let installed: Pick<Place, 'workspace' | 'app'> | null = null;
  try {
    const answer = await bot.auth.test();
    findings.push({
      what: 'Slack bot token',
      level: 'ok',
      seen: `${answer.user ?? 'bot'} in ${answer.team ?? 'the workspace'}`,
    });
    findings.push(...scopeFindings(answer.response_metadata?.scopes));
    const { teamId, appId } = await createInstallation(bot)();
    installed = { workspace: teamId || null, app: appId };
  } catch (error) {
    findings.push(slackFault('Slack bot token', error, 'bot'));
  }
  if (config.slack.appToken !== null) {
    try {
      await new WebClient(config.slack.appToken, options).apps.connections.open();
      const mixed = twoApps(config.slack.appToken, installed?.app ?? null);
      findings.push(
        mixed === null
          ? { what: 'Slack app token', level: 'ok', seen: 'Socket Mode can connect' }
          : {
              what: 'Slack app token',
              level: 'fault',
              seen: mixed,
              fix: 'Copy both tokens from the pages of one app.',
            },
      );
    } catch (error) {
      findings.push(slackFault('Slack app token', error, 'app'));
    }
  } else {
    findings.push({
      what: 'Slack requests',
      level: 'ok',
      seen: 'signed HTTP; SLACK_SIGNING_SECRET and access to /slack/events cannot be verified before Slack sends a request',
    });
  }
  return { findings, installed };
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
      fix: 'Paste what the command `manifest` prints into the app’s manifest again, then reinstall the app.',
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

function slackFault(what: string, error: unknown, token: 'bot' | 'app'): Finding {
  return { what, level: 'fault', ...slackCause(toSlackFailure(error), token) };
}
