import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import type { NumberList, RejectedRow, RejectReason } from '../../core/model/numbers.ts';
import type { Task } from '../../core/model/task.ts';
import { maskPhone } from '../../core/text/phone-mask.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { escapeMarkup } from '../../i18n/escape.ts';
import { fitMessage, fitsAsValue, fitView, type MessageBody } from './limits.ts';
import { type MenuEntry, matching, menu } from './menus.ts';
import { named, plainName } from './mrkdwn.ts';
import { actions, button, context, option, plain, present, section } from './parts.ts';
import { bar, glyphs, progressText, refusal, warning } from './state.ts';

const shownSamples = 3;
const shownRejects = 5;
const shownRefusals = 10;

/** Where numbers come in: pasted or as a file. `task` is asked for only when it is not known. */
export function importView({
  t,
  task,
  tasks,
  text,
  alert,
  privateMetadata,
}: {
  t: Catalogue;
  task: Task | null;
  tasks: Task[];
  text: string;
  alert: string | null;
  privateMetadata: string;
}): ModalView {
  const entries = task === null ? taskEntries(t, tasks) : [];
  const nowhere = task === null && entries.length === 0;
  const body: (KnownBlock | null)[] = nowhere
    ? [section(t.imports.noTasks)]
    : [
        task === null ? taskInput(t, entries) : section(t.imports.into(named(task.name))),
        task?.started ? context(`${warning} ${t.imports.running(named(task.name))}`) : null,
        numbersInput(t, text),
        fileInput(t),
        context(t.imports.nothingSentYet),
      ];
  return fitView({
    type: 'modal',
    callback_id: 'task_import',
    title: plain(t.titles.import),
    close: plain(nowhere ? t.buttons.close : t.buttons.cancel),
    ...(!nowhere && { submit: plain(t.buttons.next) }),
    private_metadata: privateMetadata,
    blocks: present([alert === null ? null : section(`${warning} ${alert}`), ...body]),
  });
}

/** Tasks for the external select of `importView`, for what was typed. */
export function suggestTasks({ t, tasks, query }: { t: Catalogue; tasks: Task[]; query: string }): PlainTextOption[] {
  return matching(taskEntries(t, tasks), query);
}

/** What was found, before anything is sent. The counts add up to the rows. */
export function importPreviewView({
  t,
  task,
  list,
  batchSize,
  privateMetadata,
}: {
  t: Catalogue;
  task: Task;
  list: NumberList;
  batchSize: number;
  privateMetadata: string;
}): ModalView {
  const ready = list.ready.length;
  return fitView({
    type: 'modal',
    callback_id: 'task_import_send',
    // A preview that is closed gives its numbers up.
    notify_on_close: true,
    title: plain(t.titles.preview),
    close: plain(ready > 0 ? t.buttons.cancel : t.buttons.close),
    ...(ready > 0 && { submit: plain(t.buttons.importReady(ready)) }),
    private_metadata: privateMetadata,
    blocks: present([
      section(`${t.imports.into(named(task.name))}\n${countsText(t, list)}`),
      ready > 0 ? null : section(`${refusal} ${list.rows === 0 ? t.imports.nothingFound : t.imports.nothingReady}`),
      ready > 0 && task.started ? context(`${warning} ${t.imports.running(named(task.name))}`) : null,
      ready > 0 ? samplesBlock(t, list) : null,
      list.rejected.length > 0 ? rejectsBlock(t, list.rejected) : null,
      list.rows > 0 ? context(readingText(t, list, Math.ceil(ready / Math.max(1, batchSize)), batchSize)) : null,
    ]),
  });
}

export function importProgressView({
  t,
  taskName,
  sent,
  total,
}: {
  t: Catalogue;
  taskName: string;
  sent: number;
  total: number;
}): ModalView {
  return fitView({
    type: 'modal',
    title: plain(t.titles.progress),
    close: plain(t.buttons.close),
    blocks: [
      section(`${t.imports.sending(named(taskName), sent, total)}\n${bar(sent, total)}`),
      context(t.waiting.keepOpen),
    ],
  });
}

export interface ImportResult {
  t: Catalogue;
  task: { id: string; name: string };
  /** null when the platform does not say how many numbers it took. */
  accepted: number | null;
  ready: number;
  refused: { count: number; message: string | null }[];
  unknown: number;
  stopped: boolean;
  /** What ended the import early and how to mend it: mrkdwn, ready made. null where the counts say it all. */
  reason?: string | null;
}

/** What became of an import, in the modal. */
export function importResultView(result: ImportResult & { privateMetadata?: string }): ModalView {
  const { t, privateMetadata } = result;
  return fitView({
    type: 'modal',
    title: plain(t.titles.imported),
    close: plain(t.buttons.done),
    ...(privateMetadata !== undefined && { private_metadata: privateMetadata }),
    blocks: resultBlocks(result),
  });
}

/** The same for somebody who closed the modal. */
export function importResultMessage(result: ImportResult): MessageBody {
  return fitMessage({ text: headlineOf(result), blocks: resultBlocks(result) });
}

function resultBlocks(result: ImportResult): KnownBlock[] {
  const { t, task, accepted, ready, refused, unknown, stopped, reason = null } = result;
  const refusedCount = countOf(refused);
  // What was never sent because the import stopped is not told apart here: only a whole run has numbers missing.
  const missing = accepted === null || stopped ? 0 : ready - refusedCount - unknown - accepted;
  return present([
    section(headlineOf(result)),
    missing > 0 ? section(t.imports.fewerThanReady(missing)) : null,
    refusedCount > 0 ? section(refusedText(t, refused)) : null,
    reason === null ? null : section(`${warning} ${reason}`),
    unknown > 0 ? section(`${warning} ${t.imports.unknown(unknown)}`) : null,
    stopped ? section(`${warning} ${t.imports.stopped}`) : null,
    arrived(result) ? actions('task', [button('task_start', t.buttons.start, task.id, { style: 'primary' })]) : null,
  ]);
}

function headlineOf(result: ImportResult): string {
  const { t, accepted } = result;
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

function arrived(result: ImportResult): boolean {
  return result.accepted === null ? answered(result) > 0 : result.accepted > 0;
}

/** Numbers the platform took without saying how many are new; an upper bound when the import stopped early. */
function answered({ ready, refused, unknown }: ImportResult): number {
  return Math.max(0, ready - countOf(refused) - unknown);
}

function countOf(refused: ImportResult['refused']): number {
  return refused.reduce((sum, { count }) => sum + count, 0);
}

function taskEntries(t: Catalogue, tasks: Task[]): MenuEntry[] {
  return tasks
    .filter((task) => fitsAsValue(task.id))
    .map((task) => ({
      id: task.id,
      searched: `${task.name}\n${task.id}`,
      option: () => taskOption(t, task),
    }));
}

function taskOption(t: Catalogue, task: Task): PlainTextOption {
  const details = [task.started ? t.answers.on : t.answers.off, progressText(t, task.progress)];
  const name = plainName(task.name.trim() === '' ? task.id : task.name, 75);
  return option(task.id, name, details.filter((part) => part !== null).join(t.units.separator));
}

function taskInput(t: Catalogue, entries: MenuEntry[]): InputBlock {
  return {
    type: 'input',
    block_id: 'task',
    label: plain(t.imports.task),
    element: menu({ actionId: 'task', placeholder: t.imports.taskPlaceholder, entries, selected: '' }),
  };
}

function numbersInput(t: Catalogue, text: string): InputBlock {
  return {
    type: 'input',
    block_id: 'numbers',
    optional: true,
    label: plain(t.imports.numbers),
    hint: plain(t.imports.numbersHint),
    element: {
      type: 'plain_text_input',
      action_id: 'numbers',
      multiline: true,
      placeholder: plain(t.imports.numbersPlaceholder),
      ...(text !== '' && { initial_value: text }),
    },
  };
}

function fileInput(t: Catalogue): InputBlock {
  return {
    type: 'input',
    block_id: 'file',
    optional: true,
    label: plain(t.imports.file),
    hint: plain(t.imports.fileHint),
    element: { type: 'file_input', action_id: 'file', filetypes: ['csv', 'txt'], max_files: 1 },
  };
}

/** `8,351 rows read: 8,214 ready · 96 not usable · 41 repeated`: always all parts that are not zero. */
function countsText(t: Catalogue, list: NumberList): string {
  const parts = [
    `*${t.imports.ready(list.ready.length)}*`,
    list.rejected.length > 0 ? t.imports.rejected(list.rejected.length) : null,
    list.repeated > 0 ? t.imports.repeated(list.repeated) : null,
  ].filter((part) => part !== null);
  return t.units.labelled(t.imports.rows(list.rows), parts.join(t.units.separator));
}

function samplesBlock(t: Catalogue, list: NumberList): KnownBlock {
  const samples = list.ready
    .slice(0, shownSamples)
    .map(({ phone, name }) => escapeMarkup(maskPhone(phone)) + (name ? ` ${named(name, 40)}` : ''));
  return section(`*${t.imports.samples}*\n${samples.join('\n')}`);
}

function rejectsBlock(t: Catalogue, rejected: RejectedRow[]): KnownBlock {
  const counts = new Map<RejectReason, number>();
  for (const { reason } of rejected) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const reasons = [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => t.imports.reasonCount(t.imports.reasons[reason], count));
  const lines = rejected
    .slice(0, shownRejects)
    .map(({ line, cell, reason }) => t.imports.rejectedLine(line, maskedCell(t, cell), t.imports.reasons[reason]));
  const more = rejected.length - lines.length;
  return section(
    [
      `*${t.imports.whyRejected}*`,
      reasons.join(t.units.separator),
      ...lines,
      ...(more > 0 ? [t.imports.moreRejected(more)] : []),
    ].join('\n'),
  );
}

/**
 * A cell that is no valid number may still hold most of one, or two: of its digits, in whatever shape, only the first
 * three and the last two stay when there are seven or more.
 */
export function maskedCell(t: Catalogue, cell: string): string {
  const total = cell.match(/\p{Nd}/gu)?.length ?? 0;
  let seen = 0;
  const masked = cell.replaceAll(/\p{Nd}/gu, (digit) => {
    seen += 1;
    return total < 7 || seen <= 3 || seen > total - 2 ? digit : '*';
  });
  return cell.trim() === '' ? t.imports.emptyCell : named(masked, 40);
}

function readingText(t: Catalogue, list: NumberList, batches: number, batchSize: number): string {
  const { phoneColumn, nameColumn } = list;
  const quoted = (name: string) => t.units.quote(named(name, 40));
  const columns =
    phoneColumn === null
      ? nameColumn === null
        ? null
        : t.imports.namesFrom(quoted(nameColumn))
      : nameColumn === null
        ? t.imports.column(quoted(phoneColumn))
        : t.imports.columns(quoted(phoneColumn), quoted(nameColumn));
  return [
    columns,
    list.encoding === null ? null : t.imports.encoding(named(list.encoding)),
    batches > 0 ? t.imports.batches(batches, batchSize) : null,
  ]
    .filter((part) => part !== null)
    .join(t.units.separator);
}

function refusedText(t: Catalogue, refused: { count: number; message: string | null }[]): string {
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
