import type { KnownBlock, ModalView } from '@slack/types';
import type { Catalogue } from '../../i18n/en.ts';
import { actionIds } from '../ids.ts';
import { fitView } from './limits.ts';
import { named } from './mrkdwn.ts';
import { actions, button, plain, present, section } from './parts.ts';
import { glyphs, refusal, warning } from './state.ts';

const shownRefusals = 10;

/** The outcome of an import, as shown to the person. */
export interface ImportSummary {
  task: { id: string; name: string };
  /** null when the platform does not say how many numbers it accepted. */
  accepted: number | null;
  ready: number;
  refused: { count: number; message: string | null }[];
  unknown: number;
  stopped: boolean;
  /** What ended the import early and how to fix it: mrkdwn, already escaped. null where the counts say it all. */
  reason?: string | null;
}

export function importResultView(result: ImportSummary, t: Catalogue): ModalView {
  return fitView({
    type: 'modal',
    title: plain(t.titles.imported),
    close: plain(t.buttons.done),
    blocks: resultBlocks(result, t),
  });
}

function resultBlocks(result: ImportSummary, t: Catalogue): KnownBlock[] {
  const { task, accepted, ready, refused, unknown, stopped, reason = null } = result;
  const refusedCount = countOf(refused);
  // Numbers not sent because the import stopped are not counted as missing: only a complete run can have missing
  // numbers.
  const missing = accepted === null || stopped ? 0 : ready - refusedCount - unknown - accepted;
  return present([
    section(headlineOf(result, t)),
    missing > 0 ? section(t.imports.fewerThanReady(missing)) : null,
    refusedCount > 0 ? section(refusedText(refused, t)) : null,
    reason === null ? null : section(`${warning} ${reason}`),
    unknown > 0 ? section(`${warning} ${t.imports.unknown(unknown)}`) : null,
    stopped ? section(`${warning} ${t.imports.stopped}`) : null,
    arrived(result)
      ? actions('task', [button(actionIds.startTask, t.buttons.start, task.id, { style: 'primary' })])
      : null,
  ]);
}

function headlineOf(result: ImportSummary, t: Catalogue): string {
  const { accepted } = result;
  const name = named(result.task.name);
  const words =
    accepted !== null
      ? t.imports.accepted(accepted, name)
      : result.stopped
        ? t.imports.acceptedUnknown(name)
        : t.imports.acceptedUncounted(answered(result), name);
  const counted = accepted !== null || !result.stopped;
  return `${arrived(result) && counted ? glyphs.finished : warning} ${words}`;
}

function arrived(result: ImportSummary): boolean {
  return result.accepted === null ? answered(result) > 0 : result.accepted > 0;
}

/** Numbers the platform accepted without saying how many are new; an upper bound when the import stopped early. */
function answered({ ready, refused, unknown }: ImportSummary): number {
  return Math.max(0, ready - countOf(refused) - unknown);
}

function countOf(refused: ImportSummary['refused']): number {
  return refused.reduce((sum, { count }) => sum + count, 0);
}

function refusedText(refused: { count: number; message: string | null }[], t: Catalogue): string {
  const counted = refused.filter(({ count }) => count > 0);
  const lines = counted
    .slice(0, shownRefusals)
    .map(({ count, message }) =>
      message === null || message.trim() === ''
        ? t.imports.refused(count)
        : t.imports.refusedBecause(count, t.units.quote(named(message, 200))),
    );
  const rest = counted.slice(shownRefusals).reduce((sum, { count }) => sum + count, 0);
  return [...lines, ...(rest > 0 ? [t.imports.refused(rest)] : [])].map((line) => `${refusal} ${line}`).join('\n');
}
