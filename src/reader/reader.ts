import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { AppError } from '../core/errors.ts';
import type { ReadList } from '../core/imports/ports.ts';
import type { GivenList } from '../core/imports/read.ts';
import type { NumberList, PhoneEntry, RejectedRow } from '../core/model/numbers.ts';
import type { Clock } from '../core/ports.ts';
import { within } from '../core/time/waiting.ts';
import type { WorkerAnswer } from './answer.ts';

export interface ReaderLimits {
  /** How long one list may take, ms, from the moment its turn comes. */
  maxMs: number;
  /** What the worker's objects may take, MB. */
  maxMemoryMb: number;
  /** How many lists may wait while another is read. */
  mostWaiting: number;
}

export interface Reader {
  readList: ReadList;
  /** Ends the worker; a list that is being read, or waits, fails. */
  close(): Promise<void>;
}

const usualLimits: ReaderLimits = { maxMs: 30_000, maxMemoryMb: 512, mostWaiting: 8 };

/** Reads lists one after the other in a worker thread, which is started for the first of them and kept. */
export function createReader(clock: Clock, limits: Partial<ReaderLimits> = {}): Reader {
  const { maxMs, maxMemoryMb, mostWaiting } = { ...usualLimits, ...limits };
  let worker: Worker | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let open = 0;
  let closed = false;

  const end = async (ended: Worker): Promise<void> => {
    if (worker === ended) worker = null;
    await ended.terminate();
  };

  const readNow = async (given: GivenList): Promise<NumberList> => {
    if (closed) throw ended();
    worker ??= startWorker(maxMemoryMb);
    const used = worker;
    let answer: WorkerAnswer | null = null;
    try {
      answer = await within(clock, { ms: maxMs }, answerOf(used, given), () => null);
    } finally {
      // Without an answer it is still at work, or broken: it must not meet another list.
      if (answer === null) await end(used);
    }
    if (answer === null) throw new AppError('file_too_slow', `the list was not read within ${maxMs} ms`);
    if (!answer.ok) throw new AppError(answer.code, answer.message);
    const { list, ready, rejected } = answer;
    return { ...list, ready: await joined<PhoneEntry>(ready), rejected: await joined<RejectedRow>(rejected) };
  };

  return {
    async readList(given) {
      if (open > mostWaiting) throw new AppError('reader_busy', `${mostWaiting} lists wait to be read`);
      open += 1;
      const reading = last.then(() => readNow(given));
      last = reading.catch(() => undefined);
      return reading.finally(() => {
        open -= 1;
      });
    },
    async close() {
      closed = true;
      if (worker !== null) await end(worker);
    },
  };
}

function startWorker(maxMemoryMb: number): Worker {
  const options = { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: maxMemoryMb } };
  const worker = import.meta.url.endsWith('.ts')
    ? new Worker(sourceEntry, { ...options, eval: true })
    : new Worker(new URL('./worker.js', import.meta.url), options);
  // An idle worker keeps no process alive, and one that breaks has its list to answer for, if it has one.
  worker.unref();
  worker.on('error', () => undefined);
  return worker;
}

/** Run from the sources (development, tests), a thread does not inherit the loader that this process was started with. */
const source = JSON.stringify(new URL('./worker.ts', import.meta.url).href);
const sourceEntry = `import('tsx/esm/api').then(({ tsImport }) => tsImport(${source}, ${source}));`;

/** What the worker answers. Throws `file_too_complex` when it runs out of memory, `internal` when it ends otherwise. */
function answerOf(worker: Worker, given: GivenList): Promise<WorkerAnswer> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      worker.off('message', onAnswer).off('error', onError).off('exit', onExit);
      act();
    };
    const onAnswer = (answer: WorkerAnswer): void => settle(() => resolve(answer));
    const onError = (error: Error): void => settle(() => reject(failureOf(error)));
    const onExit = (): void => settle(() => reject(ended()));
    worker.on('message', onAnswer).on('error', onError).on('exit', onExit);
    worker.postMessage(given);
  });
}

function failureOf(error: Error): AppError {
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new AppError('file_too_complex', 'reading the list took more memory than it may');
  }
  return new AppError('internal', 'the worker that reads lists failed', { cause: error });
}

function ended(): AppError {
  return new AppError('internal', 'the worker that reads lists was ended');
}

/** The entries of all parts, with a turn for everything else between one part and the next. */
async function joined<T>(parts: readonly string[]): Promise<T[]> {
  const entries: T[] = [];
  for (const part of parts) {
    const read: T[] = JSON.parse(part);
    entries.push(...read);
    await nextTurn();
  }
  return entries;
}
