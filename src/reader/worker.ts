import { toAppError } from '../core/errors.ts';
import type { WorkerAnswer, WorkerTask } from './answer.ts';
import { readGiven } from './read.ts';

/** The process in which lists are read: one list in, one answer out. `reader.ts` starts and ends it. */

const entriesPerPart = 5_000;

async function answerTo({ given, options }: WorkerTask): Promise<WorkerAnswer> {
  try {
    const { ready, rejected, leftOut, ...list } = await readGiven(given, options);
    return {
      ok: true,
      list,
      parts: { ready: partsOf(ready), rejected: partsOf(rejected), leftOut: partsOf(leftOut) },
    };
  } catch (thrown) {
    const { code, message, details } = toAppError(thrown);
    return { ok: false, code, message, details };
  }
}

function partsOf(entries: readonly unknown[]): string[] {
  return Array.from({ length: Math.ceil(entries.length / entriesPerPart) }, (_, part) =>
    JSON.stringify(entries.slice(part * entriesPerPart, (part + 1) * entriesPerPart)),
  );
}

process.on('message', async (task: WorkerTask) => {
  const answer = await answerTo(task);
  process.send?.(answer);
});
