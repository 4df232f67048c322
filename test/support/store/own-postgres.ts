import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { promisify } from 'node:util';

/** A PostgreSQL server of one test, which may crash. */
export interface OwnPostgres {
  url: string;
  /** Ends at once; what was committed stays. */
  crash(): Promise<void>;
  up(): Promise<void>;
  /** Ends it, and deletes its data. */
  stop(): Promise<void>;
}

const binaries = '/usr/lib/postgresql';
/** Whether a server can be started here. */
export const hasPostgres = existsSync(binaries) && readdirSync(binaries).length > 0;

export async function startOwnPostgres(): Promise<OwnPostgres> {
  const script = new URL('../../../.ci/postgres.sh', import.meta.url).pathname;
  const env = { PATH: process.env.PATH ?? '', PGTEST_PORT: String(await freePort()) };
  const run = async (command: string): Promise<string> =>
    (await promisify(execFile)(script, [command], { env })).stdout.trim();
  return {
    url: await run('start'),
    crash: async () => void (await run('crash')),
    up: async () => void (await run('up')),
    stop: async () => void (await run('stop')),
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
