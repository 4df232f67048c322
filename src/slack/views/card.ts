import type { ActionsBlock, Button, KnownBlock } from '@slack/types';
import type { CardData } from '../../core/model/card.ts';
import type { Task } from '../../core/model/task.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { actionIds, type MenuVerb, menuVerbs } from '../ids.ts';
import { fitMessage, type MessageBody } from './limits.ts';
import { date, day, named, person, plainName } from './mrkdwn.ts';
import { actions, button, context, facts, option, present, section } from './parts.ts';
import { bar, evidenceText, glyphs, progressText, warning } from './state.ts';

/** A line that ends within this time gets a warning. */
const expiryNotice = 7 * 24 * 60 * 60 * 1000;

/** The live card of a task. */
export function cardMessage(card: CardData, t: Catalogue): MessageBody {
  return drawn(card, [], t);
}

/** The live card while what somebody pressed on it is carried out. */
export function workingCardMessage(
  { card, verb }: { card: CardData; verb: 'start' | 'pause' },
  t: Catalogue,
): MessageBody {
  const { text, blocks } = drawn(card, [], t);
  const work = `⏳ ${t.waiting[verb === 'start' ? 'starting' : 'pausing']}`;
  return fitMessage({ text, blocks: [context(work), ...blocks] });
}

/** The card shown to one person only, with a button to post it for everyone. */
export function ownCardMessage(card: CardData, t: Catalogue): MessageBody {
  return drawn(card, [button(actionIds.postCard, t.buttons.postHere, card.task.id)], t);
}

function drawn(card: CardData, extra: readonly Button[], t: Catalogue): MessageBody {
  return fitMessage({
    text: summaryOf(card, t),
    blocks: present([
      card.staleSince === null ? null : context(`${warning} ${t.card.stale(date(card.staleSince, t.dates.moment))}`),
      section(headOf(card, t)),
      card.state === 'gone' ? null : fieldsOf(card, t),
      context(footOf(card, t)),
      card.state === 'gone' ? null : buttonsOf(card, extra, t),
    ]),
  });
}

/** One line without blocks: for notifications, screen readers and list rows. mrkdwn. */
function summaryOf(card: CardData, t: Catalogue): string {
  return `${glyphs[card.state]} ${t.card.summary(
    named(card.task.name),
    t.states[card.state],
    progressText(card.task.progress, t) ?? '',
  )}`;
}

/** The script's name with its warnings; mrkdwn. */
export function scriptText(script: Task['script'], t: Catalogue): string {
  const name = named(script.name ?? script.id);
  if (script.deleted) return name + t.units.separator + t.choices.scriptDeleted;
  return script.debug ? name + t.units.separator + t.choices.scriptDebug : name;
}

/** The line's name, with a warning when it ends soon or has ended. mrkdwn. */
export function lineText(line: Task['line'], now: number, t: Catalogue): string {
  const name = named(line.name ?? line.id);
  if (line.expiresAt === null || line.expiresAt > now + expiryNotice) return name;
  const note =
    line.expiresAt <= now
      ? t.choices.lineExpired
      : t.choices.lineExpires(date(line.expiresAt, t.dates.day, day(line.expiresAt)));
  return name + t.units.separator + note;
}

function headOf(card: CardData, t: Catalogue): string {
  const { task, state } = card;
  const pace = [
    card.ratePerMinute === null || state !== 'dialing' ? null : t.card.rate(card.ratePerMinute),
    firstSeenText(card, t),
    card.endsAt === null || state !== 'dialing' ? null : t.card.endsAt(date(card.endsAt, t.dates.moment)),
  ].filter((part) => part !== null);
  return [
    `${glyphs[state]} *${named(task.name, 150)}*`,
    `*${t.states[state]}*${t.units.separator}${evidenceText(card.evidence, t)}`,
    progressLine(card, t),
    pace.join(t.units.separator),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** What is said of a campaign that was under way when first seen: the other figures are of what was seen. */
function firstSeenText({ firstSeen, task: { progress } }: CardData, t: Catalogue): string | null {
  if (firstSeen === null || firstSeen.dialed === 0 || progress === null) return null;
  return t.card.firstSeen(firstSeen.dialed, progress.total, date(firstSeen.at, t.dates.moment));
}

function progressLine(card: CardData, t: Catalogue): string {
  const { progress } = card.task;
  if (progress === null) return card.evidence.kind === 'no_progress_source' ? '' : t.card.noProgress;
  const text = progressText(progress, t);
  if (text === null) return card.evidence.kind === 'no_numbers' ? '' : t.card.noNumbers;
  return `${bar(progress.done, progress.total)} ${text}`;
}

function fieldsOf(card: CardData, t: Catalogue): KnownBlock {
  const { task } = card;
  return facts([
    [t.card.line, lineText(task.line, card.updatedAt, t)],
    [t.card.script, scriptText(task.script, t)],
    [t.card.quietHours, named(task.quietHours.name ?? task.quietHours.id)],
    [t.card.concurrency, t.units.calls(task.concurrency)],
  ]);
}

function footOf(card: CardData, t: Catalogue): string {
  const { actor } = card;
  return [
    card.state === 'gone' ? t.card.gone : null,
    actor === null ? null : t.actions[actor.action](person(actor.person), date(actor.at, t.dates.moment)),
    t.card.updated(date(card.updatedAt, t.dates.time)),
  ]
    .filter((part) => part !== null)
    .join(t.units.separator);
}

/** Only the buttons that apply: a running task can be paused, a paused one started unless nothing is left to dial. */
function buttonsOf(card: CardData, extra: readonly Button[], t: Catalogue): ActionsBlock {
  const { task, state } = card;
  const name = plainName(task.name);
  const labels: Record<MenuVerb, string> = {
    edit: t.buttons.edit,
    clone: t.buttons.clone,
    watch: t.buttons.watch,
    delete: t.buttons.deleteTask,
  };
  const elements: ActionsBlock['elements'] = [];
  if (task.started)
    elements.push(button(actionIds.pauseTask, t.buttons.pause, task.id, { spoken: t.aria.pause(name) }));
  else if (state !== 'finished') elements.push(startButton(card, t));
  elements.push(
    button(actionIds.openImport, t.buttons.import, task.id, {
      spoken: t.aria.import(name),
      ...(state === 'draft' && { style: 'primary' as const }),
    }),
  );
  elements.push(...extra, {
    type: 'overflow',
    action_id: actionIds.taskMenu,
    options: menuVerbs.map((verb) => option(`${verb}:${task.id}`, labels[verb])),
  });
  return actions('task', elements);
}

/** Start is highlighted only when there is something to dial. */
export function startButton(card: CardData, t: Catalogue) {
  const { id, name, progress } = card.task;
  const left = progress === null ? 0 : progress.total - progress.done;
  return button(actionIds.startTask, t.buttons.start, id, {
    spoken: t.aria.start(plainName(name)),
    ...(left > 0 && { style: 'primary' as const }),
  });
}
