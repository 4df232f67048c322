import { z } from 'zod';
import { launcherOf, onLauncherGone } from '../../src/cli/launcher.ts';
import { systemClock } from '../../src/clock.ts';
import { shanghaiDatetime } from './clock.ts';
import { controlRoutes } from './control.ts';
import { routes } from './routes.ts';
import { createDialerSandbox } from './server.ts';

const launcher = launcherOf(process.env);

/** `npm run sandbox:dialer`: PORT (default 4010), SPEED (simulated seconds per real second, default 60), TOKEN. */
const environment = z
  .object({
    PORT: z.coerce.number().int().min(0).max(65_535).default(4010),
    SPEED: z.coerce.number().min(0).default(60),
    TOKEN: z.string().min(1).default('sandbox-dialer-token'),
  })
  .safeParse(process.env);

if (environment.success) {
  const { PORT, SPEED, TOKEN } = environment.data;
  const sandbox = await createDialerSandbox({ port: PORT, speed: SPEED, token: TOKEN });
  const stop = (): void => {
    sandbox.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  onLauncherGone(launcher, systemClock, stop);

  const list = (lines: readonly string[]): string => lines.map((line) => `  ${line}`).join('\n');
  console.log(`The stand-in for the calling platform is running.

  DIALER_URL    ${sandbox.url}
  DIALER_TOKEN  ${TOKEN}
  clock         ${shanghaiDatetime(sandbox.clock.now())} in Shanghai, ${SPEED} times as fast as real time

The task API:
${list(routes.map(({ method, path, name }) => `${method.padEnd(4)} ${path}${name === 'progress' ? '  (when switched on)' : ''}`))}

The control API, without a token:
${list(controlRoutes)}
`);
} else {
  console.error(z.prettifyError(environment.error));
  process.exitCode = 1;
}
