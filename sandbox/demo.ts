import { createLog } from '../src/log.ts';
import { startDemo } from './demo/world.ts';

/** `npm run demo`: everything on this machine, no account anywhere. */

const preferredPort = Number(process.env['DEMO_PORT'] ?? 4280);
const log = createLog('warn', (line) => process.stderr.write(`${line}\n`));

const world = await startDemo({ port: preferredPort, log }).catch((error: NodeJS.ErrnoException) => {
  if (error.code === 'EADDRINUSE') return startDemo({ port: 0, log });
  throw error;
});

console.log(`
  Dialdeck demo

  Open   ${world.url}
  Then   type /dial new in a channel

  A stand-in for Slack, a stand-in for the calling platform, and the real bot between them.
  Nothing leaves this machine, nobody is called. Stop with Ctrl-C.
`);

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) process.exit(1);
    stopping = true;
    world.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}
