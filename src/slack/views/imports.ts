import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { ListHistory } from '../../core/imports/plan.ts';
import type { FurtherOrder } from '../../core/imports/preview.ts';
import type { CardData } from '../../core/model/card.ts';
import type { ImportChoices } from '../../core/model/import-choices.ts';
import type { CountedRows, NumberList, RejectReason } from '../../core/model/numbers.ts';
import type { Task } from '../../core/model/task.ts';
import { maskPhone } from '../../core/text/phone-mask.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { escapeMarkup } from '../../i18n/escape.ts';
import { actionIds, callbackIds, inputIds } from '../ids.ts';
import { carriedName } from './carried-name.ts';
import { choiceBlocks, encodingNames } from './import-choices.ts';
import { beforeInput, historyBlock } from './import-history.ts';
import { orderBlocks } from './import-order.ts';
import { writeJson } from './json-value.ts';
import { launchBlocks } from './launch.ts';
import { fitMessage, fitView, limits, type MessageBody } from './limits.ts';
import { warningBlocks } from './list-warnings.ts';
import { named, plainName } from './mrkdwn.ts';
import { actions, button, context, option, plain, present, section } from './parts.ts';
import { refusal, warning } from './state.ts';
import { taskEntries, taskInput } from './task-menu.ts';

const shownSamples = 3;
const shownRejects = 5;
const shownUnused = 3;

/** What the file input lets a person choose; what a file is, its contents say. */
const listTypes = ['xlsx', 'csv', 'txt', 'tsv', 'xlsm'] as const;

export interface ImportForm {
  /** null when the form asks for it. */
  task: Task | null;
  /** The tasks to choose from. */
  cards: readonly CardData[];
  /** The one that is chosen to begin with. */
  suggested?: string | undefined;
  /** The files of a message, of which one is imported; none where the form takes numbers or a file. */
  files: { id: string; name: string }[];
  /** The pasted text. */
  text: string;
  /** A sentence at the top: mrkdwn, already escaped. */
  alert: string | null;
  privateMetadata: string;
}

/** The form for numbers: pasted or as a file. */
export function importView(form: ImportForm, t: Catalogue): ModalView {
  const { task, cards, suggested = '', files, text, alert, privateMetadata } = form;
  const entries = task === null ? taskEntries(cards, t) : [];
  const nowhere = task === null && entries.length === 0;
  const body: (KnownBlock | null)[] = nowhere
    ? [section(t.imports.noTasks)]
    : [
        task === null ? taskInput(entries, suggested, t) : section(t.imports.into(named(task.name))),
        task?.started ? context(`${warning} ${t.imports.running(named(task.name))}`) : null,
        ...(files.length > 0
          ? [messageFile(files, t), newTaskButton(files, t)]
          : [numbersInput(text, t), fileInput(t)]),
        context(t.imports.nothingSentYet),
      ];
  return fitView({
    type: 'modal',
    callback_id: callbackIds.importNumbers,
    title: plain(t.titles.import),
    close: plain(nowhere ? t.buttons.close : t.buttons.cancel),
    ...(!nowhere && { submit: plain(t.buttons.next) }),
    private_metadata: privateMetadata,
    blocks: present([alert === null ? null : section(`${warning} ${alert}`), ...body]),
  });
}

export interface ImportPreview {
  task: Task;
  list: NumberList;
  /** Which of the numbers that are ready are known, and how many are left to be sent. */
  history: ListHistory;
  /** For how many days a number counts as sent lately. */
  recentDays: number;
  /** Numbers per request to the platform. */
  batchSize: number;
  /** What may be ordered with one more button; null for nothing. */
  further: FurtherOrder | null;
  /** The file of the message it comes from, and the value of the button to another task; null for other lists. */
  shared?: { fileName: string; elsewhere: string } | null;
  /** The pasted text; empty for a file. */
  text: string;
  /** What the person decided; undefined when nothing yet. */
  choices: ImportChoices | undefined;
  privateMetadata: string;
}

/** What was found, before anything is sent. The counts add up to the rows. */
export function importPreviewView({ shared = null, ...preview }: ImportPreview, t: Catalogue): ModalView {
  const { task, list, history, recentDays, batchSize, further, text, choices, privateMetadata } = preview;
  const ready = history.toSend;
  const before = beforeInput({ here: history.here, recent: history.recent, days: recentDays }, choices, t);
  const isLaunch = task.id === '';
  const menus = [...choiceBlocks(list, choices, t), ...before];
  const isTextShown = text !== '' && (menus.length > 0 || isLaunch);
  return fitView({
    type: 'modal',
    callback_id: callbackIds.sendImport,
    // Closing a preview discards its numbers.
    notify_on_close: true,
    title: plain(t.titles.preview),
    close: plain(ready > 0 ? t.buttons.cancel : t.buttons.close),
    ...((ready > 0 || menus.length > 0 || isTextShown) && {
      submit: plain(ready === 0 ? t.imports.readAgain : isLaunch ? t.launch.submit : t.buttons.importReady(ready)),
    }),
    private_metadata: privateMetadata,
    blocks: present([
      section(
        [
          isLaunch ? t.launch.into(named(task.name)) : t.imports.into(named(task.name)),
          ...(shared === null ? [] : [t.imports.fromFile(named(shared.fileName, 100))]),
          ...(list.workbook?.sheet === null ? [] : [countsText(list, t)]),
        ].join('\n'),
        shared === null ? undefined : button(actionIds.importElsewhere, t.buttons.anotherTask, shared.elsewhere),
      ),
      ...warningBlocks(list, t),
      historyBlock(history, recentDays, t),
      ready > 0 || isOpen(list) ? null : section(`${refusal} ${emptyText(list, t)}`),
      ready > 0 && task.started && further === null
        ? context(`${warning} ${t.imports.running(named(task.name))}`)
        : null,
      ready > 0 ? samplesBlock(list, t) : null,
      ...(further === null ? [] : isLaunch ? launchBlocks(further, task, t) : orderBlocks(further, t)),
      ...menus,
      // What is pasted stays in sight where the form may have to come back with it.
      isTextShown ? numbersInput(text, t) : null,
      list.rejected.count > 0 && list.open.length === 0 ? rejectsBlock(list.rejected, t) : null,
      list.rows > 0 ? context(readingText(list, batchSize, t)) : null,
    ]),
  });
}

/** The way to a new task for the file of a message. */
function newTaskButton(files: ImportForm['files'], t: Catalogue): KnownBlock {
  const value = writeJson({ form: 'new', files: files.map(({ id, name }) => ({ id, name: carriedName(name) })) });
  return actions('new_task', [button(actionIds.openForm, t.imports.newTask, value)]);
}

/** The file of a message, or which of several. */
export function messageFile(files: readonly ImportForm['files'][number][], t: Catalogue): KnownBlock {
  const [first] = files;
  if (first === undefined || files.length === 1) return section(t.imports.fromFile(named(first?.name ?? '', 100)));
  const options = files.slice(0, limits.options).map(({ id, name }) => option(id, plainName(name, 75)));
  return {
    type: 'input',
    block_id: inputIds.messageFile,
    label: plain(t.imports.whichFile),
    element: {
      type: 'static_select',
      action_id: inputIds.messageFile,
      options,
      ...(options[0] && { initial_option: options[0] }),
    },
  };
}

/** Under a file that a person sent to the app: a button that opens the import form for it. */
export function importOfferMessage(
  { files, value }: { files: ImportForm['files']; value: string },
  t: Catalogue,
): MessageBody {
  const [first] = files;
  const text =
    files.length > 1 ? t.imports.severalOffered(files.length) : t.imports.offered(named(first?.name ?? '', 100));
  return fitMessage({
    text,
    blocks: [section(text), actions('import_offer', [button(actionIds.openForm, t.buttons.import, value)])],
  });
}

export function numbersInput(text: string, t: Catalogue): InputBlock {
  return {
    type: 'input',
    block_id: inputIds.numbers,
    optional: true,
    label: plain(t.imports.numbers),
    hint: plain(t.imports.numbersHint),
    element: {
      type: 'plain_text_input',
      action_id: inputIds.numbers,
      multiline: true,
      placeholder: plain(t.imports.numbersPlaceholder),
      ...(text !== '' && { initial_value: text }),
    },
  };
}

export function fileInput(t: Catalogue): InputBlock {
  return {
    type: 'input',
    block_id: inputIds.file,
    optional: true,
    label: plain(t.imports.file),
    hint: plain(t.imports.fileHint),
    element: { type: 'file_input', action_id: inputIds.file, filetypes: [...listTypes], max_files: 1 },
  };
}

/** `8,352 rows read: 8,214 ready · 96 invalid · 41 duplicates · 1 row of titles and notes`: always all parts that are not zero. */
function countsText(list: NumberList, t: Catalogue): string {
  const parts = [
    `*${readyText(list, t)}*`,
    list.rejected.count > 0 ? t.imports.rejected(list.rejected.count) : null,
    list.repeated > 0 ? t.imports.repeated(list.repeated) : null,
    list.skipped > 0 ? t.imports.skipped(list.skipped) : null,
  ].filter((part) => part !== null);
  return t.units.labeled(t.imports.rows(list.rows), parts.join(t.units.separator));
}

function readyText({ ready, readyRows }: NumberList, t: Catalogue): string {
  return ready.count === readyRows ? t.imports.ready(readyRows) : t.imports.numbersIn(ready.count, readyRows);
}

/** Whether it is a person who has to say where the numbers are. */
const isOpen = ({ open, workbook }: NumberList): boolean => open.length > 0 || workbook?.sheet === null;

function emptyText(list: NumberList, t: Catalogue): string {
  if (list.ready.count > 0) return t.imports.nothingLeft;
  return list.rows === list.skipped ? t.imports.nothingFound : t.imports.nothingReady;
}

function samplesBlock(list: NumberList, t: Catalogue): KnownBlock {
  const samples = list.ready.first
    .slice(0, shownSamples)
    .map(({ phone, name }) => escapeMarkup(maskPhone(phone)) + (name ? ` ${named(name, 40)}` : ''));
  return section(`*${t.imports.samples}*\n${samples.join('\n')}`);
}

function rejectsBlock({ count, first, reasons: counts }: CountedRows, t: Catalogue): KnownBlock {
  const reasons = (Object.entries(counts) as [RejectReason, number][])
    .sort(([, a], [, b]) => b - a)
    .map(([reason, rows]) => t.imports.reasonCount(t.imports.reasons[reason], rows));
  const lines = first
    .slice(0, shownRejects)
    .map(({ line, cell, reason }) => t.imports.rejectedLine(line, maskedCell(cell, t), t.imports.reasons[reason]));
  const more = count - lines.length;
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
 * A cell that is not a valid number may still contain most of one, or two: of seven or more digits, in whatever shape,
 * only the first three and the last two are shown.
 * @internal Exported for tests.
 */
export function maskedCell(cell: string, t: Catalogue): string {
  const total = cell.match(/\p{Nd}/gu)?.length ?? 0;
  let seen = 0;
  const masked = cell.replaceAll(/\p{Nd}/gu, (digit) => {
    seen += 1;
    return total < 7 || seen <= 3 || seen > total - 2 ? digit : '*';
  });
  return cell.trim() === '' ? t.imports.emptyCell : named(masked, 40);
}

function readingText(list: NumberList, batchSize: number, t: Catalogue): string {
  const { phoneColumn, nameColumn, workbook } = list;
  const sheet = workbook?.sheets.find(({ index }) => index === workbook.sheet);
  const batches = Math.ceil(list.ready.count / Math.max(1, batchSize));
  const quoted = (name: string) => t.units.quote(named(name, 40));
  const columns =
    phoneColumn === null
      ? nameColumn === null
        ? null
        : t.imports.namesFrom(quoted(nameColumn))
      : nameColumn === null
        ? t.imports.column(quoted(phoneColumn))
        : t.imports.columns(quoted(phoneColumn), quoted(nameColumn));
  const unused = list.columns.filter(({ index, numbers }) => numbers > 0 && !list.phones.includes(index));
  const titles = unused.slice(0, shownUnused).map(({ index, title }) => quoted(title || String(index + 1)));
  return [
    list.phones.length > 0 && titles.length > 0 ? t.imports.notUsed(titles.join(' / ')) : null,
    workbook !== null && workbook.hiddenRows > 0 ? t.imports.hiddenRows(workbook.hiddenRows) : null,
    workbook !== null && workbook.uncalculated > 0 ? t.imports.uncalculated(workbook.uncalculated) : null,
    list.quotedNumbers === null ? null : t.imports.quotedNumbers(list.quotedNumbers.rows, list.quotedNumbers.line),
    list.leftOut.count > 0 ? t.imports.leftOut(list.leftOut.count) : null,
    sheet === undefined ? null : t.imports.sheet(quoted(sheet.name)),
    columns,
    list.encoding === null || list.encodingDoubtful ? null : t.imports.encoding(encodingNames[list.encoding]),
    batches > 0 ? t.imports.batches(batches, batchSize) : null,
  ]
    .filter((part) => part !== null)
    .join(t.units.separator);
}
