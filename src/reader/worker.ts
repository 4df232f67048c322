import { toAppError } from '../core/errors.ts';
import { type GivenList, readNumbers } from '../core/imports/read.ts';
import type { WorkerAnswer } from './answer.ts';

/** The process in which lists are read: one list in, one answer out. `reader.ts` starts and ends it. */

const entriesPerPart = 5_000;

function answerTo(given: GivenList): WorkerAnswer {
  try {
    const { ready, rejected, ...list } = readNumbers(given);
    return { ok: true, list, ready: partsOf(ready), rejected: partsOf(rejected) };
  } catch (thrown) {
    const { code, message } = toAppError(thrown);
    return { ok: false, code, message };
  }
}

function partsOf(entries: readonly unknown[]): string[] {
  return Array.from({ length: Math.ceil(entries.length / entriesPerPart) }, (_, part) =>
    JSON.stringify(entries.slice(part * entriesPerPart, (part + 1) * entriesPerPart)),
  );
}

process.on('message', (given: GivenList) => process.send?.(answerTo(given)));
