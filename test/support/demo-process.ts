import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The demo in a process of its own, started by the command line behind `npm run demo`. */
export interface DemoProcess {
  /** The address it printed. */
  url: string;
  output(): string;
  /** Directories it has made for itself and not yet removed. */
  leftBehind(): Promise<string[]>;
  /** Sends the signal (twice, as a terminal and a launcher together do) and answers the exit code. */
  stop(signal: 'SIGINT' | 'SIGTERM'): Promise<number | null>;
  /** Ends it if it still runs, and removes what it could not. */
  dispose(): Promise<void>;
}

const startLimitMs = 90_000;

export async function startDemoProcess(environment: Record<string, string> = {}): Promise<DemoProcess> {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', 'sandbox/demo.ts'], {
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      TMPDIR: tmpdir(),
      DEMO_PORT: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let heard = (): void => {};
  const hear = (part: unknown): void => {
    output += String(part);
    heard();
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));

  const url = await new Promise<string>((resolve, reject) => {
    const limit = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`The demo printed no address:\n${output}`));
    }, startLimitMs);
    heard = () => {
      const [, found] = /(?:Open|打开)\s+(http:\S+)/.exec(output) ?? [];
      if (found === undefined) return;
      clearTimeout(limit);
      resolve(found);
    };
    void exited.then(() => {
      clearTimeout(limit);
      reject(new Error(`The demo ended at once:\n${output}`));
    });
  });
  const leftovers = async (): Promise<string[]> => {
    const names = await readdir(tmpdir());
    return names.filter((name) => name.startsWith(`dialdeck-demo-${child.pid}-`)).map((name) => join(tmpdir(), name));
  };

  return {
    url,
    output: () => output,
    leftBehind: leftovers,
    async stop(signal) {
      child.kill(signal);
      child.kill(signal);
      return exited;
    },
    async dispose() {
      child.kill('SIGKILL');
      await exited;
      for (const path of await leftovers()) await rm(path, { recursive: true, force: true });
    },
  };
}
