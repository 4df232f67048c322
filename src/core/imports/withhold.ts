import type { ImportBatch, LedgerBatch, Withholding } from '../model/import-run.ts';
import type { ListedNumber } from '../model/numbers.ts';
import { type OpenRun, replace, type SendRules } from './book.ts';
import type { KnownNumbers, NumberHistory } from './ports.ts';

/** What a run says about numbers that were sent before. */
export interface Wishes {
  again: boolean;
  withoutRecent: boolean;
}

/** Why a number is not sent; null when it is. The do-not-call list comes before everything a person may wish. */
export function withholdingOf(history: NumberHistory, wishes: Wishes, { cap }: SendRules): Withholding | null {
  if (history.doNotCall) return 'do_not_call';
  if (cap !== null && history.capped >= cap.times) return 'frequency_cap';
  if (history.here && !wishes.again) return 'sent_to_task';
  if (history.recent > 0 && wishes.withoutRecent) return 'sent_recently';
  return null;
}

/** What is known of each of the numbers, in their order. */
export function historyOf(
  store: KnownNumbers,
  phones: readonly string[],
  { taskId, runId, now, rules }: { taskId: string; runId: string; now: number; rules: SendRules },
): Promise<NumberHistory[]> {
  const cappedSince = now - (rules.cap?.withinMs ?? 0);
  return store.numberHistory(phones, { taskId, runId, recentSince: now - rules.recentMs, cappedSince });
}

/** Why each of the numbers of a run must not be sent by now, whatever the preview said; null where it may. */
export async function reasonsOf(
  { store, clock, rules, run }: OpenRun,
  phones: readonly string[],
): Promise<(Withholding | null)[]> {
  const about = { taskId: run.taskId, runId: run.id, now: clock.now(), rules };
  const history = await historyOf(store, phones, about);
  return history.map((one) => withholdingOf(one, run.facts, rules));
}

/** Takes out of a batch what must not be sent: other batches are in its place then. */
export async function withhold(
  open: OpenRun,
  batch: LedgerBatch,
  entries: readonly ListedNumber[],
  why: readonly (Withholding | null)[],
): Promise<void> {
  const reasons = [...new Set(why)].sort((a, b) => Number(a !== null) - Number(b !== null));
  await replace(open, batch, (first) =>
    reasons.map((reason, index): ImportBatch => {
      const part = entries.filter((_, row) => why[row] === reason);
      const ordinal = first + index;
      const rest = { ...batch, entries: part, size: part.length, ordinal };
      // What is left of a second half need not hold what was refused.
      return reason === null ? { ...rest, twin: null } : { ...rest, state: 'withheld', message: reason, twin: null };
    }),
  );
}
