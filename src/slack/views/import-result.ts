import type { Button, KnownBlock, ModalView } from '@slack/types';
import type { ImportResult } from '../../core/imports/ledger.ts';
import type { ImportRun } from '../../core/model/import-run.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { errorSentence } from '../../i18n/sentences.ts';
import { actionIds, type ImportRunChoice, importRunId } from '../ids.ts';
import { type StartAnswer, type StartSummary, startSummary } from './import-order.ts';
import { writeJson } from './json-value.ts';
import { creationBlock, formAgainButton } from './launch.ts';
import { fitMessage, fitView, type MessageBody } from './limits.ts';
import { named } from './mrkdwn.ts';
import { actions, button, plain, present, section } from './parts.ts';
import { glyphs, refusal, warning } from './state.ts';

const shownRefusals = 10;

/** What became of an import, as shown to the person. */
export interface ImportSummary {
  run: Pick<ImportRun, 'id' | 'state' | 'taskId' | 'taskName' | 'counts' | 'facts'>;
  result: ImportResult;
  /** What came of the start that ended it, where it was tried just now. */
  answer?: StartAnswer | undefined;
  /** The task is on, so there is nothing to start. */
  started: boolean;
  /** The value of the button that looks what became of a start. */
  check: string;
}

interface RunAndResult {
  run: Pick<ImportRun, 'id' | 'counts'>;
  result: ImportResult;
}

export function importResultView(summary: ImportSummary, t: Catalogue): ModalView {
  return fitView({
    type: 'modal',
    title: plain(t.titles.imported),
    close: plain(t.buttons.done),
    blocks: resultBlocks(summary, t),
  });
}

export function importResultMessage(summary: ImportSummary, t: Catalogue): MessageBody {
  return fitMessage({ text: t.titles.imported, blocks: resultBlocks(summary, t) });
}

function resultBlocks(summary: ImportSummary, t: Catalogue): KnownBlock[] {
  const { run, result } = summary;
  const start = startSummary(summary, t);
  const buttons = buttonsOf(summary, start, t);
  if (isWithoutTask(run)) return withoutTaskBlocks(summary, t);
  return present([
    creationBlock(run, t),
    section(headlineOf(summary, t)),
    ...factsOf(result, t).map((line) => section(line)),
    result.state === 'halted' && result.because !== null
      ? section(`${warning} ${errorSentence(t, result.because)}`)
      : null,
    result.unknown > 0 ? section(`${warning} ${unknownText(summary, t)}`) : null,
    result.unsent > 0 ? section(`${warning} ${t.imports.unsent[result.state](result.unsent)}`) : null,
    ...(start?.blocks ?? []),
    result.state !== 'continues' && hasErrors(summary) ? section(t.imports.fileFollows[fileWhen(result)]) : null,
    buttons.length > 0 ? actions(`import:${run.id}`, buttons) : null,
  ]);
}

/** The task of a launch was not created, or is not yet. */
const isWithoutTask = ({ taskId, facts }: ImportSummary['run']): boolean => taskId === '' && facts.creation !== null;

function withoutTaskBlocks(summary: ImportSummary, t: Catalogue): KnownBlock[] {
  const { run, result } = summary;
  if (result.state === 'continues') {
    return [
      section(`${warning} ${t.launch.continues(named(run.taskName))}`),
      actions(`import:${run.id}`, [runButton(run.id, 'cancel', 0, t)]),
    ];
  }
  return present([
    creationBlock(run, t),
    result.because === null ? null : section(`${warning} ${errorSentence(t, result.because)}`),
    section(t.imports.fileFollows.now),
    actions(`import:${run.id}`, [formAgainButton(run, t)]),
  ]);
}

function headlineOf({ run, result }: ImportSummary, t: Catalogue): string {
  const { accepted, taken } = result;
  const name = named(run.taskName);
  const words = taken === null ? uncounted(result, name, t) : t.imports.accepted(taken, name);
  const isWhole = accepted > 0 && result.unknown === 0 && result.unsent === 0;
  return `${isWhole ? glyphs.finished : warning} ${words}`;
}

function uncounted({ accepted, grown }: ImportResult, name: string, t: Catalogue): string {
  if (grown === accepted) return t.imports.accepted(accepted, name);
  return grown === null ? t.imports.acceptedUncounted(accepted, name) : t.imports.grownBy(accepted, grown, name);
}

function factsOf({ accepted, taken, present: known, refused, withheld }: ImportResult, t: Catalogue): string[] {
  const notTaken = taken === null ? 0 : accepted - taken;
  return [
    ...(notTaken > 0 ? [t.imports.fewerThanSent(notTaken)] : []),
    ...(known > 0 ? [t.imports.present(known)] : []),
    ...withheld.map(({ count, why }) => t.imports.withheld[why](count)),
    ...(refused.length > 0 ? [refusedText(refused, t)] : []),
  ];
}

function unknownText({ run, result }: ImportSummary, t: Catalogue): string {
  const { unknown, accepted, taken, state } = result;
  if (state !== 'halted') return t.imports.unknown(unknown);
  const { base } = run.facts;
  if (base === null) return t.imports.unknownAsks(unknown);
  const without = base.total + (taken ?? accepted);
  return `${t.imports.unknownAsks(unknown)} ${t.imports.unknownTotals(without, without + unknown)}`;
}

function hasErrors({ run, result }: RunAndResult): boolean {
  const { refused, unknown, unsent, withheld } = result;
  return run.counts.rejected > 0 || refused.length > 0 || unknown > 0 || unsent > 0 || withheld.length > 0;
}

const fileWhen = ({ state }: ImportResult) => (state === 'halted' ? 'later' : 'now');

function buttonsOf({ run, result, started, check }: ImportSummary, start: StartSummary | null, t: Catalogue): Button[] {
  if (result.state === 'continues') return [runButton(run.id, 'cancel', 0, t)];
  if (start?.offers === 'check') return [button(actionIds.checkOutcome, t.buttons.check, check, { style: 'primary' })];
  const isHalted = result.state === 'halted';
  const decisions = isHalted ? decisionButtons({ run, result }, 0, t) : [];
  const isOffered = start === null ? !isHalted && result.accepted > 0 : start.offers === 'start';
  if (started || !isOffered || result.accepted + result.present === 0) return decisions;
  const startButton = button(actionIds.startTask, t.buttons.start, run.taskId, isHalted ? {} : { style: 'primary' });
  return [...decisions, startButton];
}

/** What its person can decide about a run. `index` keeps the buttons of several runs apart. */
export function decisionButtons({ run, result }: RunAndResult, index: number, t: Catalogue): Button[] {
  const choices: ImportRunChoice[] = [
    ...(result.unsent > 0 && result.because?.code === 'platform_task_running' ? (['pause_resume'] as const) : []),
    ...(result.unsent > 0 ? (['resume'] as const) : []),
    ...(result.unknown > 0 ? (['send_unknown'] as const) : []),
    'cancel',
    ...(hasErrors({ run, result }) ? (['file'] as const) : []),
  ];
  return choices.map((choice, at) => {
    const drawn = runButton(run.id, choice, index, t);
    return at === 0 && result.unsent > 0 ? { ...drawn, style: 'primary' as const } : drawn;
  });
}

export function runButton(runId: string, choice: ImportRunChoice, index: number, t: Catalogue): Button {
  const { confirms } = t.imports;
  const asked = choice === 'send_unknown' || choice === 'cancel' ? confirms[choice] : null;
  return button(importRunId(choice, index), t.imports.choices[choice], writeJson({ run: runId, choice }), {
    ...(asked !== null && {
      style: 'danger',
      confirm: {
        title: plain(t.imports.choices[choice]),
        text: plain(asked),
        confirm: plain(t.imports.choices[choice]),
        deny: plain(t.buttons.back),
        style: 'danger',
      },
    }),
  });
}

function refusedText(refused: ImportResult['refused'], t: Catalogue): string {
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
