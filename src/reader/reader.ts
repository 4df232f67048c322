import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { AppError } from '../core/errors.ts';
import type { ReadList } from '../core/imports/ports.ts';
import type { GivenList } from '../core/imports/read.ts';
import type { ListedNumber, NumberList, RejectedRow } from '../core/model/numbers.ts';
import type { Clock } from '../core/ports.ts';
import { within } from '../core/time/waiting.ts';
import type { LongPart, WorkerAnswer, WorkerTask } from './answer.ts';
import type { WorkbookOptions } from './workbook.ts';

export interface ReaderLimits {
  /** Whose numbers are sent, and how large a list may be. */
  options: WorkbookOptions;
  /** How long one list may take, ms, from the moment its turn comes. */
  maxMs: number;
  /** What the worker's objects may take, MB. */
  maxMemoryMb: number;
  /** How many lists may wait while another is read. */
  maxWaiting: number;
}

export interface Reader {
  readList: ReadList;
  /** Ends the worker; a list that is being read, or waits, fails. */
  close(): Promise<void>;
}

const usualLimits: ReaderLimits = { options: {}, maxMs: 30_000, maxMemoryMb: 1_024, maxWaiting: 8 };

/**
 * Reads lists one after the other in a worker, which is started for the first of them and kept. It is a process and no
 * thread: a thread that runs out of memory by one large allocation takes the whole process with it.
 */
export function createReader(clock: Clock, limits: Partial<ReaderLimits> = {}): Reader {
  const { options, maxMs, maxMemoryMb, maxWaiting } = { ...usualLimits, ...limits };
  let worker: ChildProcess | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let open = 0;
  let closed = false;

  const end = async (ended: ChildProcess): Promise<void> => {
    if (worker === ended) worker = null;
    if (ended.exitCode !== null || ended.signalCode !== null) return;
    const exited = once(ended, 'exit');
    ended.ref();
    ended.kill('SIGKILL');
    await exited;
  };

  const readNow = async (given: GivenList): Promise<NumberList> => {
    if (closed) throw ended();
    if (worker === null || !worker.connected) worker = startWorker(maxMemoryMb);
    const used = worker;
    let list: NumberList | null = null;
    let settled = false;
    try {
      list = await within(clock, { ms: maxMs }, answerOf(used, given, options), () => null);
      settled = list !== null;
    } catch (thrown) {
      settled = thrown instanceof Refusal;
      throw thrown instanceof Refusal ? thrown.error : thrown;
    } finally {
      // Without an answer it is still at work, or broken: it must not meet another list.
      if (!settled) await end(used);
    }
    if (list === null) throw new AppError('file_too_slow', `the list was not read within ${maxMs} ms`);
    return list;
  };

  return {
    async readList(given) {
      if (open > maxWaiting) throw new AppError('reader_busy', `${maxWaiting} lists wait to be read`);
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

function startWorker(maxMemoryMb: number): ChildProcess {
  // Run from the sources (development, tests), the worker needs the loader of the sources.
  const [name, loader] = import.meta.url.endsWith('.ts') ? ['./worker.ts', ['--import', 'tsx']] : ['./worker.js', []];
  const worker = fork(new URL(name, import.meta.url), {
    execArgv: [`--max-old-space-size=${maxMemoryMb}`, ...loader],
    serialization: 'advanced',
    // It needs no secrets, and what the runtime prints as it runs out of memory is no log line.
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // An idle worker keeps no process alive. One that breaks has its list to answer for, if it has one.
  worker.unref();
  worker.channel?.unref();
  worker.on('error', () => undefined);
  return worker;
}

/** What the worker found in a list is no list: it is ready for the next one. */
class Refusal extends Error {
  readonly error: AppError;

  constructor(error: AppError) {
    super(error.message);
    this.error = error;
  }
}

/**
 * What the worker finds in a list. Throws a `Refusal`, `file_too_complex` when it runs out of memory, `internal` when it
 * ends otherwise.
 */
function answerOf(worker: ChildProcess, given: GivenList, options: WorkbookOptions): Promise<NumberList> {
  return new Promise((resolve, reject) => {
    const ready: ListedNumber[] = [];
    const rejected: RejectedRow[] = [];
    const leftOut: RejectedRow[] = [];
    const parts: Record<LongPart, (ListedNumber | RejectedRow)[]> = { ready, rejected, leftOut };
    const settle = (act: () => void): void => {
      worker.off('message', onAnswer).off('error', onError).off('exit', onExit);
      act();
    };
    const onAnswer = (answer: WorkerAnswer): void => {
      if (answer.kind === 'entries') parts[answer.part].push(...JSON.parse(answer.entries));
      else if (answer.kind === 'list') settle(() => resolve({ ...answer.list, ready, rejected, leftOut }));
      else settle(() => reject(new Refusal(new AppError(answer.code, answer.message, { details: answer.details }))));
    };
    const onError = (error: Error): void =>
      settle(() => reject(new AppError('internal', 'the worker that reads lists failed', { cause: error })));
    const onExit = (_code: number | null, signal: NodeJS.Signals | null): void =>
      settle(() => reject(signal === 'SIGABRT' ? outOfMemory() : ended()));
    worker.on('message', onAnswer).on('error', onError).on('exit', onExit);
    void send(worker, given, options);
  });
}

const pieceBytes = 256 * 1024;

/** Hands a list over. That the worker ends meanwhile is noticed elsewhere. */
async function send(worker: ChildProcess, given: GivenList, options: WorkbookOptions): Promise<void> {
  const say = (task: WorkerTask): Promise<void> =>
    new Promise((resolve) => {
      worker.send(task, () => resolve());
    });
  const bytes = 'bytes' in given ? given.bytes : new Uint8Array();
  for (let from = 0; from < bytes.length && worker.connected; from += pieceBytes) {
    await say({ kind: 'bytes', bytes: bytes.subarray(from, from + pieceBytes) });
  }
  const text = 'text' in given ? given.text : null;
  if (worker.connected) await say({ kind: 'read', text, choices: given.choices, options });
}

function outOfMemory(): AppError {
  return new AppError('file_too_complex', 'reading the list took more memory than it may');
}

function ended(): AppError {
  return new AppError('internal', 'the worker that reads lists was ended');
}
