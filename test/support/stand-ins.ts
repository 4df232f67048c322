import { WebClient } from '@slack/web-api';
import { createEmulator } from 'emulate';
import { createSlackSandbox } from '../../sandbox/slack/server.ts';
import { botScopes } from '../../src/slack/scopes.ts';

/** A stand-in for Slack with an app that has the scopes of our manifest, and what uploading and managing need. */
export interface StandIn {
  name: string;
  apiUrl: string;
  token: string;
  client: WebClient;
  /** Id of #outbound-calls, in which the app is. */
  channel: string;
  /** Id of a person. */
  person: string;
  /** Archives the channel. */
  archive(): Promise<void>;
  close(): Promise<void>;
}

export const standIns = [
  { name: 'our own stand-in', start: startOurs },
  { name: 'emulate 0.12.2', start: startEmulate },
] as const;

function clientOf(token: string, apiUrl: string): WebClient {
  const quiet = { debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, getLevel: () => 'error', setName() {} };
  return new WebClient(token, {
    slackApiUrl: apiUrl,
    timeout: 5_000,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: quiet as never,
  });
}

async function startOurs(): Promise<StandIn> {
  const slack = await createSlackSandbox();
  const channel = slack.workspace.channel('outbound-calls');
  if (channel === undefined) throw new Error('no channel');
  return {
    name: 'our own stand-in',
    apiUrl: slack.apiUrl,
    token: slack.botToken,
    client: clientOf(slack.botToken, slack.apiUrl),
    channel: channel.id,
    person: slack.workspace.resolve('limei'),
    async archive() {
      channel.isArchived = true;
    },
    close: () => slack.close(),
  };
}

async function startEmulate(): Promise<StandIn> {
  const token = 'xoxb-contract';
  const scopes = [...botScopes, 'files:write', 'channels:read', 'channels:manage', 'im:write'];
  const slack = await createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      tokens: { [token]: { login: 'dialdeck', scopes } },
      slack: {
        team: { name: 'Harbour Calls', domain: 'harbour-calls' },
        users: [
          { name: 'dialdeck', real_name: 'Dialdeck', email: 'dialdeck@example.com' },
          { name: 'limei', real_name: '李梅', email: 'limei@example.com' },
        ],
        channels: [{ name: 'outbound-calls', topic: 'Campaigns of the day' }],
        tokens: [{ token, user: 'dialdeck', scopes }],
        strict_scopes: true,
      },
    },
  });
  const apiUrl = `${slack.url}/api/`;
  const client = clientOf(token, apiUrl);
  const { channels = [] } = await client.conversations.list();
  const { members = [] } = await client.users.list({});
  const channel = channels.find(({ name }) => name === 'outbound-calls')?.id ?? '';
  return {
    name: 'emulate 0.12.2',
    apiUrl,
    token,
    client,
    channel,
    person: members.find(({ name }) => name === 'limei')?.id ?? '',
    async archive() {
      await client.conversations.archive({ channel });
    },
    close: () => slack.close(),
  };
}
