import { toAppError } from '../core/errors.ts';
import type { LongPart, WorkerAnswer, WorkerTask } from './answer.ts';
import { readGiven } from './read.ts';

/** The process in which lists are read: one list in, one answer out. `reader.ts` starts and ends it. */

const entriesPerPart = 5_000;
let pieces: Uint8Array[] = [];

async function answer({ text, choices, options }: Extract<WorkerTask, { kind: 'read' }>): Promise<void> {
  try {
    const source = text === null ? { bytes: Buffer.concat(pieces) } : { text };
    pieces = [];
    const { ready, rejected, leftOut, ...list } = await readGiven({ ...source, ...(choices && { choices }) }, options);
    for (const [part, entries] of Object.entries({ ready, rejected, leftOut }) as [LongPart, unknown[]][]) {
      for (let from = 0; from < entries.length; from += entriesPerPart) {
        await say({ kind: 'entries', part, entries: JSON.stringify(entries.slice(from, from + entriesPerPart)) });
      }
    }
    await say({ kind: 'list', list });
  } catch (thrown) {
    const { code, message, details } = toAppError(thrown);
    await say({ kind: 'failed', code, message, details });
  }
}

/** Resolves when it is written: pieces do not pile up. */
function say(message: WorkerAnswer): Promise<void> {
  return new Promise((resolve) => process.send?.(message, () => resolve()));
}

process.on('message', (task: WorkerTask) => {
  if (task.kind === 'bytes') pieces.push(task.bytes);
  else void answer(task);
});
