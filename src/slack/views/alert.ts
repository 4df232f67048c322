import type { Button, KnownBlock, Overflow } from '@slack/types';
import { type Lever, type LeverVerb, leversOf } from '../../core/alerts/levers.ts';
import { AppError } from '../../core/errors.ts';
import type { Alert, AlertMessage } from '../../core/model/alert.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { alertBlock, alertId } from '../ids.ts';
import { fitMessage, limits, type MessageBody } from './limits.ts';
import { date, day, named, person, plainName } from './mrkdwn.ts';
import { actions, button, context, option, present, section } from './parts.ts';
import { glyphs, warning } from './state.ts';

/** A message lists no more alerts than this; the others are counted. */
const maxListed = 20;

/** What is wrong, with what repairs it, or what it was once it is over; several in one message, with their number. */
export function alertMessage({ alerts, mentions }: AlertMessage, t: Catalogue): MessageBody {
  const [first] = alerts;
  if (first === undefined) throw new AppError('internal', 'a message about no alert');
  // Nobody has to do anything about what is over.
  const people = alerts.every(({ endedAt }) => endedAt !== null) ? '' : mentions.map(person).join(' ');
  return alerts.length === 1 ? single(first, people, t) : several(alerts, people, t);
}

function single(alert: Alert, people: string, t: Catalogue): MessageBody {
  const text = `${headline(alert, t)}${people === '' ? '' : ` ${people}`}`;
  const levers = leversOf(alert).map((lever, index) => leverButton(lever, index, alert, t));
  return fitMessage({
    text,
    blocks: present([
      section(text),
      levers.length === 0 ? null : actions(alertBlock, levers),
      context(...[detail(alert, t), when(alert, t)].filter((part) => part !== null)),
    ]),
  });
}

function several(alerts: readonly Alert[], people: string, t: Catalogue): MessageBody {
  const open = alerts.filter(({ endedAt }) => endedAt === null);
  const glyph = open.length > 0 ? warning : glyphs.finished;
  const heading = `${glyph} ${t.alerts.several(alerts.length, open.length)}${people === '' ? '' : ` ${people}`}`;
  // What is still to be done comes first.
  const ordered = [...open, ...alerts.filter(({ endedAt }) => endedAt !== null)];
  const listed = ordered.slice(0, maxListed);
  const left = ordered.length - listed.length;
  return fitMessage({
    text: [heading, ...listed.map((alert) => headline(alert, t))].join('\n'),
    blocks: present([
      section(heading),
      ...listed.map((alert, index) => alertRow(alert, index, t)),
      left > 0 ? context(t.alerts.more(left)) : null,
    ]),
  });
}

/** One of several, or on Home: its levers are in a menu, so that the list stays one. */
export function alertRow(alert: Alert, index: number, t: Catalogue): KnownBlock {
  const text = `${headline(alert, t)}\n${when(alert, t)}`;
  const levers = leversOf(alert);
  const drawn = section(text);
  if (levers.length === 0) return drawn;
  const menu: Overflow = {
    type: 'overflow',
    action_id: alertId('more', index),
    options: levers.slice(0, limits.overflowOptions).map((lever) => option(leverValue(lever), labelOf(lever, t))),
  };
  return { ...drawn, accessory: menu };
}

function headline(alert: Alert, t: Catalogue): string {
  if (alert.endedAt === null) return `${warning} ${sentence(alert, t)}`;
  return `${alert.end === 'wrong' ? '↩️' : glyphs.finished} ${endSentence(alert, t)}`;
}

function sentence({ kind, taskName, since, facts }: Alert, t: Catalogue): string {
  const says = t.alerts;
  const name = named(taskName);
  const line = named(facts.line?.name ?? '');
  const thing = named(facts.thing?.name ?? '');
  const expires = facts.expiresAt === null ? '–' : date(facts.expiresAt, t.dates.day, day(facts.expiresAt));
  const moment = date(since, t.dates.moment);
  switch (kind) {
    case 'stalled':
    case 'left_on':
    case 'outside_hours':
      return says[kind](name, moment);
    case 'slowed':
      return says.slowed(name, facts.perMinute ?? 0, facts.ownPerMinute ?? 0);
    case 'line_full':
      return says.line_full(name, line, reasonOf(facts, t));
    case 'line_dead':
      return says.line_dead(name, line, moment);
    case 'line_gone':
      return says.line_gone(name, line);
    case 'line_expired':
    case 'line_expiring':
      return says[kind](name, line, expires);
    case 'script_deleted':
    case 'script_debug':
    case 'rule_off':
    case 'group_unusable':
      return says[kind](name, thing);
    case 'platform_down':
      return says.platform_down(moment);
  }
}

/** Who holds the line, and what is left of the pace. */
function reasonOf({ holders, outside, perMinute, ownPerMinute }: Alert['facts'], t: Catalogue): string {
  const tasks = holders.map((holder) => t.alerts.holder(named(holder.name), holder.concurrency));
  const held = outside > 0 ? [...tasks, t.alerts.holderOutside(outside)] : tasks;
  return t.units.sentences([
    ...(tasks.length > 0 ? [t.alerts.heldBy(held)] : outside > 0 ? [t.alerts.heldOutside] : []),
    ...(perMinute === null || ownPerMinute === null ? [] : [t.alerts.atPace(perMinute, ownPerMinute)]),
  ]);
}

function endSentence({ kind, taskName, end, endedBy }: Alert, t: Catalogue): string {
  const name = named(taskName);
  const says = t.alerts.ended;
  switch (end) {
    case 'paused':
      return endedBy === null ? says.paused(name) : says.pausedBy(name, person(endedBy));
    case 'changed':
      return endedBy === null ? says.changed(name) : says.changedBy(name, person(endedBy));
    case 'finished':
    case 'deleted':
    case 'quiet':
    case 'wrong':
      return says[end](name);
    default:
      return t.alerts.back[kind](name);
  }
}

/** Beneath an alert that is over, what it was; beneath one about the platform, the reason that is known. */
function detail(alert: Alert, t: Catalogue): string | null {
  if (alert.endedAt !== null && alert.end !== 'wrong') return sentence(alert, t);
  return alert.kind === 'platform_down' && alert.endedAt === null ? causeOf(alert, t) : null;
}

function causeOf({ facts: { code } }: Alert, t: Catalogue): string {
  const known = t.alerts.because;
  switch (code) {
    case 'platform_unauthorized':
    case 'platform_forbidden':
    case 'platform_rate_limited':
    case 'platform_server_error':
    case 'platform_timeout':
    case 'platform_unreachable':
      return known[code];
    default:
      return known.other;
  }
}

function when({ since, begunAt, endedAt, end }: Alert, t: Catalogue): string {
  if (endedAt === null || end === 'wrong') return date(endedAt ?? begunAt, t.dates.moment);
  const duration = t.units.duration(Math.max(0, endedAt - since));
  return [t.alerts.over, t.alerts.lasted(duration), date(endedAt, t.dates.moment)].join(t.units.separator);
}

function leverButton(lever: Lever, index: number, alert: Alert, t: Catalogue): Button {
  const { verb } = lever;
  const about = lever.otherName ?? alert.taskName;
  return button(alertId(verb, index), labelOf(lever, t), leverValue(lever), {
    ...(verb !== 'check' && { spoken: t.alerts.leverOn(verbLabel(verb, t), plainName(about)) }),
    ...(index === 0 && alert.endedAt === null && { style: 'primary' as const }),
  });
}

/** A lever on another task says on which. */
function labelOf({ verb, otherName }: Lever, t: Catalogue): string {
  const label = verbLabel(verb, t);
  return otherName === null ? label : t.alerts.leverOn(label, plainName(otherName, 40));
}

/**
 * What the button of a lever says.
 * @internal Exported for tests.
 */
export function verbLabel(verb: LeverVerb, t: Catalogue): string {
  if (verb === 'line') return t.buttons.chooseLine;
  return verb === 'concurrency' ? t.buttons.lowerConcurrency : t.buttons[verb];
}

const leverValue = ({ verb, taskId }: Lever): string => `${verb}:${taskId}`;
