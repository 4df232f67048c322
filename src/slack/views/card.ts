import type { Button, Overflow } from '@slack/types';
import { type CardData, nearMs } from '../../core/model/card.ts';
import { expiringMs, type Task } from '../../core/model/task.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { actionIds, type MenuVerb, menuVerbs } from '../ids.ts';
import { writeJson } from './json-value.ts';
import { fitMessage, type MessageBody } from './limits.ts';
import { date, day, type Names, named, personName, plainName } from './mrkdwn.ts';
import { actions, button, context, option, present, section } from './parts.ts';
import { bar, evidenceText, glyphs, progressText, warning } from './state.ts';

/** How long the bar is: on a phone it shares its line with the figures. */
const cells = 6;

/** The longest name of a line, a script or a group on a card, where they share one line of text. */
const factLength = 20;

/** What a card says besides the state of its task. */
export interface CardContext {
  /** What the people are called who acted on the task; one without a name is mentioned. */
  names?: Names;
  /** What someone has just pressed, while it is carried out. */
  working?: 'start' | 'pause' | undefined;
}

/** The live card of a task. */
export function cardMessage(
  card: CardData,
  t: Catalogue,
  { names = nameless, working }: CardContext = {},
): MessageBody {
  return drawn(card, { names, working, extra: [] }, t);
}

/** The card shown to one person only, with a button to post it for everyone. */
export function ownCardMessage(card: CardData, t: Catalogue, names: Names = nameless): MessageBody {
  return drawn(card, { names, extra: [button(actionIds.postCard, t.buttons.postHere, card.task.id)] }, t);
}

const nameless: Names = new Map();

/** The people whom a card names. */
export function peopleOf({ acts }: CardData): string[] {
  return acts.map(({ person }) => person);
}

interface Drawing extends Required<Pick<CardContext, 'names'>>, Pick<CardContext, 'working'> {
  extra: readonly Button[];
}

/**
 * Four lines and no row of buttons: what is to be pressed stands beside the text. Pause is in the upper place and Start
 * in the lower one, so that a second press at the same place never undoes the first; the menu takes the place that is
 * left.
 */
function drawn(card: CardData, { names, working, extra }: Drawing, t: Catalogue): MessageBody {
  const text = summaryOf(card, t);
  const acts = actsOf(card, names, t);
  if (card.state === 'gone') {
    return fitMessage({ text, blocks: [section(headOf(card, t)), context(joined([...acts, t.card.gone], t))] });
  }
  const [upper, lower] = leversOf(card, t);
  const facts = factsOf(card, t);
  // Where much is to be said of the state, it takes the line of the facts, and they that of the acts but for the last.
  const explained = working === undefined && isExplained(card);
  const [middle, foot] = explained
    ? [[opening(evidenceOf(card, t))], [...facts.main, ...acts.slice(0, 1)]]
    : [[...facts.main, ...facts.rest], acts];
  return fitMessage({
    text,
    blocks: present([
      { ...section(headOf(card, t, working), upper), block_id: 'task' },
      { ...section(joined(middle, t), lower), block_id: 'facts' },
      foot.length === 0 ? null : context(joined(foot, t)),
      extra.length === 0 ? null : actions('card', [...extra]),
    ]),
  });
}

const joined = (parts: readonly (string | null)[], t: Catalogue): string =>
  parts.filter((part) => part !== null && part !== '').join(t.units.separator);

/** A clause that begins a line. */
const opening = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Whether the evidence takes more than a few words, and is not overtaken by a warning. */
function isExplained({ evidence, staleSince }: CardData): boolean {
  if (staleSince !== null) return false;
  return (
    ['stalled', 'may_redial'].includes(evidence.kind) || (evidence.kind === 'all_dialed' && evidence.unsure !== null)
  );
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
export function scriptText(script: Task['script'], t: Catalogue, maxLength?: number): string {
  const name = named(script.name ?? script.id, maxLength);
  if (script.deleted) return name + t.units.separator + t.choices.scriptDeleted;
  return script.debug ? name + t.units.separator + t.choices.scriptDebug : name;
}

const expiresSoon = ({ expiresAt }: Task['line'], now: number): boolean =>
  expiresAt !== null && expiresAt <= now + expiringMs;

/** The line's name, with a warning when it ends soon or has ended. mrkdwn. */
export function lineText(line: Task['line'], now: number, t: Catalogue, maxLength?: number): string {
  const name = named(line.name ?? line.id, maxLength);
  if (line.expiresAt === null || !expiresSoon(line, now)) return name;
  const note =
    line.expiresAt <= now
      ? t.choices.lineExpired
      : t.choices.lineExpires(date(line.expiresAt, t.dates.day, day(line.expiresAt)));
  return name + t.units.separator + note;
}

/** Name, state and how it is known; beneath it the figures. While it is out of date or acted on, that is said instead. */
function headOf(card: CardData, t: Catalogue, working?: CardContext['working']): string {
  const { task, state, staleSince, updatedAt } = card;
  const name = `${glyphs[state]} *${named(task.name)}*`;
  const said = `*${t.states[state]}*`;
  const figures = progressLine(card, t);
  if (working !== undefined) {
    const work = `⏳ ${t.waiting[working === 'start' ? 'starting' : 'pausing']}`;
    return lines(joined([name, work], t), figures);
  }
  if (staleSince !== null) {
    const warned = `${warning} ${t.card.stale(moment(staleSince, updatedAt, t))}`;
    return lines(warned, joined([name, said, figures], t));
  }
  const evidence = isExplained(card) ? null : (firstSeenText(card, t) ?? evidenceOf(card, t));
  return lines(joined([name, said, evidence], t), joined([figures, ...paceOf(card, t)], t));
}

const lines = (...texts: string[]): string => texts.filter((text) => text !== '').join('\n');

/** A time; with its day when that is not near. */
function moment(at: number, now: number, t: Catalogue): string {
  return date(at, Math.abs(now - at) < nearMs ? t.dates.time : t.dates.moment);
}

function paceOf({ ratePerMinute, endsAt, state, updatedAt }: CardData, t: Catalogue): (string | null)[] {
  if (state !== 'dialing') return [];
  return [
    ratePerMinute === null ? null : t.card.rate(ratePerMinute),
    endsAt === null ? null : t.card.endsAt(moment(endsAt, updatedAt, t)),
  ];
}

const evidenceOf = ({ evidence, updatedAt }: CardData, t: Catalogue): string =>
  evidenceText(evidence, t, (at) => moment(at, updatedAt, t));

/** What is said of a campaign that was under way when first seen: its pace is of what was seen. */
function firstSeenText({ firstSeen, evidence, updatedAt, task: { progress } }: CardData, t: Catalogue): string | null {
  if (firstSeen === null || firstSeen.dialed === 0 || progress === null || evidence.kind !== 'moved') return null;
  return t.card.firstSeen(firstSeen.dialed, moment(firstSeen.at, updatedAt, t));
}

function progressLine(card: CardData, t: Catalogue): string {
  const { progress } = card.task;
  if (progress === null) return card.evidence.kind === 'no_progress_source' ? '' : t.card.noProgress;
  const text = progressText(progress, t);
  if (text === null) return card.evidence.kind === 'no_numbers' ? '' : t.card.noNumbers;
  return `${bar(progress.done, progress.total, cells)} ${text}`;
}

/** What does not change while it dials. What is wrong with the line or the script takes the place of the rest. */
function factsOf({ task, updatedAt }: CardData, t: Catalogue): { main: string[]; rest: string[] } {
  const { line, script, quietHours, concurrency } = task;
  const main = [lineText(line, updatedAt, t, factLength), scriptText(script, t, factLength)];
  const rest = [t.card.quiet(named(quietHours.name ?? quietHours.id, factLength)), t.card.atOnce(concurrency)];
  const isWarned = script.debug || script.deleted || expiresSoon(line, updatedAt);
  return { main, rest: isWarned ? [] : rest };
}

/** The last acts, the newest first: who did what, and when. */
function actsOf({ acts, updatedAt }: CardData, names: Names, t: Catalogue): string[] {
  return [...acts]
    .reverse()
    .map(({ person, action, at, count }) =>
      t.actions[action](personName(person, names), moment(at, updatedAt, t), count),
    );
}

type Lever = Button | Overflow;

/** What is beside the first text, and beside the second. */
function leversOf(card: CardData, t: Catalogue): [upper: Lever, lower: Lever] {
  const { id, name, started, progress } = card.task;
  const spoken = plainName(name);
  if (started) {
    return [button(actionIds.pauseTask, t.buttons.pause, id, { spoken: t.aria.pause(spoken) }), menuOf(card, t)];
  }
  // After its end the next one is a copy, with the day in its name; more numbers for this one are in the menu.
  if (card.state === 'finished') return [menuOf(card, t), cloneButton(card, t)];
  // Numbers first: without any, there is nothing to start.
  if (card.state === 'draft' || progress?.total === 0) {
    const style = card.state === 'draft' ? { style: 'primary' as const } : {};
    const label = t.aria.import(spoken);
    return [menuOf(card, t), button(actionIds.openImport, t.buttons.importShort, id, { spoken: label, ...style })];
  }
  return [menuOf(card, t), startButton(card, t)];
}

function menuOf({ task }: CardData, t: Catalogue): Overflow {
  const labels: Record<MenuVerb, string> = {
    import: t.buttons.import,
    edit: t.buttons.edit,
    clone: t.buttons.clone,
    list: t.buttons.allTasks,
    delete: t.buttons.deleteTask,
  };
  return {
    type: 'overflow',
    action_id: actionIds.taskMenu,
    options: menuVerbs.map((verb) => option(`${verb}:${task.id}`, labels[verb])),
  };
}

function cloneButton({ task: { id, name } }: CardData, t: Catalogue): Button {
  const value = writeJson({ form: 'new', from: id });
  return button(actionIds.openForm, t.buttons.clone, value, { spoken: t.aria.clone(plainName(name)) });
}

/** Start is highlighted only when there is something to dial. */
export function startButton(card: CardData, t: Catalogue): Button {
  const { id, name, progress } = card.task;
  const left = progress === null ? 0 : progress.total - progress.done;
  return button(actionIds.startTask, t.buttons.start, id, {
    spoken: t.aria.start(plainName(name)),
    ...(left > 0 && { style: 'primary' as const }),
  });
}
