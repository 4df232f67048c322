import type { ViewOutput } from '@slack/bolt';
import { z } from 'zod';
import type { Wishes } from '../../core/imports/withhold.ts';
import { type ImportChoices, importChoices, textEncodings } from '../../core/model/import-choices.ts';
import type { NumberList } from '../../core/model/numbers.ts';
import type { PrivateData } from '../bolt/private-data.ts';
import { readState, readValue, readValues } from '../bolt/read-form.ts';
import { inputIds } from '../ids.ts';
import { nameEntries, offersEncoding } from '../views/import-choices.ts';
import { beforeEntries } from '../views/import-history.ts';

/** A file by its id, and whether Slack itself showed it to the person. */
export interface GivenFile {
  id: string;
  shown: boolean;
}

/** The contents of the import form, or of a preview that is to be read again. */
export interface GivenNumbers {
  /** '' for a task that is created for them. */
  taskId: string;
  text: string;
  /** The uploaded file, or one that Slack showed in a message. */
  file: GivenFile | null;
  /** What the person decided about a list that was read before. */
  choices?: ImportChoices;
}

/** What is done with numbers that were sent before. */
export function wishesIn(made: ImportChoices | undefined): Wishes {
  return { again: made?.again ?? false, withoutRecent: made?.withoutRecent ?? false };
}

/** How a list was read, to be compared with what its preview says when it is submitted. */
export function choicesIn(list: NumberList, made: ImportChoices | undefined): ImportChoices {
  return {
    several: made?.several ?? importChoices.parse({}).several,
    ...(list.workbook?.sheet != null && { sheet: list.workbook.sheet }),
    ...(list.encoding !== null && offersEncoding(list, made) && { encoding: list.encoding }),
    ...(made?.again === true && { again: true }),
    ...(made?.withoutRecent === true && { withoutRecent: true }),
    ...(list.phones.length > 0 && { phones: list.phones }),
    ...(made?.name !== undefined && { name: made.name }),
  };
}

/**
 * What a submitted preview asks to be read again: a menu or the pasted text was changed, or nothing was ready. null
 * when it is submitted as it was shown.
 */
export function changedPreview(view: ViewOutput, data: PrivateData): GivenNumbers | null {
  const state = readState(view.state.values);
  // A task that is yet to be created has no id.
  const { taskId = '', fileId, fileShown = false, runId, choices = importChoices.parse({}) } = data;
  if (taskId === '' && data.draft === undefined) return null;
  const source = sourceIn(state, choices);
  // The columns that were shown are those of what the list was read from.
  const kept = isSameSource(source, choices);
  const phones = kept ? readValues(state, inputIds.phones).map(Number) : [];
  const name = kept ? readValue(state, inputIds.name) : '';
  const several = readValue(state, inputIds.several);
  const before = view.blocks.some((block) => block.block_id === inputIds.before)
    ? readValues(state, inputIds.before)
    : null;
  const chosen = importChoices.safeParse({
    ...source,
    again: before === null ? choices.again : !before.includes(beforeEntries.here) || undefined,
    withoutRecent: before === null ? choices.withoutRecent : before.includes(beforeEntries.lately) || undefined,
    several: several === '' ? choices.several : several,
    ...(phones.length > 0 && { phones }),
    ...(name !== '' && name !== nameEntries.detected && { name: name === nameEntries.none ? null : Number(name) }),
  });
  // What is in no menu, such as a column beyond the first hundred, is no choice.
  if (!chosen.success) return null;
  const text = readValue(state, inputIds.numbers).trim();
  const same = kept && isSame(chosen.data, choices, phones.length > 0) && text === shownText(view);
  if (same && runId !== undefined) return null;
  if (fileId === undefined && text === '' && shownText(view) === '') return null;
  return {
    taskId,
    text: fileId === undefined ? text : '',
    file: fileId === undefined ? null : { id: fileId, shown: fileShown },
    choices: chosen.data,
  };
}

type Source = Pick<ImportChoices, 'sheet' | 'encoding'>;

/** What to read the list from: as chosen, else as before. */
function sourceIn(state: ReturnType<typeof readState>, before: Source): Source {
  const sheet = readValue(state, inputIds.sheet);
  const encoding = textEncodings.find((one) => one === readValue(state, inputIds.encoding)) ?? before.encoding;
  return {
    ...(sheet !== '' ? { sheet: Number(sheet) } : before.sheet !== undefined && { sheet: before.sheet }),
    ...(encoding !== undefined && { encoding }),
  };
}

const isSameSource = (source: Source, before: Source): boolean =>
  source.sheet === before.sheet && source.encoding === before.encoding;

function isSame(chosen: ImportChoices, before: ImportChoices, drawn: boolean): boolean {
  const phones = drawn ? (chosen.phones ?? []).toSorted((a, b) => a - b).join() : undefined;
  const phonesBefore = (before.phones ?? []).toSorted((a, b) => a - b).join();
  return (
    (phones === undefined || phones === phonesBefore) &&
    chosen.several === before.several &&
    (chosen.again ?? false) === (before.again ?? false) &&
    (chosen.withoutRecent ?? false) === (before.withoutRecent ?? false) &&
    chosen.name === before.name
  );
}

const textInput = z.object({
  block_id: z.literal(inputIds.numbers),
  element: z.looseObject({ initial_value: z.string().default('') }),
});

/** The pasted text as the preview was drawn with it. */
function shownText(view: ViewOutput): string {
  for (const block of view.blocks) {
    const drawn = textInput.safeParse(block);
    if (drawn.success) return drawn.data.element.initial_value.trim();
  }
  return '';
}
