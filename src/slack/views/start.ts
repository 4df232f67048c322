import type { Button, KnownBlock, ModalView } from '@slack/types';
import type { CardData } from '../../core/model/card.ts';
import type { Choices } from '../../core/tasks/choices.ts';
import type { Estimate } from '../../core/tasks/estimate.ts';
import { leftOf, type Preflight, type PreflightCode } from '../../core/tasks/preflight.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { actionIds } from '../ids.ts';
import { textMessage } from './answers.ts';
import { lineText, scriptText } from './card.ts';
import { fitMessage, type MessageBody } from './limits.ts';
import { messageView } from './message-view.ts';
import { date, day, named } from './mrkdwn.ts';
import { actions, button, context, facts, present, section } from './parts.ts';
import { type RepairMenu, repairButtons, repairMenus } from './start-repairs.ts';
import { glyphs, progressText, refusal, warning } from './state.ts';

export interface AskedStart {
  card: CardData;
  preflight: Preflight;
  /** What the gate of starts says as this is asked (`StartGate`); absent where it is not asked but refused. */
  asOf?: number;
  /** How long it would dial; absent or null where nothing is known of that. */
  estimate?: Estimate | null;
  /** What a repair can choose from; absent or null where that is not at hand. */
  choices?: Choices | null;
}

/** What Start is about to do and what speaks against it, with its repair: red refuses, amber asks, green only confirms. */
export function askStartMessage(asked: AskedStart, t: Catalogue): MessageBody {
  const { card, preflight, asOf = 0, estimate = null, choices = null } = asked;
  const { task } = card;
  const name = named(task.name);
  const refused = preflight.level === 'red';
  const headline = refused
    ? `${refusal} ${t.preflight.refused(name)}`
    : `${glyphs.dialing} ${t.preflight.heading(name)}`;
  const repairable = { task, preflight, choices };
  const menus = repairMenus(repairable, t);
  const items = preflight.items.map((item) => ({ code: item.code, text: findingText(item, { card, preflight }, t) }));
  const left = leftOf(task);
  const label = labelOf(preflight, left, t);
  // What is agreed to: should there be more numbers by then, a warning that is not among these, or another emergency stop,
  // it is asked again.
  const value = `${task.id}:${left ?? ''}:${asOf}:${items.map(({ code }) => code).join(',')}`;
  return fitMessage({
    text: [headline, ...items.map(({ text }) => text)].join('\n'),
    blocks: present([
      section(headline),
      refused ? null : aboutToDo(card, estimate, t),
      ...items.flatMap(({ code, text }) => findingBlocks(text, menus.get(code), t)),
      ...nextSteps([
        ...(refused ? [] : [button(actionIds.startAnyway, label, value, { style: 'primary' })]),
        ...repairButtons(repairable, t),
      ]),
    ]),
  });
}

const nextSteps = (buttons: Button[]): KnownBlock[] => (buttons.length === 0 ? [] : [actions('start', buttons)]);

/** A finding, and beside it the menu that repairs it. */
function findingBlocks(text: string, repair: RepairMenu | undefined, t: Catalogue): KnownBlock[] {
  if (repair === undefined) return [section(text)];
  if (repair.menu !== null) return [{ ...section(text, repair.menu), block_id: repair.blockId }];
  return [section(repair.none === null ? text : t.units.sentences([text, repair.none]))];
}

/** A task, or one that is yet to be created, and what was found of it. */
interface Judged {
  card: Pick<CardData, 'task'>;
  preflight: Preflight;
}

/** A finding in words, with the sign of how severe it is; mrkdwn. */
export function findingText({ level, code }: Preflight['items'][number], about: Judged, t: Catalogue): string {
  return `${level === 'red' ? refusal : warning} ${itemText(code, about, t)}`;
}

/** "Anyway" is said against a warning; a mere number is agreed to. */
function labelOf({ items }: Preflight, left: number | null, t: Catalogue): string {
  if (items.some(({ code }) => code !== 'many_numbers')) return t.buttons.startAnyway;
  return items.length > 0 && left !== null ? t.buttons.startCalls(left) : t.buttons.start;
}

/** Someone else acts on the task, or has just paused it: the button shows it, or starts it again. */
export function heldMessage(
  { kind, taskId, text }: { kind: 'busy' | 'overtaken'; taskId: string; text: string },
  t: Catalogue,
): MessageBody {
  const way =
    kind === 'busy'
      ? button(actionIds.showTask, t.buttons.show, taskId)
      : button(actionIds.startTask, t.buttons.start, taskId);
  return fitMessage({ text, blocks: [section(text), actions('start', [way])] });
}

export function startedMessage(card: CardData, t: Catalogue): MessageBody {
  const { task } = card;
  const left = leftOf(task);
  return textMessage(
    `${glyphs.dialing} ${t.units.sentences([
      t.answers.started(named(task.name)),
      ...(left === null ? [] : [t.answers.startedLeft(t.units.numbers(left))]),
      t.answers.quietHours(t.units.quote(named(task.quietHours.name ?? task.quietHours.id))),
    ])}`,
  );
}

export function pausedMessage(card: CardData, t: Catalogue): MessageBody {
  const progress = progressText(card.task.progress, t);
  const text = `${glyphs.paused} ${t.answers.paused(named(card.task.name))}`;
  return fitMessage({ text, blocks: present([section(text), progress === null ? null : context(progress)]) });
}

/** The same inside the modal in which it was requested. */
export function startedView(card: CardData, t: Catalogue): ModalView {
  return messageView({ title: t.titles.start, blocks: startedMessage(card, t).blocks }, t);
}

export function pausedView(card: CardData, t: Catalogue): ModalView {
  return messageView({ title: t.states.paused, blocks: pausedMessage(card, t).blocks }, t);
}

export function aboutToDo(
  card: Pick<CardData, 'task' | 'updatedAt'>,
  estimate: Estimate | null,
  t: Catalogue,
): KnownBlock {
  const { task } = card;
  const left = leftOf(task);
  return facts([
    [t.preflight.left, left === null ? t.preflight.leftUnknown : t.units.number(left)],
    [t.card.concurrency, t.units.calls(task.concurrency)],
    [t.card.line, lineText(task.line, card.updatedAt, t)],
    [t.card.script, scriptText(task.script, t)],
    [t.card.quietHours, named(task.quietHours.name ?? task.quietHours.id)],
    ...(estimate === null ? [] : [[t.estimate.duration, estimateText(estimate, t)] as const]),
  ]);
}

/** Always with what it is taken from. */
function estimateText({ ms, perMinute, from }: Estimate, t: Catalogue): string {
  const rate = Math.round(perMinute * 10) / 10;
  const source = from === 'task' ? t.estimate.ownPace(rate) : t.estimate.paceOfOthers(rate, from.tasks);
  return `${t.estimate.about(t.units.duration(roundedMs(ms)))}\n${source}`;
}

/** To what an estimate is good for: a twentieth, and whole minutes. */
function roundedMs(ms: number): number {
  const minutes = ms / 60_000;
  const step = [60, 30, 10, 5].find((size) => minutes >= size * 20) ?? 1;
  return Math.max(1, Math.round(minutes / step) * step) * 60_000;
}

/** What an item of the preflight says of a task; mrkdwn. */
export function itemText(
  item: PreflightCode,
  { card: { task }, preflight: { room } }: { card: Pick<CardData, 'task'>; preflight: Pick<Preflight, 'room'> },
  t: Catalogue,
): string {
  const quoted = (thing: { id: string; name: string | null }) => t.units.quote(named(thing.name ?? thing.id));
  switch (item) {
    case 'no_numbers':
      return t.preflight.no_numbers();
    case 'already_started': {
      const { progress } = task;
      if (progress === null || progress.done < progress.total) return t.preflight.already_started();
      return progress.total === 0
        ? t.preflight.onWithoutNumbers
        : t.preflight.onAndDone(t.units.number(progress.total));
    }
    case 'nothing_left':
      return t.preflight.nothing_left(t.units.number(task.progress?.total ?? 0));
    case 'script_deleted':
    case 'script_debug':
      return t.preflight[item](quoted(task.script));
    case 'line_gone':
      return t.preflight.line_gone(quoted(task.line));
    case 'line_expired': {
      const { expiresAt } = task.line;
      return t.preflight.line_expired(
        quoted(task.line),
        expiresAt === null ? '' : date(expiresAt, t.dates.day, day(expiresAt)),
      );
    }
    case 'line_full':
      return t.preflight.line_full(quoted(task.line), room === null || room === 0 ? '' : t.units.calls(room));
    case 'rule_off':
      return t.preflight.rule_off(quoted(task.redialRule));
    case 'many_numbers':
      return t.preflight.many_numbers(t.units.numbers(leftOf(task) ?? 0));
    case 'group_unusable':
      return t.preflight.group_unusable(task.agentGroup === null ? '' : quoted(task.agentGroup));
  }
}
