import { AppError, type ErrorCode, errorCodes } from '../errors.ts';
import type { ImportRun, LedgerBatch, Withholding } from '../model/import-run.ts';
import type { StartResult } from '../tasks/requests.ts';

/** What comes next in a run. */
export type Step =
  /** An earlier process died while it was sent. */
  | { kind: 'settle'; batch: LedgerBatch }
  | { kind: 'send'; batch: LedgerBatch }
  /** Its first half was accepted, so what was refused is in this one: dividing it needs no request. */
  | { kind: 'divide'; batch: LedgerBatch }
  /** Everything that can be sent was. */
  | { kind: 'end' };

/**
 * Dividing adds a batch for each request that is refused, so a run takes at most twice as many requests as it has
 * batches in the end (and one more for each batch that has to be sent again).
 */
export function nextStep(batches: readonly LedgerBatch[]): Step {
  const interrupted = batches.find(({ state }) => state === 'sending');
  if (interrupted !== undefined) return { kind: 'settle', batch: interrupted };
  const batch = nextPlanned(batches);
  if (batch === undefined) return { kind: 'end' };
  if (batch.twin !== null && batches.find(({ ordinal }) => ordinal === batch.twin)?.state === 'accepted')
    return { kind: 'divide', batch };
  return { kind: 'send', batch };
}

/**
 * Batches come in their order, and the parts of those that were refused after all others. While nothing at all was
 * accepted, the smallest part comes first: it shows soonest whether anything ever will be.
 */
function nextPlanned(batches: readonly LedgerBatch[]): LedgerBatch | undefined {
  const planned = batches.filter(({ state }) => state === 'planned');
  const parts = planned.filter(({ message }) => message !== null);
  const isAsUsual = batches.some(({ state }) => state === 'accepted' || state === 'present') || parts.length === 0;
  if (isAsUsual) return planned[0];
  return parts.reduce((smallest, part) => (part.size < smallest.size ? part : smallest));
}

/** So many rows refused one by one, and nothing accepted: it is not the rows. */
const maxHopeless = 3;

/** Whether the platform refuses whatever it is sent. */
export function isHopeless(batches: readonly LedgerBatch[]): boolean {
  if (batches.some(({ state }) => state === 'accepted' || state === 'present')) return false;
  return batches.filter(({ state, size }) => state === 'refused' && size === 1).length >= maxHopeless;
}

/** How many requests a run has taken so far. */
export function requestsOf(batches: readonly LedgerBatch[]): number {
  return batches.reduce((most, { turn }) => Math.max(most, turn ?? 0), 0);
}

/** How many numbers a run has dealt with so far. */
export function processed(batches: readonly LedgerBatch[]): number {
  return batches.reduce(
    (count, { state, size }) => (state === 'planned' || state === 'sending' ? count : count + size),
    0,
  );
}

/** The result of a run so far. All figures are numbers of the list. */
export interface ImportResult {
  ready: number;
  /** Of batches that the platform accepted; `taken` by its own count, null where it gave none for a part of them. */
  accepted: number;
  taken: number | null;
  /** How far the task's total grew instead; null when that is not known either. */
  grown: number | null;
  /** Refused because the task has them already. */
  present: number;
  /** By the platform's message; null where it gave none. */
  refused: { count: number; message: string | null }[];
  /** Sent, with unknown outcome. */
  unknown: number;
  /** Not sent so far. */
  unsent: number;
  withheld: { count: number; why: Withholding }[];
  /** `halted`: its person decides; `continues`: it goes on by itself. */
  state: 'done' | 'stopped' | 'halted' | 'continues';
  /** Why it halted or paused, if it is known; an unknown outcome needs no explanation. */
  because: AppError | null;
}

/** A run as it is now. `answer`: what came of the start that ended it, where it was tried just now. */
export interface RunOutcome {
  run: ImportRun;
  result: ImportResult;
  answer?: StartResult;
}

export function resultOf(run: Pick<ImportRun, 'state' | 'facts'>, batches: readonly LedgerBatch[]): ImportResult {
  const result: ImportResult = {
    ready: 0,
    accepted: 0,
    taken: 0,
    grown: run.facts.grown,
    present: 0,
    refused: [],
    unknown: 0,
    unsent: 0,
    withheld: [],
    state: run.state === 'done' || run.state === 'stopped' || run.state === 'halted' ? run.state : 'continues',
    because: reasonOf(run.facts.haltedBy),
  };
  for (const { size, state, accepted, message } of batches) {
    result.ready += size;
    if (state === 'accepted') {
      result.accepted += size;
      result.taken = result.taken === null || accepted === null ? null : result.taken + accepted;
    } else if (state === 'present') result.present += size;
    else if (state === 'planned') result.unsent += size;
    else if (state === 'refused') addCount(result.refused, size, message);
    else if (state === 'withheld') addWithheld(result.withheld, size, message as Withholding);
    else result.unknown += size;
  }
  return result;
}

function addCount(refused: ImportResult['refused'], count: number, message: string | null): void {
  const same = refused.find((entry) => entry.message === message);
  if (same) same.count += count;
  else refused.push({ count, message });
}

function addWithheld(withheld: ImportResult['withheld'], count: number, why: Withholding): void {
  const same = withheld.find((entry) => entry.why === why);
  if (same) same.count += count;
  else withheld.push({ count, why });
}

/** A stored reason as the error that it was. */
export function reasonOf(haltedBy: ImportRun['facts']['haltedBy']): AppError | null {
  if (haltedBy === null) return null;
  const { code, platformMessage } = haltedBy;
  // One that a later release knows.
  const known: ErrorCode = errorCodes.find((one) => one === code) ?? 'internal';
  return new AppError(known, `halted by ${code}`, {
    details: platformMessage === null ? {} : { platformMessage },
  });
}
