import type { Button, KnownBlock, ModalView } from '@slack/types';
import type { CardData } from '../../core/model/card.ts';
import type { Task } from '../../core/model/task.ts';
import { leftOf, type Preflight, type PreflightCode } from '../../core/tasks/preflight.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { actionIds, alertId } from '../ids.ts';
import { textMessage } from './answers.ts';
import { lineText, scriptText } from './card.ts';
import { fitMessage, type MessageBody } from './limits.ts';
import { messageView } from './message-view.ts';
import { date, day, named, plainName } from './mrkdwn.ts';
import { actions, button, context, facts, present, section } from './parts.ts';
import { glyphs, progressText, refusal, warning } from './state.ts';

export interface AskedStart {
  card: CardData;
  preflight: Preflight;
  /** What the gate of starts says as this is asked (`StartGate`); absent where it is not asked but refused. */
  asOf?: number;
}

/** What Start is about to do and what speaks against it: red refuses, amber asks, green only confirms. */
export function askStartMessage({ card, preflight, asOf = 0 }: AskedStart, t: Catalogue): MessageBody {
  const { task } = card;
  const name = named(task.name);
  const refused = preflight.level === 'red';
  const headline = refused
    ? `${refusal} ${t.preflight.refused(name)}`
    : `${glyphs.dialing} ${t.preflight.heading(name)}`;
  const items = preflight.items.map(
    ({ level, code: item }) => `${level === 'red' ? refusal : warning} ${itemText(item, card, t)}`,
  );
  const left = leftOf(task);
  const label = labelOf(preflight, left, t);
  // What is agreed to: should there be more numbers by then, or another emergency stop, it is asked again.
  const value = `${task.id}:${left ?? ''}:${asOf}`;
  return fitMessage({
    text: [headline, ...items].join('\n'),
    blocks: present([
      section(headline),
      refused ? null : aboutToDo(card, t),
      items.length > 0 ? section(items.join('\n')) : null,
      ...nextSteps([
        ...(refused ? [] : [button(actionIds.startAnyway, label, value, { style: 'primary' })]),
        ...repairsOf(preflight, card, t),
      ]),
    ]),
  });
}

const nextSteps = (buttons: Button[]): KnownBlock[] => (buttons.length === 0 ? [] : [actions('start', buttons)]);

type Repair = 'import' | 'show' | 'line' | 'edit';

/** What helps against an item; some of them only the platform's console can change. */
const repairs: Partial<Record<PreflightCode, Repair>> = {
  already_started: 'show',
  no_numbers: 'import',
  nothing_left: 'import',
  script_deleted: 'edit',
  line_gone: 'line',
  line_expired: 'line',
  rule_off: 'edit',
  group_unusable: 'edit',
};

/** One button for each way on. */
function repairsOf({ items }: Preflight, { task }: CardData, t: Catalogue): Button[] {
  const ways = new Set(items.flatMap(({ code }) => repairs[code] ?? []));
  return [...ways].map((way, index) => repairButton(way, index, task, t));
}

function repairButton(way: Repair, index: number, { id, name }: Task, t: Catalogue): Button {
  const spoken = plainName(name);
  switch (way) {
    case 'import':
      return button(actionIds.openImport, t.buttons.import, id, { spoken: t.aria.import(spoken) });
    case 'show':
      return button(actionIds.showTask, t.buttons.show, id, { spoken: t.aria.show(spoken) });
    case 'line':
      return button(alertId('line', index), t.buttons.chooseLine, `line:${id}`);
    case 'edit':
      return button(alertId('edit', index), t.buttons.edit, `edit:${id}`);
  }
}

/** "Anyway" is said against a warning; a mere number is agreed to. */
function labelOf({ items }: Preflight, left: number | null, t: Catalogue): string {
  if (items.some(({ code }) => code !== 'many_numbers')) return t.buttons.startAnyway;
  return items.length > 0 && left !== null ? t.buttons.startCalls(left) : t.buttons.start;
}

/** Somebody else acts on the task, or has just paused it: the button shows it, or starts it again. */
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

function aboutToDo(card: CardData, t: Catalogue): KnownBlock {
  const { task } = card;
  const left = leftOf(task);
  return facts([
    [t.preflight.left, left === null ? t.preflight.leftUnknown : t.units.number(left)],
    [t.card.concurrency, t.units.calls(task.concurrency)],
    [t.card.line, lineText(task.line, card.updatedAt, t)],
    [t.card.script, scriptText(task.script, t)],
    [t.card.quietHours, named(task.quietHours.name ?? task.quietHours.id)],
  ]);
}

function itemText(item: PreflightCode, { task }: CardData, t: Catalogue): string {
  const quoted = (thing: { id: string; name: string | null }) => t.units.quote(named(thing.name ?? thing.id));
  switch (item) {
    case 'no_numbers':
    case 'already_started':
      return t.preflight[item]();
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
    case 'rule_off':
      return t.preflight.rule_off(quoted(task.redialRule));
    case 'many_numbers':
      return t.preflight.many_numbers(t.units.numbers(leftOf(task) ?? 0));
    case 'group_unusable':
      return t.preflight.group_unusable(task.agentGroup === null ? '' : quoted(task.agentGroup));
  }
}
