import { fields } from '../../core/model/fields.ts';
import type { ImportTally, RecordEntry } from '../../core/model/record-entry.ts';
import { weekdayOf } from '../../core/time/days.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { fieldValueText } from './field-value.ts';
import { type Names, personName } from './mrkdwn.ts';

/** Fields that are said of one edit, and signs of each value. */
const maxFields = 3;
const maxValue = 40;

/** A day, or the first and the last of several. */
export function daysText({ from, until }: { from: string; until: string }, t: Catalogue): string {
  return from === until ? dayText(from, t) : t.report.days(dayText(from, t), dayText(until, t));
}

/** `2026-11-26` in words; what is no day stays as it is. */
export function dayText(day: string, t: Catalogue): string {
  const [, month, date] = /^\d{4}-(\d\d)-(\d\d)$/.exec(day) ?? [];
  return month === undefined
    ? day
    : t.report.day(
        t.quiet.hours.days[weekdayOf(day) - 1] ?? '',
        t.report.months[Number(month) - 1] ?? '',
        Number(date),
      );
}

/** One thing that happened, without its time. */
export function entryText(entry: RecordEntry, names: Names, t: Catalogue): string {
  const { kind, person, scheduled, list, ms, unsure, total, done } = entry;
  const who = person === null ? t.history.outside : personName(person, names);
  const said = t.history.entries[kind](who);
  return [
    said,
    ...(scheduled ? [t.history.scheduled] : []),
    ...changesOf(entry, t),
    ...(list === null ? [] : importFacts(list, t)),
    ...(kind === 'finished' && ms !== null && ms > 0 ? [t.report.dialing(t.units.duration(ms))] : []),
    ...((kind === 'moving' || kind === 'gap') && ms !== null ? [t.history.after(t.units.duration(ms))] : []),
    ...(unsure ? [t.history.perhapsQuiet] : []),
    ...(total !== null && done !== null && total > 0 ? [t.units.of(done, total)] : []),
  ].join(t.units.separator);
}

/** What became of the numbers and rows of lists, beginning with what was accepted. */
export function importFacts(list: Omit<ImportTally, 'run' | 'over' | 'rows'>, t: Catalogue): string[] {
  const { accepted, refused, unknown, unsent, invalid, repeated, present, withheld } = list;
  const parts = { invalid, repeated, present, withheld };
  const why = (Object.entries(parts) as [keyof typeof parts, number][]).flatMap(([key, count]) =>
    count > 0 ? [t.report.why[key](count)] : [],
  );
  return [
    t.report.accepted(accepted),
    ...(refused > 0 ? [t.report.refused(refused)] : []),
    ...(unknown > 0 ? [t.report.unknown(unknown)] : []),
    ...(unsent > 0 ? [t.report.unsent(unsent)] : []),
    ...(why.length > 0 ? [t.report.skipped(invalid + repeated + present + withheld, why)] : []),
  ];
}

/** Old → new, for the first fields that were changed. */
function changesOf({ changes }: RecordEntry, t: Catalogue): string[] {
  const said = fields.flatMap((field) => {
    const change = changes.find(({ field: changed }) => changed === field.name);
    if (change === undefined) return [];
    const { label } = t.fields[field.name];
    const [before, after] = [change.before, change.after].map((value) => fieldValueText(field, value, t, maxValue));
    return [before === after ? label : t.notices.change(label, before ?? '', after ?? '')];
  });
  const more = said.length - maxFields;
  return more > 0 ? [...said.slice(0, maxFields), t.notices.moreChanges(more)] : said;
}
