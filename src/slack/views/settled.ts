import type { Button } from '@slack/types';
import type { CardData } from '../../core/model/card.ts';
import type { OpenAction, Verdict } from '../../core/model/open-action.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { actionIds } from '../ids.ts';
import { startButton } from './card.ts';
import { fitMessage, type MessageBody } from './limits.ts';
import { channelLink, date, named, plainName } from './mrkdwn.ts';
import { actions, button, context, present, section } from './parts.ts';
import { glyphs, progressText, warning } from './state.ts';

/** An action whose outcome was lost, and what the platform shows of it now. */
export interface SettledOutcome {
  kind: OpenAction['kind'];
  verdict: Verdict;
  sentAt: number;
  /** Why it took until now: the response was lost, the process died, or it took effect after something else was said. */
  because: 'lost' | 'interrupted' | 'late';
  /** The name of the task. */
  name: string;
  /** The task as it is now, where there is one. */
  card: CardData | null;
  /** create: where the task's card is posted. */
  channel: string;
  /** Value of the button that opens the form again, where that is the way on. */
  form: string | null;
  /** Value of the button that looks again, where the outcome is still not known. */
  check: string | null;
}

/** A direct message to the person who acted: what became of it, and what can be done now. */
export function settledMessage(settled: SettledOutcome, t: Catalogue): MessageBody {
  const { kind, because, sentAt } = settled;
  const text = sentenceOf(settled, t);
  const lever = leverOf(settled, t);
  const facts = [
    t.settled.actions[kind](date(sentAt, t.dates.moment)),
    t.settled.because[because],
    ...stateOf(settled, t),
  ];
  return fitMessage({
    text,
    blocks: present([
      section(text),
      lever === null ? null : actions('task', [lever]),
      context(facts.join(t.units.separator)),
    ]),
  });
}

/** The task as it is now, unless the sentence says it all. */
function stateOf({ kind, verdict, card }: SettledOutcome, t: Catalogue): string[] {
  if (card === null || verdict === 'gone' || kind === 'create' || kind === 'delete') return [];
  return [t.states[card.state], progressText(card.task.progress, t)].filter((part) => part !== null);
}

function sentenceOf({ kind, verdict, name, card, channel, because }: SettledOutcome, t: Catalogue): string {
  const task = named(name);
  const says = t.settled.sentences;
  switch (verdict) {
    case 'unsettled':
      return `${warning} ${t.units.sentences([t.unknown[kind], says.unsettled])}`;
    case 'gone':
      return `${warning} ${says.gone(task)}`;
    case 'done': {
      const where = kind === 'create' ? [t.results.cardIn(channelLink(channel, t))] : [];
      return `${glyphOf(kind, card)} ${t.units.sentences([says.done[kind](task), ...where])}`;
    }
    case 'not_done':
      if (kind === 'create' && because === 'interrupted') return `${warning} ${t.work.cutOff(task)}`;
      if (kind === 'pause' && card?.state === 'dialing') return `${warning} ${says.stillDialing(task)}`;
      return `${warning} ${says.notDone[kind](task)}`;
  }
}

function glyphOf(kind: OpenAction['kind'], card: CardData | null): string {
  if (kind === 'pause') return glyphs.paused;
  return kind === 'start' && card?.state === 'dialing' ? glyphs.dialing : glyphs.finished;
}

function leverOf({ kind, verdict, card, form, check }: SettledOutcome, t: Catalogue): Button | null {
  if (check !== null) return button(actionIds.checkOutcome, t.buttons.check, check, { style: 'primary' });
  if (form !== null) return button(actionIds.openForm, t.buttons.openForm, form, { style: 'primary' });
  if (card === null || verdict === 'gone') return null;
  const { id, name, started } = card.task;
  if (kind === 'create') return button(actionIds.openImport, t.buttons.import, id, { style: 'primary' });
  if (kind !== 'start' && kind !== 'pause') return null;
  if (!started) return kind === 'start' ? startButton(card, t) : null;
  const extra = { spoken: t.aria.pause(plainName(name)), ...(kind === 'pause' && { style: 'primary' as const }) };
  return button(actionIds.pauseTask, t.buttons.pause, id, extra);
}
