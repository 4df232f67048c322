import { launcherOf, onLauncherGone } from '../../src/cli/launcher.ts';
import { systemClock } from '../../src/clock.ts';
import { buildPage } from './page/build.ts';
import { createSlackSandbox } from './server.ts';

/** `npm run sandbox:slack`: the stand-in alone, for a bot that is being developed. */
const launcher = launcherOf(process.env);
const sandbox = await createSlackSandbox({ port: Number(process.env.PORT || 4000), pageHtml: buildPage });
const stop = () => {
  void sandbox.close().then(() => process.exit(0));
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
onLauncherGone(launcher, systemClock, stop);

console.log(`The stand-in for Slack is running on ${sandbox.url}

Start your app with:
  SLACK_API_URL=${sandbox.apiUrl}
  SLACK_BOT_TOKEN=${sandbox.botToken}
  SLACK_APP_TOKEN=${sandbox.appToken}`);
