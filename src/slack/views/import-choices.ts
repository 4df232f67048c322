import type { InputBlock, KnownBlock, PlainTextOption } from '@slack/types';
import type { ImportChoices } from '../../core/model/import-choices.ts';
import type { ListColumn, NumberList } from '../../core/model/numbers.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { inputIds } from '../ids.ts';
import { limits } from './limits.ts';
import { plainName } from './mrkdwn.ts';
import { context, option, plain, section } from './parts.ts';
import { warning } from './state.ts';

/** The entries of the name menu that are no column. */
export const nameEntries = { detected: 'detected', none: 'none' } as const;

/** The menus with which a person changes how a table is read; none for a list without columns. */
export function choiceBlocks(list: NumberList, choices: ImportChoices | undefined, t: Catalogue): KnownBlock[] {
  if (list.columns.length < 2) return severalMatters(list, choices) ? [severalInput(choices, t)] : [];
  const columns = shownColumns(list);
  return [
    ...(list.open.length > 0 ? [section(`${warning} ${t.imports.chooseColumns}`)] : []),
    phonesInput(list, columns, t),
    nameInput({ list, columns, choices }, t),
    ...(severalMatters(list, choices) ? [severalInput(choices, t)] : []),
    context(t.imports.changedIsReadAgain),
  ];
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

function columnOption({ index, title, numbers }: ListColumn, t: Catalogue) {
  const text = t.imports.optionOf(plainName(title, 40), index + 1);
  return option(String(index), text, numbers > 0 ? t.imports.numbersInColumn(numbers) : undefined);
}

function phonesInput({ phones }: NumberList, columns: readonly ListColumn[], t: Catalogue): InputBlock {
  const chosen = columns.filter(({ index }) => phones.includes(index)).map((column) => columnOption(column, t));
  return {
    type: 'input',
    block_id: inputIds.phones,
    label: plain(t.imports.columnsLabel),
    element: {
      type: 'multi_static_select',
      action_id: inputIds.phones,
      placeholder: plain(t.imports.columnsPlaceholder),
      options: columns.map((column) => columnOption(column, t)),
      ...(chosen.length > 0 && { initial_options: chosen }),
    },
  };
}

function nameInput(
  { list, columns, choices }: { list: NumberList; columns: readonly ListColumn[]; choices: ImportChoices | undefined },
  t: Catalogue,
): InputBlock {
  const detected = choices?.name === undefined ? list.nameColumn : null;
  const options = [
    option(nameEntries.detected, t.imports.nameDetected(detected === null ? null : plainName(detected, 40))),
    option(nameEntries.none, t.imports.noName),
    ...columns.map((column) => columnOption({ ...column, numbers: 0 }, t)),
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
  const initial = options.find(({ value }) => value === selected) ?? options[0];
  return {
    type: 'input',
    block_id: id,
    label: plain(label),
    element: { type: 'static_select', action_id: id, options, ...(initial && { initial_option: initial }) },
  };
}
