import type { Button, KnownBlock } from '@slack/types';
import { type RunOutcome, reasonOf } from '../../core/imports/ledger.ts';
import type { FurtherOrder } from '../../core/imports/preview.ts';
import type { RunStart } from '../../core/model/import-run.ts';
import type { StartResult } from '../../core/tasks/requests.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { errorSentence } from '../../i18n/sentences.ts';
import { actionIds } from '../ids.ts';
import { writeJson } from './json-value.ts';
import { named } from './mrkdwn.ts';
import { actions, button, context, plain, section } from './parts.ts';
import { type AskedStart, askStartMessage, startedMessage } from './start.ts';
import { glyphs, warning } from './state.ts';

/** What may be ordered together with the import on a preview: a button that says what it leads to. */
export function orderBlocks(further: FurtherOrder, t: Catalogue): KnownBlock[] {
  const { order, calls, asOf } = further;
  const { buttons, offers } = t.importOrder;
  const offer = offers[order](calls);
  const ordered = { label: buttons[order], value: { order, agreed: calls, asOf } };
  return [
    order === 'import_start' ? context(offer) : section(`${warning} ${offer}`),
    actions('import_order', [orderButton(further, ordered, t)]),
  ];
}

/** The button of an order; many calls are confirmed. */
export function orderButton(
  { calls, asks }: Pick<FurtherOrder, 'calls' | 'asks'>,
  { label, value, style }: { label: string; value: unknown; style?: 'primary' },
  t: Catalogue,
): Button {
  const { confirms, confirmTitle } = t.importOrder;
  return button(actionIds.orderImport, label, writeJson(value), {
    ...(style !== undefined && { style }),
    ...(asks && {
      confirm: {
        title: plain(confirmTitle(calls)),
        text: plain(confirms(calls)),
        confirm: plain(label),
        deny: plain(t.buttons.back),
      },
    }),
  });
}

/** What came of a start, with what can be chosen instead of what speaks against it. */
export type StartAnswer = StartResult & Pick<AskedStart, 'choices'>;

/** A run as far as its start goes. */
export type StartedRun = Pick<RunOutcome, 'result'> & {
  answer?: StartAnswer | undefined;
  run: Pick<RunOutcome['run'], 'taskName' | 'facts'>;
};

/** What became of a start that was ordered with an import. */
export interface StartSummary {
  blocks: KnownBlock[];
  /** `start` offers a start where the task can be started; `check` looks what became of one. */
  offers: 'start' | 'check' | null;
}

/** null when none was ordered. */
export function startSummary({ run, result, answer }: StartedRun, t: Catalogue): StartSummary | null {
  const { start, pausing } = run.facts;
  if (start === null) return null;
  const name = named(run.taskName);
  const said = (text: string, offers: StartSummary['offers']): StartSummary => {
    const more = offers === 'start' && pausing === 'done' ? [t.importOrder.pausedBefore] : [];
    return { blocks: [section(t.units.sentences([text, ...more]))], offers };
  };
  const { state } = start;
  switch (state) {
    case 'wanted':
    case 'begun':
      return said(result.state === 'continues' ? t.importOrder.follows : t.importOrder.pending(name), null);
    case 'started':
      return answer?.kind === 'done'
        ? { blocks: startedMessage(answer.card, t).blocks, offers: null }
        : said(`${glyphs.dialing} ${t.importOrder.started(name)}`, null);
    case 'running':
      return said(`${glyphs.dialing} ${t.importOrder.running(name)}`, null);
    case 'asks':
    case 'stopped':
      return answer?.kind === 'ask' || answer?.kind === 'stopped'
        ? { blocks: askStartMessage(answer, t).blocks, offers: null }
        : said(`${warning} ${t.importOrder[state](name)}`, 'start');
    case 'unknown':
      return said(`${warning} ${t.importOrder.unknown(name)}`, 'check');
    case 'refused':
      return said(`${warning} ${t.importOrder.refused(name, refusalText(start.because, t))}`, 'start');
    default:
      return said(`${warning} ${t.importOrder[state](name)}`, 'start');
  }
}

function refusalText(because: RunStart['because'], t: Catalogue): string {
  const error = reasonOf(because);
  return error === null ? '' : errorSentence(t, error);
}
