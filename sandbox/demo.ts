import { launcherOf, onLauncherGone } from '../src/cli/launcher.ts';
import { systemClock } from '../src/clock.ts';
import { type Locale, localeOf } from '../src/i18n/translator.ts';
import { createLog } from '../src/log.ts';
import { startDemo } from './demo/world.ts';

/**
 * `npm run demo`: everything on this machine, no account anywhere. DEMO_PORT (default 4280) is tried first; LOCALE is the
 * language of the channels and of the person as whom the page opens.
 */

const launcher = launcherOf(process.env);
const locale = localeOf(process.env.LOCALE, 'en');
const preferredPort = Number(process.env.DEMO_PORT ?? 4280);
const log = createLog('warn', (line) => process.stderr.write(`${line}\n`));

const starting = startDemo({ port: preferredPort, log, locale }).catch((error: NodeJS.ErrnoException) => {
  // Another demo is running, or the port is not usable: take any free one.
  const unusable = ['EADDRINUSE', 'EACCES', 'ERR_SOCKET_BAD_PORT'];
  if (unusable.includes(error.code ?? '')) return startDemo({ port: 0, log, locale });
  throw error;
});

let stoppingSince: number | null = null;
const stop = (): void => {
  if (stoppingSince !== null) {
    // Ctrl-C arrives from the terminal and once more through the launcher; a later one means: stop at once.
    if (performance.now() - stoppingSince > 1_000) process.exit(1);
    return;
  }
  stoppingSince = performance.now();
  starting
    .then((world) => world.close())
    .then(
      () => process.exit(0),
      () => process.exit(1),
    );
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
onLauncherGone(launcher, systemClock, stop);

const world = await starting;
const words: Record<Locale, string> = {
  en: `
  Dialdeck demo

  Open   ${world.url}
  Then   type /dial new in a channel

  A stand-in for Slack, a stand-in for the calling platform, and the real bot between them.
  Nothing leaves this machine, nobody is called. Stop with Ctrl-C.
`,
  'zh-CN': `
  Dialdeck 演示

  打开   ${world.url}
  然后   在频道中输入 /dial 新建

  包含 Slack 和外呼平台的模拟服务，以及两者之间真实运行的机器人。
  所有数据都留在本机，不会拨打任何电话。按 Ctrl-C 停止。
`,
};
console.log(words[locale]);
