import type { ModalView } from '@slack/types';
import type { CardData } from '../../core/model/card.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { actionIds } from '../ids.ts';
import { startButton } from './card.ts';
import { fitView } from './limits.ts';
import { channelLink, named, plainName } from './mrkdwn.ts';
import { actions, button, context, plain, section } from './parts.ts';
import { glyphs, progressText, warning } from './state.ts';

export interface CreatedTask {
  card: CardData;
  /** Where the task's card is posted. */
  channel: string;
  /** An earlier submission of the same form had created it. */
  already: boolean;
}

/** The task exists. */
export function createdView({ card, channel, already }: CreatedTask, t: Catalogue): ModalView {
  const { task } = card;
  const name = named(task.name);
  const said = already ? t.results.createdBefore(name) : t.results.created(name);
  return fitView({
    type: 'modal',
    title: plain(t.titles.created),
    close: plain(t.buttons.done),
    blocks: [
      section(`${glyphs.finished} ${t.units.sentences([said, t.results.next])}`),
      context(t.results.cardIn(channelLink(channel, t))),
      actions('task', [
        button(actionIds.openImport, t.buttons.import, task.id, { style: 'primary' }),
        button(actionIds.startTask, t.buttons.start, task.id),
      ]),
    ],
  });
}

export function savedView(card: CardData, t: Catalogue): ModalView {
  const progress = progressText(card.task.progress, t);
  return fitView({
    type: 'modal',
    title: plain(t.titles.saved),
    close: plain(t.buttons.done),
    blocks: [
      section(`${glyphs.finished} ${t.results.saved(named(card.task.name))}`),
      context([t.states[card.state], progress].filter((part) => part !== null).join(t.units.separator)),
      ...(card.task.started || card.state === 'gone' ? [] : [actions('task', [startButton(card, t)])]),
    ],
  });
}

export function deletedView(name: string, t: Catalogue): ModalView {
  return fitView({
    type: 'modal',
    title: plain(t.titles.deleted),
    close: plain(t.buttons.done),
    blocks: [section(`${glyphs.finished} ${t.results.deleted(named(name))}`)],
  });
}

export interface UnknownOutcome {
  kind: 'create' | 'save' | 'delete' | 'start' | 'pause';
  /** The reason: mrkdwn, already escaped. */
  text: string;
  /** What the button must look for. */
  checkValue: string;
}

/** Neither the response nor reading back settled what happened. */
export function unknownView({ kind, text, checkValue }: UnknownOutcome, t: Catalogue): ModalView {
  return fitView({
    type: 'modal',
    title: plain(t.titles.unknown),
    close: plain(t.buttons.close),
    blocks: [
      section(`${warning} *${t.unknown[kind]}*${text.trim() === '' ? '' : `\n${text}`}`),
      context(t.unknown.nothingResent),
      actions('outcome', [button(actionIds.checkOutcome, t.buttons.check, checkValue, { style: 'primary' })]),
    ],
  });
}

/**
 * A task that is still on was not paused, one that is still off was not started: says so, with a button to try again.
 */
export function notDoneView(card: CardData, t: Catalogue): ModalView {
  const { id, name, started } = card.task;
  const text = started ? t.unknown.notPaused(named(name)) : t.unknown.notStarted(named(name));
  const again = started
    ? button(actionIds.pauseTask, t.buttons.pause, id, { style: 'primary', spoken: t.aria.pause(plainName(name)) })
    : startButton(card, t);
  return fitView({
    type: 'modal',
    title: plain(t.titles.problem),
    close: plain(t.buttons.close),
    blocks: [section(`${warning} ${text}`), actions('task', [again])],
  });
}
