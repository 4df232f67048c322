import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { bundled } from '../bundled.ts';
import type { TestDatabase } from './databases.ts';

/** A second process on the same database; see worker.ts for what it does. */
export interface Worker {
  /** The values reported so far. */
  reported: unknown[];
  /** Resolves when `count` values were reported or the process has ended. */
  until(count: number): Promise<void>;
  /** Resolves with the exit code, or the signal, and what it wrote to stderr. */
  ended: Promise<{ code: number | string; stderr: string }>;
  kill(): void;
}

export function startWorker(mode: 'write' | 'race', database: TestDatabase, name = ''): Worker {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--input-type=module', '-', mode, JSON.stringify(database.location), name],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  child.stdin?.end(bundled(new URL('./worker.ts', import.meta.url)));
  const reported: unknown[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  let over = false;
  const wake = () => {
    for (const one of waiting) if (over || reported.length >= one.count) one.resolve();
  };
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      reported.push(JSON.parse(line));
      wake();
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => {
    over = true;
    wake();
    return { code: code ?? signal, stderr };
  });
  return {
    reported,
    until: (count) =>
      new Promise((resolve) => {
        waiting.push({ count, resolve });
        wake();
      }),
    ended,
    kill: () => child.kill('SIGKILL'),
  };
}
