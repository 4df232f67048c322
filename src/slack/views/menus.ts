import type { ExternalSelect, PlainTextOption, StaticSelect } from '@slack/types';
import { type ChoiceField, isOptionalChoice } from '../../core/model/fields.ts';
import type { NamedEntry, ScriptEntry } from '../../core/model/metadata.ts';
import type { Choices, LineChoice } from '../../core/tasks/choices.ts';
import { derivedOnce } from '../../core/tasks/derived.ts';
import { maskPhone } from '../../core/text/phone-mask.ts';
import { type Searchable, search, searchable } from '../../core/text/search.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { fitOption, fitOptions, fitsAsValue, limits } from './limits.ts';
import { plainName } from './mrkdwn.ts';
import { option, plain } from './parts.ts';

/** The value of the entry that clears an optional choice: Slack's menus cannot be emptied again. */
export const noChoice = 'none';

/** One entry of a menu. Its option is created only when it is shown: an account may have ten thousand entries. */
export interface MenuEntry {
  id: string;
  /** What it is found by when typing. */
  plain(): Searchable;
  option: () => PlainTextOption;
}

/** The options of all five menus together may have this size without bringing a view near Slack's 250 KB. */
const staticMenuBytes = 40_000;

/** The entries of a field in the platform's order; ids too long for an option are left out. */
export function entriesOf<F extends ChoiceField>(choices: Choices, field: F): Choices[F] {
  return (choices[field] as NamedEntry[]).filter((entry) => fitsAsValue(entry.id)) as Choices[F];
}

/**
 * One entry of the platform as an option with the details people choose by.
 * @internal Exported for tests.
 */
export function optionOf<F extends ChoiceField>(
  { field, entry }: { field: F; entry: Choices[F][number] },
  t: Catalogue,
): PlainTextOption {
  const details = detailsOf(t, field, entry);
  // The name is shortened, not the details people choose by.
  const room = Math.max(20, limits.optionText - details.length);
  const name = plainName(entry.name.trim() === '' ? entry.id : entry.name, room);
  const remark = 'remark' in entry && typeof entry.remark === 'string' ? plainName(entry.remark) : '';
  return fitOption(option(entry.id, name + details, remark === name ? '' : remark));
}

/** A menu over entries: with all options inline while they are few, else with options loaded as one types. */
export function menu({
  actionId,
  placeholder,
  entries,
  selected,
  maxInline = limits.options,
}: {
  actionId: string;
  placeholder: string;
  entries: readonly MenuEntry[];
  selected: string;
  /** More options than these are loaded as one types: those of a message count among its text. */
  maxInline?: number;
}): StaticSelect | ExternalSelect {
  const chosen = entries.find((entry) => entry.id === selected)?.option();
  const common = {
    action_id: actionId,
    placeholder: plain(placeholder),
    ...(chosen && { initial_option: chosen }),
  };
  const options = entries.slice(0, limits.options).map((entry) => entry.option());
  const few = entries.length <= maxInline && Buffer.byteLength(JSON.stringify(options)) <= staticMenuBytes;
  return few
    ? { type: 'static_select', ...common, options }
    : { type: 'external_select', ...common, min_query_length: 0 };
}

/** The entries of one field, with the entry for no choice where the field is optional. */
export function menuEntries({ field, choices }: { field: ChoiceField; choices: Choices }, t: Catalogue): MenuEntry[] {
  const entries = entriesOf(choices, field).map((entry) => ({
    id: entry.id,
    option: () => optionOf({ field, entry }, t),
    plain: () => plainEntry(entry),
  }));
  if (!isOptionalChoice(field) || entries.length === 0) return entries;
  const none = t.form.noChoice[field];
  return [{ id: noChoice, option: () => option(noChoice, none), plain: () => searchable(none, '') }, ...entries];
}

/** An entry is also found by its caller number, made plain once. */
const plainEntry = derivedOnce((entry: NamedEntry | LineChoice): Searchable => {
  return searchable(entry.name, entry.id, 'callerNumber' in entry ? [entry.callerNumber] : []);
});

/** Options for what was typed, best first (`search`). At most 100. */
export function matching(entries: readonly MenuEntry[], query: string): PlainTextOption[] {
  const found = search(entries, (entry) => entry.plain(), query);
  return fitOptions(found.slice(0, limits.options).map((entry) => entry.option()));
}

function detailsOf(t: Catalogue, field: ChoiceField, entry: NamedEntry): string {
  const details = field === 'line' ? lineDetails(t, entry as LineChoice) : [];
  if (field === 'script' && (entry as ScriptEntry).debug) details.push(t.choices.scriptDebug);
  return details.map((detail) => t.units.separator + detail).join('');
}

function lineDetails(t: Catalogue, line: LineChoice): string[] {
  const free = Math.max(0, line.free);
  return [
    line.total === null ? t.choices.lineFreeOnly(free) : t.choices.lineFree(free, line.total),
    ...(line.max === free ? [] : [t.choices.lineMax(line.max)]),
    ...(line.callerNumber ? [maskPhone(line.callerNumber)] : []),
  ];
}
