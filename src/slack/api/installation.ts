import type { WebClient } from '@slack/web-api';
import { toSlackFailure } from './errors.ts';

/** Where this app is installed, in Slack's ids. */
export interface Installation {
  teamId: string;
  /** null outside an Enterprise organization. */
  enterpriseId: string | null;
  /** null where Slack does not say: `bots.info` needs the scope `users:read`. */
  appId: string | null;
}

interface Installed extends Installation {
  /** Where the workspace is on the web (`https://acme.slack.com/`); null where Slack does not say. */
  url: string | null;
  /** As whom this app acts; null where Slack does not say. */
  userId: string | null;
}

/** Asks Slack whose token this is. Throws `AppError('chat_failed')`. */
async function readInstallation(client: WebClient): Promise<Installed> {
  try {
    const told = await client.auth.test();
    const { team_id: teamId = '', enterprise_id: enterprise, app_id: app, bot_id: bot, url, user_id: user } = told;
    const named = typeof app === 'string' ? app : await appOf(client, bot);
    return { teamId, enterpriseId: enterprise || null, appId: named, url: url ?? null, userId: user ?? null };
  } catch (error) {
    throw toSlackFailure(error);
  }
}

async function appOf(client: WebClient, bot: string | undefined): Promise<string | null> {
  if (bot === undefined) return null;
  const answer = await client.bots.info({ bot }).catch(() => null);
  return answer?.bot?.app_id ?? null;
}

/** The installation, read once; a failed read is retried by the next caller. */
export function createInstallation(client: WebClient): () => Promise<Installed> {
  let reading: Promise<Installed> | null = null;
  return () => {
    reading ??= readInstallation(client).catch((error: unknown) => {
      reading = null;
      throw error;
    });
    return reading;
  };
}
