import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const places = ['/usr/sbin', '/usr/local/sbin', ...(process.env.PATH ?? '').split(delimiter)];

/** The program; null where it is not installed. */
export const pgbouncer = places.map((place) => join(place, 'pgbouncer')).find((path) => existsSync(path)) ?? null;

/**
 * Starts PgBouncer before the PostgreSQL of `server` with its settings as they come, save for a pool of two
 * connections.
 * @returns the address for a database of that server, and how to stop it.
 */
export async function startPgbouncer(
  server: URL,
  poolMode: 'session' | 'transaction' | 'statement',
): Promise<{ urlOf(databaseUrl: string | null): string; stop(): Promise<void> }> {
  if (pgbouncer === null) throw new Error('pgbouncer is not installed');
  const directory = await mkdtemp(join(tmpdir(), 'dialdeck-pgbouncer-'));
  const port = await freePort();
  const file = join(directory, 'pgbouncer.ini');
  const account = `user=${server.username}${server.password === '' ? '' : ` password=${server.password}`}`;
  const lines = [
    '[databases]',
    `* = host=${server.hostname} port=${server.port || 5432} ${account}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = any',
    `pool_mode = ${poolMode}`,
    'default_pool_size = 2',
  ];
  await writeFile(file, `${lines.join('\n')}\n`);
  // It refuses to run as root, and another user has to read its settings.
  await chmod(directory, 0o755);
  const asUser = process.getuid?.() === 0 ? ['-u', 'postgres'] : [];
  const child = spawn(pgbouncer, [...asUser, file], { stdio: ['ignore', 'ignore', 'pipe'] });
  let output = '';
  child.stderr.on('data', (data: Buffer) => {
    output += data.toString();
  });
  await listening(port, child, () => output);
  return {
    urlOf(databaseUrl) {
      const url = new URL(databaseUrl ?? '');
      url.host = `127.0.0.1:${port}`;
      return url.href;
    },
    async stop() {
      if (child.exitCode === null && child.kill('SIGTERM')) await once(child, 'close');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function listening(port: number, child: ChildProcess, output: () => string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`pgbouncer ended: ${output()}`);
    const socket = connect(port, '127.0.0.1');
    const answer = await Promise.race([once(socket, 'connect'), once(socket, 'close')]).catch(() => null);
    socket.destroy();
    if (answer !== null && child.exitCode === null) return;
    await sleep(50);
  }
  throw new Error(`pgbouncer does not listen: ${output()}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
