import type { KnownBlock } from '@slack/types';
import { finishedIn } from '../../core/reports/build.ts';
import type { HistoryLine, HistoryPage } from '../../core/reports/history.ts';
import type { Figures } from '../../core/reports/ports.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { historyId } from '../ids.ts';
import { writeJson } from './json-value.ts';
import { fitMessage, type MessageBody } from './limits.ts';
import { date, type Names, named } from './mrkdwn.ts';
import { actions, button, context, present, section } from './parts.ts';
import { dayText, entryText } from './record.ts';

export interface HistoryShown extends HistoryPage {
  taskId: string;
  names: Names;
  /** For how many days the record is kept. */
  keptDays: number;
}

/** What happened to a task, the latest first. */
export function historyMessage(shown: HistoryShown, t: Catalogue): MessageBody {
  const { name, lines, page, pages, cut } = shown;
  const days = splitByDay(lines);
  const remarks = [
    ...ageOf(shown, t),
    ...(pages > 1 ? [t.history.page(page, pages)] : []),
    ...(cut && page === pages ? [t.history.cut] : []),
    t.history.kept(shown.keptDays),
  ];
  return fitMessage({
    text: t.units.labeled(t.history.title, named(name)),
    blocks: present([
      section(t.history.heading(named(name))),
      ...(lines.length === 0 ? [section(t.history.none)] : days.map((day) => dayBlock(day, shown.names, t))),
      turning(shown, t),
      context(t.units.sentences(remarks)),
    ]),
  });
}

/** What is shown of today is as old as the last look at the platform. */
function ageOf({ asOf, staleSince }: HistoryShown, t: Catalogue): string[] {
  if (staleSince !== null) return [t.report.stale(date(staleSince, t.dates.moment))];
  return asOf === null ? [] : [t.history.asOf(date(asOf, t.dates.moment))];
}

function splitByDay(lines: readonly HistoryLine[]): HistoryLine[][] {
  const days: HistoryLine[][] = [];
  for (const line of lines) {
    if (line.kind === 'day') days.push([line]);
    else days.at(-1)?.push(line);
  }
  return days;
}

function dayBlock(lines: readonly HistoryLine[], names: Names, t: Catalogue): KnownBlock {
  return section(
    lines
      .map((line) =>
        line.kind === 'day'
          ? `*${dayText(line.day, t)}*${t.units.separator}${dayFigures(line.figures, t)}`
          : `${date(line.entry.at, t.dates.time)} ${entryText(line.entry, names, t)}`,
      )
      .join('\n'),
  );
}

function dayFigures(figures: Figures | null, t: Catalogue): string {
  if (figures === null) return t.history.noCalls;
  const { dialed, dialingMs, stalls, stalledMs } = figures;
  return [
    dialed > 0 ? t.report.dialedAlone(dialed) : t.history.noCalls,
    ...(dialingMs > 0 ? [t.report.dialing(t.units.duration(dialingMs))] : []),
    ...(finishedIn(figures) > 0 ? [t.report.rowFinished] : []),
    ...(stalls > 0 || stalledMs > 0 ? [t.report.stalls(Math.max(1, stalls), t.units.duration(stalledMs))] : []),
  ].join(t.units.separator);
}

function turning({ taskId, page, pages }: HistoryShown, t: Catalogue): KnownBlock | null {
  if (pages === 1) return null;
  const value = (to: number): string => writeJson({ task: taskId, page: to });
  return actions('history', [
    ...(page > 1 ? [button(historyId('prev'), t.buttons.previous, value(page - 1))] : []),
    ...(page < pages ? [button(historyId('next'), t.buttons.nextPage, value(page + 1))] : []),
  ]);
}
