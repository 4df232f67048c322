import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { AppError } from '../core/errors.ts';
import type { ReadList, TakePiece } from '../core/imports/ports.ts';
import { checkSize, type ListToRead, usualLimits as usualListLimits } from '../core/imports/read.ts';
import type { NumberList } from '../core/model/numbers.ts';
import type { Clock } from '../core/ports.ts';
import { within } from '../core/time/waiting.ts';
import type { WorkerAnswer, WorkerTask } from './answer.ts';
import type { WorkbookOptions } from './workbook.ts';

export interface ReaderLimits {
  /** Whose numbers are sent, and how large a list may be. */
  options: WorkbookOptions;
  /** How long it may take to get one list, and again to read it, ms, without the time in which its pieces are taken. */
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

  const readNow = async (given: ListToRead, take: TakePiece): Promise<NumberList> => {
    if (closed) throw ended();
    if (worker === null || !worker.connected) worker = startWorker(maxMemoryMb);
    const used = worker;
    const answers = new Answers(used);
    const late = (): never => {
      throw new AppError('file_too_slow', `the list was not read within ${maxMs} ms`);
    };
    let left = maxMs;
    let isReady = false;
    try {
      await within(clock, { ms: maxMs }, handOver(used, given, options), late);
      for (;;) {
        const began = clock.elapsed();
        const answer = await within(clock, { ms: Math.max(0, left) }, answers.next(), late);
        // What is done with the pieces is not its time.
        left -= clock.elapsed() - began;
        if (answer.kind === 'piece') {
          await take(JSON.parse(answer.piece));
          await say(used, { kind: 'next' });
          continue;
        }
        isReady = true;
        if (answer.kind === 'list') return answer.list;
        throw new AppError(answer.code, answer.message, { details: answer.details });
      }
    } finally {
      answers.close();
      // It is still at work, or broken: it must not meet another list.
      if (!isReady) await end(used);
    }
  };

  return {
    async readList(given, take) {
      if (open > maxWaiting) throw new AppError('reader_busy', `${maxWaiting} lists wait to be read`);
      open += 1;
      const reading = last.then(() => readNow(given, take));
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

/** Less room for what is read and forgotten at once, and no threads that compete with the process that answers people. */
const sparing = ['--max-semi-space-size=4', '--single-threaded-gc'];

function startWorker(maxMemoryMb: number): ChildProcess {
  // Run from the sources (development, tests), the worker needs the loader of the sources.
  const [name, loader] = import.meta.url.endsWith('.ts') ? ['./worker.ts', ['--import', 'tsx']] : ['./worker.js', []];
  const worker = fork(new URL(name, import.meta.url), {
    execArgv: [`--max-old-space-size=${maxMemoryMb}`, ...sparing, ...loader],
    serialization: 'advanced',
    // It needs no secrets, and what the runtime prints as it runs out of memory is no log line.
    env: {},
    stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
  });
  // An idle worker keeps no process alive. One that breaks has its list to answer for, if it has one.
  worker.unref();
  worker.channel?.unref();
  worker.on('error', () => undefined);
  worker.stdin?.on('error', () => undefined);
  return worker;
}

/**
 * What a worker answers, one after the other. It is at most `maxAhead` pieces ahead, so few are ever held. Once it has
 * ended, `next` throws: `file_too_complex` when it ran out of memory, else `internal`.
 */
class Answers {
  readonly #worker: ChildProcess;
  readonly #arrived: WorkerAnswer[] = [];
  #ended: AppError | null = null;
  #arrival: (() => void) | null = null;

  constructor(worker: ChildProcess) {
    this.#worker = worker.on('message', this.#onAnswer).on('error', this.#onError).on('exit', this.#onExit);
  }

  async next(): Promise<WorkerAnswer> {
    for (;;) {
      const answer = this.#arrived.shift();
      if (answer !== undefined) return answer;
      if (this.#ended !== null) throw this.#ended;
      await new Promise<void>((resolve) => {
        this.#arrival = resolve;
      });
    }
  }

  close(): void {
    this.#worker.off('message', this.#onAnswer).off('error', this.#onError).off('exit', this.#onExit);
  }

  readonly #onAnswer = (answer: WorkerAnswer): void => {
    this.#arrived.push(answer);
    this.#arrival?.();
  };

  readonly #onError = (error: Error): void =>
    this.#end(new AppError('internal', 'the worker that reads lists failed', { cause: error }));

  readonly #onExit = (_code: number | null, signal: NodeJS.Signals | null): void =>
    this.#end(signal === 'SIGABRT' ? outOfMemory() : ended());

  #end(why: AppError): void {
    this.#ended ??= why;
    this.#arrival?.();
  }
}

const pieceBytes = 64 * 1024;

/** Hands a list over. Throws what a file throws. */
async function handOver(worker: ChildProcess, given: ListToRead, options: WorkbookOptions): Promise<void> {
  const maxBytes = 'bytes' in given ? given.bytes.length : (options.maxMb ?? usualListLimits.maxMb) * 1024 * 1024;
  let length = 0;
  const take = async (part: Uint8Array | null): Promise<void> => {
    // A download that nobody takes any more ends.
    if (!worker.connected) throw ended();
    length = part === null ? 0 : length + part.length;
    if (part === null) return say(worker, { kind: 'file', maxBytes });
    checkSize(length, options);
    for (let from = 0; from < part.length; from += pieceBytes)
      await give(worker, part.subarray(from, from + pieceBytes));
  };
  if (!('text' in given)) await take(null);
  if ('bytes' in given) await take(given.bytes);
  if ('file' in given) await given.file(take);
  await say(worker, { kind: 'read', text: 'text' in given ? given.text : null, choices: given.choices, options });
}

/** Gives the worker a part of a file. Resolves when it is written, or cannot be. */
async function give(worker: ChildProcess, bytes: Uint8Array): Promise<void> {
  await say(worker, { kind: 'bytes', length: bytes.length });
  await new Promise<void>((resolve) => {
    if (worker.stdin?.writable) worker.stdin.write(bytes, () => resolve());
    else resolve();
  });
}

/** Resolves when it is written, or cannot be. */
function say(worker: ChildProcess, task: WorkerTask): Promise<void> {
  return new Promise((resolve) => {
    if (worker.connected) worker.send(task, () => resolve());
    else resolve();
  });
}

function outOfMemory(): AppError {
  return new AppError('file_too_complex', 'reading the list took more memory than it may');
}

function ended(): AppError {
  return new AppError('internal', 'the worker that reads lists was ended');
}
