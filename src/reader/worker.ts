import { read } from 'node:fs';
import { promisify } from 'node:util';
import { toAppError } from '../core/errors.ts';
import { maxAhead, type WorkerAnswer, type WorkerTask } from './answer.ts';
import { readGiven } from './read.ts';

/** The process in which lists are read: one list in, one answer out. `reader.ts` starts and ends it. */

const noFile = new Uint8Array();
/** Room for a file, of which only what is written takes memory, and how much of it came. */
let file = noFile;
let length = 0;
/** What came so far is in its place. */
let filled: Promise<void> = Promise.resolve();
/** How many pieces may be handed over, and what waits until one may. */
let allowed = 0;
let resume: (() => void) | null = null;

async function answer({ text, choices, options }: Extract<WorkerTask, { kind: 'read' }>): Promise<void> {
  try {
    await filled;
    const source = text === null ? { bytes: file.subarray(0, length) } : { text };
    file = noFile;
    allowed = maxAhead;
    const reading = readGiven({ ...source, ...(choices && { choices }) }, options);
    for (;;) {
      const { done, value } = await reading.next();
      if (done) return await say({ kind: 'list', list: value });
      await turn();
      await say({ kind: 'piece', piece: JSON.stringify(value) });
    }
  } catch (thrown) {
    const { code, message, details } = toAppError(thrown);
    await say({ kind: 'failed', code, message, details });
  }
}

/** Resolves when another piece may be handed over. */
async function turn(): Promise<void> {
  if (allowed === 0) {
    await new Promise<void>((resolve) => {
      resume = resolve;
    });
  }
  allowed -= 1;
}

/** Resolves when it is written. */
function say(message: WorkerAnswer): Promise<void> {
  return new Promise((resolve) => process.send?.(message, () => resolve()));
}

const readInto = promisify(read);
const input = 0;

/** Takes so many bytes of a file from the standard input. */
async function fill(bytes: number): Promise<void> {
  for (const end = length + bytes; length < end; ) {
    const { bytesRead } = await readInto(input, file, length, end - length, null);
    if (bytesRead === 0) throw new Error('the file was cut off');
    length += bytesRead;
  }
}

process.on('message', (task: WorkerTask) => {
  if (task.kind === 'file') {
    filled = filled.then(() => {
      file = Buffer.allocUnsafeSlow(task.maxBytes);
      length = 0;
    });
  } else if (task.kind === 'bytes') {
    filled = filled.then(() => fill(task.length));
    filled.catch(() => undefined);
  } else if (task.kind === 'read') void answer(task);
  else {
    allowed += 1;
    resume?.();
    resume = null;
  }
});
