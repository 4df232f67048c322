import type { RunWait } from '../../core/imports/outage.ts';
import type { ImportRun } from '../../core/model/import-run.ts';
import type { Clock } from '../../core/ports.ts';
import type { Catalogue } from '../../i18n/en.ts';
import type { ShownView } from '../bolt/interaction.ts';
import { importProgressView } from '../views/import-progress.ts';

/** At most one edit of the progress view in this time, ms. */
const progressEveryMs = 1_000;
/** A rate says something after this time, ms. */
const rateAfterMs = 3_000;

/** Edits of the progress view, one after the other and not too often. A failed edit must not stop the import. */
export function importProgress(
  { clock }: { clock: Pick<Clock, 'elapsed'> },
  { t, view }: { t: Catalogue; view: Pick<ShownView, 'update'> | null },
) {
  let lastShown = Number.NEGATIVE_INFINITY;
  let lastWait: RunWait | null = null;
  let editing: Promise<unknown> = Promise.resolve();
  /** Where this process took over: what others sent says nothing about its rate. */
  let from: { at: number; done: number } | null = null;
  return {
    show(run: ImportRun, done: number, total: number, wait: RunWait | null = null): void {
      const now = clock.elapsed();
      from ??= { at: now, done };
      // That it waits is shown at once, and once.
      if (wait === null ? now - lastShown < progressEveryMs : wait === lastWait) return;
      lastShown = now;
      lastWait = wait;
      const elapsed = now - from.at;
      const perMs = elapsed >= rateAfterMs && done > from.done ? (done - from.done) / elapsed : null;
      const progress = { runId: run.id, taskName: run.taskName, done, total, perMs, wait };
      editing = editing.then(() => view?.update(importProgressView(progress, t))).catch(() => false);
    },
    shown: () => editing,
  };
}
