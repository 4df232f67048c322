import type { ActionsBlock, KnownBlock } from '@slack/types';
import type { CardData } from '../../core/model/card.ts';
import type { Task } from '../../core/model/task.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { fitMessage, type MessageBody } from './limits.ts';
import { date, day, named, person, plainName } from './mrkdwn.ts';
import { actions, button, context, markup, option, present, section } from './parts.ts';
import { bar, evidenceText, glyphs, progressText, warning } from './state.ts';

/** A line that ends within this time is pointed out. */
const expiryNotice = 7 * 24 * 60 * 60 * 1000;

/** The living card of a task. `own`: shown to one person only, who may post it for all. */
export function cardMessage({ t, card, own = false }: { t: Catalogue; card: CardData; own?: boolean }): MessageBody {
  return fitMessage({
    text: summaryOf(t, card),
    blocks: present([
      card.staleSince === null ? null : context(`${warning} ${t.card.stale(date(card.staleSince, t.dates.moment))}`),
      section(headOf(t, card)),
      card.state === 'gone' ? null : fieldsOf(t, card),
      context(footOf(t, card)),
      card.state === 'gone' ? null : buttonsOf(t, card, own),
    ]),
  });
}

/** One line without blocks: for notifications, screen readers and list rows. mrkdwn. */
export function summaryOf(t: Catalogue, card: CardData): string {
  return `${glyphs[card.state]} ${t.card.summary(
    named(card.task.name),
    t.states[card.state],
    progressText(t, card.task.progress) ?? '',
  )}`;
}

/** The script's name with what one must know of it; mrkdwn. */
export function scriptText(t: Catalogue, script: Task['script']): string {
  const name = named(script.name ?? script.id);
  if (script.deleted) return name + t.units.separator + t.choices.scriptDeleted;
  return script.debug ? name + t.units.separator + t.choices.scriptDebug : name;
}

/** The line's name, with a warning when it ends soon or has ended. mrkdwn. */
export function lineText(t: Catalogue, line: Task['line'], now: number): string {
  const name = named(line.name ?? line.id);
  if (line.expiresAt === null || line.expiresAt > now + expiryNotice) return name;
  const note =
    line.expiresAt <= now
      ? t.choices.lineExpired
      : t.choices.lineExpires(date(line.expiresAt, t.dates.day, day(line.expiresAt)));
  return name + t.units.separator + note;
}

function headOf(t: Catalogue, card: CardData): string {
  const { task, state } = card;
  const pace = [
    card.ratePerMinute === null || state !== 'dialing' ? null : t.card.rate(card.ratePerMinute),
    card.endsAt === null || state !== 'dialing' ? null : t.card.endsAt(date(card.endsAt, t.dates.moment)),
  ].filter((part) => part !== null);
  return [
    `${glyphs[state]} *${named(task.name, 150)}*`,
    `*${t.states[state]}*${t.units.separator}${evidenceText(t, card.evidence)}`,
    progressLine(t, card),
    pace.join(t.units.separator),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function progressLine(t: Catalogue, card: CardData): string {
  const { progress } = card.task;
  if (progress === null) return card.evidence.kind === 'no_progress_source' ? '' : t.card.noProgress;
  const text = progressText(t, progress);
  if (text === null) return card.evidence.kind === 'no_numbers' ? '' : t.card.noNumbers;
  return `${bar(progress.done, progress.total)} ${text}`;
}

function fieldsOf(t: Catalogue, card: CardData): KnownBlock {
  const { task } = card;
  const field = (label: string, value: string) => markup(`*${label}*\n${value}`);
  return {
    type: 'section',
    fields: [
      field(t.card.line, lineText(t, task.line, card.updatedAt)),
      field(t.card.script, scriptText(t, task.script)),
      field(t.card.quietHours, named(task.quietHours.name ?? task.quietHours.id)),
      field(t.card.concurrency, t.units.calls(task.concurrency)),
    ],
  };
}

function footOf(t: Catalogue, card: CardData): string {
  const { actor } = card;
  return [
    card.state === 'gone' ? t.card.gone : null,
    actor === null ? null : t.actions[actor.action](person(actor.person), date(actor.at, t.dates.moment)),
    t.card.updated(date(card.updatedAt, t.dates.time)),
  ]
    .filter((part) => part !== null)
    .join(t.units.separator);
}

/** Only the buttons that apply: what is on can be paused, what is off can be started unless nothing is left to dial. */
function buttonsOf(t: Catalogue, card: CardData, own: boolean): ActionsBlock {
  const { task, state } = card;
  const name = plainName(task.name);
  const elements: ActionsBlock['elements'] = [];
  if (task.started) elements.push(button('task_pause', t.buttons.pause, task.id, { spoken: t.aria.pause(name) }));
  else if (state !== 'finished') elements.push(startButton(t, card));
  elements.push(
    button('task_import', t.buttons.import, task.id, {
      spoken: t.aria.import(name),
      ...(state === 'draft' && { style: 'primary' as const }),
    }),
  );
  if (own) elements.push(button('card_post', t.buttons.postHere, task.id));
  elements.push({
    type: 'overflow',
    action_id: 'task_more',
    options: (
      [
        ['edit', t.buttons.edit],
        ['clone', t.buttons.clone],
        ['watch', t.buttons.watch],
        ['delete', t.buttons.deleteTask],
      ] as const
    ).map(([verb, label]) => option(`${verb}:${task.id}`, label)),
  });
  return actions('task', elements);
}

/** Start stands out only when there is something to dial. */
export function startButton(t: Catalogue, card: CardData) {
  const { id, name, progress } = card.task;
  const left = progress === null ? 0 : progress.total - progress.done;
  return button('task_start', t.buttons.start, id, {
    spoken: t.aria.start(plainName(name)),
    ...(left > 0 && { style: 'primary' as const }),
  });
}
