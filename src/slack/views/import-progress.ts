import type { ModalView } from '@slack/types';
import type { RunWait } from '../../core/imports/outage.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { runButton } from './import-result.ts';
import { fitView } from './limits.ts';
import { named } from './mrkdwn.ts';
import { actions, context, plain, section } from './parts.ts';
import { bar, warning } from './state.ts';

export interface ImportProgress {
  runId: string;
  taskName: string;
  /** Numbers dealt with, of all. */
  done: number;
  total: number;
  /** Numbers per millisecond of late; null when that is not known yet. */
  perMs: number | null;
  /** What it waits for before it goes on by itself. */
  wait: RunWait | null;
}

export function importProgressView(
  { runId, taskName, done, total, perMs, wait }: ImportProgress,
  t: Catalogue,
): ModalView {
  const pace =
    perMs === null || wait !== null
      ? null
      : t.imports.pace(Math.round(perMs * 60_000), t.units.duration((total - done) / Math.max(perMs, 1e-9)));
  return fitView({
    type: 'modal',
    title: plain(t.titles.progress),
    close: plain(t.buttons.close),
    blocks: [
      section(`${t.imports.sending(named(taskName), done, total)}\n${bar(done, total)}`),
      ...(wait === null ? [] : [section(`${warning} ${t.imports.waits[wait]}`)]),
      context([pace, t.imports.mayClose].filter((part) => part !== null).join(t.units.separator)),
      actions(`import:${runId}`, [runButton(runId, 'cancel', 0, t)]),
    ],
  });
}
