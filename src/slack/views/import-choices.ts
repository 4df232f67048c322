import type { InputBlock, KnownBlock, PlainTextOption } from '@slack/types';
import { type ImportChoices, type TextEncoding, textEncodings } from '../../core/model/import-choices.ts';
import type { ListColumn, NumberList, ReadWorkbook } from '../../core/model/numbers.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { inputIds } from '../ids.ts';
import { limits } from './limits.ts';
import { plainName } from './mrkdwn.ts';
import { context, option, plain, present, section } from './parts.ts';
import { warning } from './state.ts';

/** The entries of the name menu that are no column. */
export const nameEntries = { detected: 'detected', none: 'none' } as const;

/** What encodings are called, in every language. */
export const encodingNames: Record<TextEncoding, string> = {
  'utf-8': 'UTF-8',
  gb18030: 'GB18030 (GBK)',
  big5: 'Big5',
  shift_jis: 'Shift JIS',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
};

/** Whether a preview has a menu of encodings. */
export function offersEncoding(
  { encoding, encodingDoubtful, warnings }: NumberList,
  choices: ImportChoices | undefined,
): boolean {
  const isDoubtful = encodingDoubtful || warnings.some(({ kind }) => kind === 'garbled');
  return encoding !== null && (isDoubtful || choices?.encoding !== undefined);
}

/** The menus with which a person changes how a list is read; none where there is nothing to choose. */
export function choiceBlocks(list: NumberList, choices: ImportChoices | undefined, t: Catalogue): KnownBlock[] {
  const { encoding, workbook } = list;
  const isTable = list.columns.length > 1;
  const columns = shownColumns(list).map((column) => ({ ...column, label: columnLabel(column, t) }));
  const menus: (KnownBlock | null)[] = [
    workbook !== null && workbook.sheet === null ? section(`${warning} ${t.imports.chooseSheet}`) : null,
    workbook !== null && (workbook.sheets.length > 1 || workbook.sheet === null) ? sheetInput(workbook, t) : null,
    encoding !== null && offersEncoding(list, choices) ? encodingInput(list, encoding, t) : null,
    list.open.length > 0
      ? section(`${warning} ${list.open.length > 1 ? t.imports.chooseColumns : t.imports.chooseColumn}`)
      : null,
    isTable ? phonesInput(list, columns, t) : null,
    isTable ? nameInput({ list, columns, choices }, t) : null,
    severalMatters(list, choices) ? severalInput(choices, t) : null,
  ];
  const shown = present(menus);
  return shown.length === 0 ? [] : [...shown, context(t.imports.changedIsReadAgain)];
}

function sheetInput({ sheets, sheet }: ReadWorkbook, t: Catalogue): InputBlock {
  const weight = ({ index, hidden }: ReadWorkbook['sheets'][number]) => (index === sheet ? 0 : hidden ? 2 : 1);
  const options = [...sheets]
    .sort((a, b) => weight(a) - weight(b) || a.index - b.index)
    .slice(0, limits.options)
    .sort((a, b) => a.index - b.index)
    .map(({ index, name, hidden }) =>
      option(
        String(index),
        plainName(name.trim() === '' ? String(index + 1) : name, 60),
        hidden ? t.imports.hiddenSheet : undefined,
      ),
    );
  return selectInput({ id: inputIds.sheet, label: t.imports.sheetLabel, options, selected: String(sheet) });
}

function encodingInput(list: NumberList, encoding: TextEncoding, t: Catalogue): InputBlock {
  const options = textEncodings.map((one) => option(one, encodingNames[one]));
  const hint = list.encodingDoubtful ? t.imports.encodingDoubtful(encodingNames[encoding]) : null;
  return {
    ...selectInput({ id: inputIds.encoding, label: t.imports.encodingLabel, options, selected: encoding }),
    ...(hint !== null && { hint: plain(hint) }),
  };
}

function severalMatters(list: NumberList, choices: ImportChoices | undefined): boolean {
  return list.severalRows > 0 || list.phones.length > 1 || (choices !== undefined && choices.several !== 'all');
}

/** Those in use and those with numbers first, as far as a menu reaches, in the order of the table. */
function shownColumns({ columns, phones, open, name }: NumberList): ListColumn[] {
  const weight = ({ index, numbers, title }: ListColumn): number => {
    if (phones.includes(index) || open.includes(index) || index === name) return 0;
    return numbers > 0 ? 1 : title === '' ? 3 : 2;
  };
  return [...columns]
    .sort((a, b) => weight(a) - weight(b) || a.index - b.index)
    .slice(0, limits.options - Object.keys(nameEntries).length)
    .sort((a, b) => a.index - b.index);
}

/** As a menu shows it; two menus show each. */
interface LabeledColumn extends ListColumn {
  label: string;
}

function columnLabel({ index, title }: ListColumn, t: Catalogue): string {
  return t.imports.optionOf(plainName(title, 40), index + 1);
}

function phonesInput({ phones }: NumberList, columns: readonly LabeledColumn[], t: Catalogue): InputBlock {
  const options = columns.map(({ index, label, numbers }) =>
    option(String(index), label, numbers > 0 ? t.imports.numbersInColumn(numbers) : undefined),
  );
  const chosen = options.filter((_, at) => phones.includes(columns[at]?.index ?? -1));
  return {
    type: 'input',
    block_id: inputIds.phones,
    label: plain(t.imports.columnsLabel),
    element: {
      type: 'multi_static_select',
      action_id: inputIds.phones,
      placeholder: plain(t.imports.columnsPlaceholder),
      options,
      ...(chosen.length > 0 && { initial_options: chosen }),
    },
  };
}

function nameInput(
  {
    list,
    columns,
    choices,
  }: { list: NumberList; columns: readonly LabeledColumn[]; choices: ImportChoices | undefined },
  t: Catalogue,
): InputBlock {
  const detected = choices?.name === undefined ? list.nameColumn : null;
  const options = [
    option(nameEntries.detected, t.imports.nameDetected(detected === null ? null : plainName(detected, 40))),
    option(nameEntries.none, t.imports.noName),
    ...columns.map(({ index, label }) => option(String(index), label)),
  ];
  const selected = choices?.name === undefined ? nameEntries.detected : String(choices.name ?? nameEntries.none);
  return selectInput({ id: inputIds.name, label: t.imports.nameLabel, options, selected });
}

function severalInput(choices: ImportChoices | undefined, t: Catalogue): InputBlock {
  const options = (['all', 'first', 'ask'] as const).map((several) => option(several, t.imports.several[several]));
  const selected = choices?.several ?? 'all';
  return selectInput({ id: inputIds.several, label: t.imports.severalLabel, options, selected });
}

interface Select {
  id: string;
  label: string;
  options: PlainTextOption[];
  selected: string;
}

function selectInput({ id, label, options, selected }: Select): InputBlock {
  // Nothing is chosen where the choice is open.
  const initial = options.find(({ value }) => value === selected);
  return {
    type: 'input',
    block_id: id,
    label: plain(label),
    element: {
      type: 'static_select',
      action_id: id,
      options,
      ...(initial === undefined ? { placeholder: plain(label) } : { initial_option: initial }),
    },
  };
}
