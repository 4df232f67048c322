import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Running an installed program as the user of a service. */

/** As root, another user who owns nothing; otherwise the same. */
export const serviceUser: { uid?: number; gid?: number } = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

export interface Ran {
  code: number;
  out: string;
  err: string;
}

export interface RunOptions {
  cwd: string;
  env: Record<string, string>;
  as?: { uid?: number; gid?: number };
}

/** Runs a command to its end. */
export function run(file: string, words: readonly string[], { cwd, env, as = serviceUser }: RunOptions): Promise<Ran> {
  return new Promise((done) => {
    execFile(file, [...words], { env, cwd, ...as }, (error, out, err) => {
      done({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, out, err });
    });
  });
}

export interface Running {
  child: ChildProcess;
  /** Everything it wrote. */
  output(): string;
  /** The fields of the last line with that message. */
  line(message: string): Record<string, unknown> | undefined;
  /** Resolves with the exit code; null when a signal ended it. */
  ended: Promise<number | null>;
}

const startWithinMs = 60_000;

/** Starts a bot, and resolves when it says that it runs. */
export async function startInstalled(
  file: string,
  words: readonly string[],
  { cwd, env, as = serviceUser }: RunOptions,
): Promise<Running> {
  const child = spawn(file, [...words], { cwd, env, ...as, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (text += String(part)));
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)));
  const line = (message: string): Record<string, unknown> | undefined => {
    const found = text.split('\n').findLast((one) => one.includes(`"message":"${message}"`));
    return found === undefined ? undefined : (JSON.parse(found) as Record<string, unknown>);
  };
  const until = performance.now() + startWithinMs;
  while (line('Dialdeck is running') === undefined) {
    if (child.exitCode !== null || child.signalCode !== null || performance.now() > until) {
      child.kill('SIGKILL');
      throw new Error(`The bot did not start:\n${text}`);
    }
    await new Promise((next) => setTimeout(next, 20));
  }
  return { child, output: () => text, line, ended };
}

/** The processes that were started with that setting in their environment, on Linux. */
export async function processesWith(setting: string): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const environments = await Promise.all(
    ids.map((id) =>
      readFile(join('/proc', id, 'environ'), 'utf8').then(
        (text) => ({ id, text }),
        () => ({ id, text: '' }),
      ),
    ),
  );
  return environments.filter(({ text }) => `\0${text}`.includes(`\0${setting}\0`)).map(({ id }) => id);
}
