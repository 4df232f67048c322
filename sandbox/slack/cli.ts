import { onLauncherGone } from '../../src/cli/launcher.ts';
import { systemClock } from '../../src/clock.ts';
import { buildPage } from './page/build.ts';
import { createSlackSandbox } from './server.ts';

/** `npm run sandbox:slack`: the stand-in alone, for a bot that is being developed. */
const sandbox = await createSlackSandbox({ port: Number(process.env.PORT || 4000), pageHtml: buildPage });
console.log(`The stand-in for Slack is running on ${sandbox.url}

Start your app with:
  SLACK_API_URL=${sandbox.apiUrl}
  SLACK_BOT_TOKEN=${sandbox.botToken}
  SLACK_APP_TOKEN=${sandbox.appToken}`);

const stop = () => {
  void sandbox.close().then(() => process.exit(0));
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
if (process.env.npm_lifecycle_event !== undefined) onLauncherGone(systemClock, stop);
