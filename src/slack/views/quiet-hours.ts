import type { KnownBlock, ModalView } from '@slack/types';
import type { QuietWindow } from '../../core/model/quiet-hours.ts';
import type { QuietGroup } from '../../core/quiet/quiet-hours.ts';
import type { HoursIssue } from '../../core/quiet/read-hours.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { callbackIds, enterHoursId, inputIds } from '../ids.ts';
import { textMessage } from './answers.ts';
import { examplesOf, isTypable } from './help.ts';
import { writeJson } from './json-value.ts';
import { fitMessage, fittingValue, fitView, type MessageBody } from './limits.ts';
import { date, named, person, plainName, toType } from './mrkdwn.ts';
import { button, context, plain, present, section } from './parts.ts';
import { warning } from './state.ts';
import { clockText, daysOfWeekText } from './weekdays.ts';

const shownGroups = 20;

/** Hours as people can type them again: `Mon–Fri 12:00–13:30, 21:00–08:30; Sat 00:00–24:00`. */
function hoursText(windows: readonly QuietWindow[], t: Catalogue): string {
  return t.quiet.hours.lineList(hoursLines(windows, t));
}

/** One line for all periods of the same days. */
function hoursLines(windows: readonly QuietWindow[], t: Catalogue): string[] {
  const { hours } = t.quiet;
  const lines = new Map<string, string[]>();
  for (const { days, from, until } of windows) {
    const key = daysOfWeekText(days, t);
    lines.set(key, [...(lines.get(key) ?? []), hours.fromUntil(clockText(from), clockText(until))]);
  }
  return [...lines].map(([days, periods]) => hours.ofDays(days, hours.periodList(periods)));
}

/** What is known of a group's hours, in words. */
function knownText({ hours }: Pick<QuietGroup, 'hours'>, t: Catalogue): string {
  if (hours === null) return t.quiet.unknown;
  return hours.windows.length === 0 ? t.quiet.none : hoursText(hours.windows, t);
}

export interface QuietList {
  command: string;
  zone: string;
  groups: readonly QuietGroup[];
}

/** Every group with its hours; those that tasks use and whose hours are missing come first. */
export function quietListMessage({ command, zone, groups }: QuietList, t: Catalogue): MessageBody {
  if (groups.length === 0) return textMessage(t.quiet.empty);
  const urgency = ({ hours, tasks }: QuietGroup): number => (hours === null ? Math.min(tasks, 1) : 0);
  const sorted = groups.toSorted((a, b) => urgency(b) - urgency(a));
  const typable = sorted.filter(({ name }) => isTypable(name));
  // What is pasted overwrites: better a group that has no hours yet.
  const group = typable.find(({ hours }) => hours === null) ?? typable[0] ?? null;
  const hints = examplesOf('quiet', { group: group?.name ?? null }, t)
    .slice(1, 2)
    .map((example) => t.quiet.hint(toType(command, example)));
  return fitMessage({
    text: t.quiet.heading,
    blocks: present([
      section(`*${t.quiet.heading}*`),
      groups.some(({ hours }) => hours === null) ? context(t.quiet.intro) : null,
      ...groupRows(sorted, t),
      context(t.units.sentences([t.quiet.zone(named(zone)), ...hints])),
    ]),
  });
}

/** Several groups match what was typed: a choice, never a guess. The `hours` that were typed go with it. */
export function whichGroupMessage(
  { groups, hours }: { groups: readonly QuietGroup[]; hours: string },
  t: Catalogue,
): MessageBody {
  return fitMessage({ text: t.quiet.which, blocks: [section(`*${t.quiet.which}*`), ...groupRows(groups, t, hours)] });
}

export function noSuchGroupMessage({ ref, ...list }: QuietList & { ref: string }, t: Catalogue): MessageBody {
  const text = `${warning} ${t.quiet.noSuchGroup(t.units.quote(named(ref)))}`;
  return fitMessage({ text, blocks: [section(text), ...quietListMessage(list, t).blocks] });
}

function groupRows(groups: readonly QuietGroup[], t: Catalogue, hours = ''): KnownBlock[] {
  const more = groups.length - shownGroups;
  return present([
    ...groups
      .slice(0, shownGroups)
      .map((group, index) =>
        section(
          [`*${named(group.name)}*`, knownText(group, t), ...detailsOf(group, t)].join('\n'),
          enterButton(group, index, t, hours),
        ),
      ),
    more > 0 ? context(t.quiet.more(more)) : null,
  ]);
}

/** How many tasks use the group, if any were seen, and who entered its hours: one line, or none. */
function detailsOf({ hours, tasks }: QuietGroup, t: Catalogue): string[] {
  const parts = [
    tasks > 0 ? t.quiet.used(tasks) : null,
    hours === null ? null : t.quiet.entered(person(hours.person), date(hours.at, t.dates.moment)),
  ].filter((part) => part !== null);
  return parts.length === 0 ? [] : [parts.join(t.units.separator)];
}

function enterButton({ id, name }: QuietGroup, index: number, t: Catalogue, hours = '') {
  const filled = hours === '' ? id : fittingValue(writeJson({ form: 'quiet_hours', group: id, typed: hours }), id);
  return button(enterHoursId(index), t.buttons.enterHours, filled, { spoken: t.aria.enterHours(plainName(name)) });
}

export interface QuietForm {
  group: QuietGroup;
  zone: string;
  /** What was typed before; null: what is known. */
  typed: string | null;
  /** A sentence at the top: mrkdwn. */
  alert: string | null;
  privateMetadata: string;
}

/** The hours of one group, one line for each set of days. */
export function quietHoursView({ group, zone, typed, alert, privateMetadata }: QuietForm, t: Catalogue): ModalView {
  const { hours } = group;
  const value = typed ?? (hours === null ? '' : hoursLines(hours.windows, t).join('\n') || t.quiet.noneWord);
  return fitView({
    type: 'modal',
    callback_id: callbackIds.saveHours,
    title: plain(t.titles.quiet_hours),
    submit: plain(t.buttons.save),
    close: plain(t.buttons.cancel),
    private_metadata: privateMetadata,
    blocks: present([
      alert === null ? null : section(`${warning} ${alert}`),
      section(`*${named(group.name)}*\n${knownText(group, t)}`),
      ...detailsOf(group, t).map((details) => context(details)),
      {
        type: 'input',
        block_id: inputIds.hours,
        label: plain(t.quiet.label),
        hint: plain(t.quiet.formHint),
        element: {
          type: 'plain_text_input',
          action_id: inputIds.hours,
          multiline: true,
          placeholder: plain(t.quiet.placeholder),
          ...(value !== '' && { initial_value: value }),
        },
      },
      context(t.units.sentences([t.quiet.zone(named(zone)), ...(hours === null ? [t.quiet.intro] : [])])),
    ]),
  });
}

export function hoursSavedMessage({ group, zone }: { group: QuietGroup; zone: string }, t: Catalogue): MessageBody {
  const text = t.quiet.saved(named(group.name), knownText(group, t));
  return fitMessage({
    text,
    blocks: [
      section(text, enterButton(group, 0, t)),
      context(t.units.sentences([t.quiet.zone(named(zone)), t.quiet.applies])),
    ],
  });
}

/** Hours typed behind a command that are not clear: the form opens with a button. */
export function hoursIssueMessage(
  { group, issue }: { group: QuietGroup; issue: HoursIssue },
  t: Catalogue,
): MessageBody {
  const text = `${warning} ${t.quiet.issue(named(group.name), issueText(issue, t, named))}`;
  return fitMessage({ text, blocks: [section(text, enterButton(group, 0, t))] });
}

/** The same at the field of the form, where text is plain. */
export function hoursIssueText(issue: HoursIssue, t: Catalogue): string {
  return issueText(issue, t, plainName);
}

function issueText(issue: HoursIssue, t: Catalogue, shown: (text: string) => string): string {
  return t.quiet.issues[issue.kind]('text' in issue ? t.units.quote(shown(issue.text)) : '');
}
