import type { ActionsBlock, KnownBlock } from '@slack/types';
import type { PersonRef } from '../../core/model/address.ts';
import type { RecordEntry } from '../../core/model/record-entry.ts';
import type { Digest, Report } from '../../core/model/report.ts';
import { finishedIn } from '../../core/reports/build.ts';
import { type Period, periods } from '../../core/reports/period.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { actionIds, reportId } from '../ids.ts';
import { barChart, type ChartPoint } from './chart.ts';
import { writeJson } from './json-value.ts';
import { fitMessage, type MessageBody } from './limits.ts';
import { date, type Names, named, personName } from './mrkdwn.ts';
import { actions, button, context, present, section } from './parts.ts';
import { daysText, dayText, entryText, importFacts } from './record.ts';

/** People of whom it is said what they did. */
const maxPeople = 6;

/** The report of a channel, as it is posted there. */
export function digestMessage({ report, dueAt, late }: Digest, names: Names, t: Catalogue): MessageBody {
  const lead = late ? t.digest.late(date(dueAt, t.dates.moment)) : null;
  return reportMessage({ report, names, period: null, title: t.digest.title, lead }, t);
}

export interface ReportShown {
  report: Report;
  names: Names;
  /** Which period was asked for; null for a digest, which has no buttons. */
  period: Period | null;
  title?: string;
  /** What stands beneath the heading, such as that a digest is late. */
  lead?: string | null;
}

/** What happened in some days. */
export function reportMessage(shown: ReportShown, t: Catalogue): MessageBody {
  const { report, names, period, title = t.report.title, lead = null } = shown;
  const heading = headingOf(report, t);
  const summary = summaryOf(report, t);
  const points = pointsOf(report, t);
  return fitMessage({
    text: t.units.labeled([title, heading].join(t.units.separator), summary),
    blocks: present([
      section(`*${title}* · ${heading}`),
      lead === null ? null : context(lead),
      section(summary),
      chartOf(report, points, t),
      points.length === 0
        ? null
        : context(points.map(({ label, value }) => `${label} ${t.units.number(value)}`).join(t.units.separator)),
      topOf(report, t),
      changesOf(report, names, t),
      importsOf(report, t),
      context(t.units.sentences(remarksOf(report, t))),
      period === null ? null : buttonsOf(report, period, t),
    ]),
  });
}

/** `Thu, Nov 26 · all tasks · until 14:02` */
function headingOf({ from, until, open, asOf, task, followed }: Report, t: Catalogue): string {
  const about = task === null ? (followed ? t.report.followed : t.report.all) : `*${named(task.name)}*`;
  return [daysText({ from, until }, t), about, ...(open ? [t.report.until(date(asOf, t.dates.time))] : [])].join(
    t.units.separator,
  );
}

function summaryOf({ figures, tasks, task, standing, counts, imports }: Report, t: Catalogue): string {
  const isEmpty = tasks === 0 && counts.length === 0 && imports.runs === 0;
  if (isEmpty) return t.report.nothing;
  const finished = finishedIn(figures);
  const dialing = tasks > 1 ? t.report.dialingInAll : t.report.dialing;
  const stood = figures.stalls > 0 || figures.stalledMs > 0;
  return [
    task === null ? t.report.dialed(figures.dialed, tasks) : t.report.dialedAlone(figures.dialed),
    ...(figures.dialingMs > 0 ? [dialing(t.units.duration(figures.dialingMs))] : []),
    ...(finished > 0 ? [t.report.finished(finished)] : []),
    ...(stood ? [t.report.stalls(Math.max(1, figures.stalls), t.units.duration(figures.stalledMs))] : []),
    ...(standing > 0 ? [t.report.standing(standing)] : []),
  ].join(t.units.separator);
}

function pointsOf({ hours, days }: Report, t: Catalogue): ChartPoint[] {
  if (hours.length > 0) return hours.map(({ hour, dialed }) => ({ label: t.report.hour(hour), value: dialed }));
  return days.map(({ day, dialed }) => ({ label: day.slice(5), value: dialed }));
}

function chartOf({ hours }: Report, points: readonly ChartPoint[], t: Catalogue): KnownBlock | null {
  if (points.every(({ value }) => value === 0)) return null;
  const title = hours.length > 0 ? t.report.perHour : t.report.perDay;
  return barChart({ title, series: t.report.chart, axis: { x: '', y: t.report.chart } }, points);
}

function topOf({ top, others, task }: Report, t: Catalogue): KnownBlock | null {
  if (task !== null || top.length === 0) return null;
  const rows = top.map(({ name, dialed, finished }) => {
    const row = t.report.row(named(name), dialed);
    return finished > 0 ? `${row}${t.units.separator}${t.report.rowFinished}` : row;
  });
  const rest = others.tasks > 0 ? [t.report.others(others.tasks, others.dialed)] : [];
  return section([`*${t.report.top}*`, ...rows, ...rest].join('\n'));
}

function changesOf(report: Report, names: Names, t: Catalogue): KnownBlock | null {
  if (report.counts.length === 0) return null;
  const by = byPerson(report, t).map(({ person, acts }) =>
    t.report.by(person === null ? t.report.outside : personName(person, names), acts),
  );
  const more = by.length - maxPeople;
  const people = more > 0 ? [...by.slice(0, maxPeople), t.report.morePeople(more)] : by;
  const newest = report.changes.map((entry) => changeText(entry, { names, alone: report.task !== null }, t));
  return section([`*${t.report.changes}*`, ...people, t.report.newest, ...newest].join('\n'));
}

/** `14:02 Spring: Alice paused it` */
function changeText(entry: RecordEntry, { names, alone }: { names: Names; alone: boolean }, t: Catalogue): string {
  const said = entryText(entry, names, t);
  return `${date(entry.at, t.dates.moment)} ${alone ? said : t.units.labeled(named(entry.taskName, 40), said)}`;
}

interface PersonActs {
  person: PersonRef | null;
  acts: string[];
  count: number;
}

/** What everybody did, those who did most first. */
function byPerson({ counts }: Report, t: Catalogue): PersonActs[] {
  const people = new Map<PersonRef | null, PersonActs>();
  for (const { kind, person, count } of counts) {
    if (!isAct(kind)) continue;
    const known = people.get(person) ?? { person, acts: [], count: 0 };
    known.acts.push(t.report.acts[kind](count));
    known.count += count;
    people.set(person, known);
  }
  return [...people.values()].sort((a, b) => b.count - a.count);
}

type ReportedAct = keyof Catalogue['report']['acts'];
const acts: ReadonlySet<string> = new Set<ReportedAct>(['created', 'edited', 'started', 'paused', 'deleted']);
const isAct = (kind: string): kind is ReportedAct => acts.has(kind);

function importsOf({ imports }: Report, t: Catalogue): KnownBlock | null {
  if (imports.runs === 0) return null;
  const parts = [
    t.report.imported(imports.runs, imports.rows),
    ...importFacts(imports, t),
    ...(imports.open > 0 ? [t.report.importsOpen(imports.open)] : []),
    ...(imports.more ? [t.report.importsMore] : []),
  ];
  return section(`*${t.report.imports}*\n${parts.join(t.units.separator)}`);
}

/** What the figures rest on, and what is not known. */
function remarksOf(report: Report, t: Catalogue): string[] {
  const { figures, gaps, knownFrom, staleSince, approximate } = report;
  return [
    ...(staleSince === null ? [] : [t.report.stale(date(staleSince, t.dates.moment))]),
    ...(knownFrom === null ? [] : [t.report.knownFrom(dayText(knownFrom, t))]),
    t.report.inferred,
    ...(approximate ? [t.report.approximate] : []),
    ...(figures.takenBack > 0 ? [t.report.takenBack(figures.takenBack)] : []),
    ...(figures.unsureStalls > 0 ? [t.report.unsureStalls(figures.unsureStalls)] : []),
    ...(gaps.count > 0 ? [t.report.gaps(gaps.count, t.units.duration(gaps.ms))] : []),
  ];
}

function buttonsOf({ task }: Report, shown: Period, t: Catalogue): ActionsBlock {
  const value = (period: Period): string => writeJson({ period, task: task?.id ?? null });
  return actions('report', [
    ...periods
      .filter((period) => period !== shown)
      .map((period) => button(reportId(period), t.report.periods[period], value(period))),
    button(actionIds.reportFile, t.report.csv, value(shown)),
  ]);
}

/** Those whose names a report shows. */
export function peopleOfReport({ counts, changes }: Pick<Report, 'counts' | 'changes'>): PersonRef[] {
  return [...new Set([...counts, ...changes].flatMap(({ person }) => (person === null ? [] : [person])))];
}
