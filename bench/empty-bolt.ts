import { App, LogLevel } from '@slack/bolt';

/** The baseline of bench/start.ts: a Bolt app in Socket Mode that does nothing. Says `ready` once it is connected. */
const app = new App({
  token: process.env.SLACK_BOT_TOKEN ?? '',
  appToken: process.env.SLACK_APP_TOKEN ?? '',
  socketMode: true,
  logLevel: LogLevel.ERROR,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL ?? '' },
});
await app.start();
console.log('ready');
