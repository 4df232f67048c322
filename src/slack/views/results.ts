import type { ModalView } from '@slack/types';
import type { CardData } from '../../core/model/card.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { startButton } from './card.ts';
import { fitView } from './limits.ts';
import { channelLink, named, plainName } from './mrkdwn.ts';
import { actions, button, context, plain, section } from './parts.ts';
import { glyphs, progressText, warning } from './state.ts';

/** The task exists. `already`: an earlier submission of the same form had created it. */
export function createdView({
  t,
  card,
  channel,
  already,
}: {
  t: Catalogue;
  card: CardData;
  channel: string;
  already: boolean;
}): ModalView {
  const { task } = card;
  const name = named(task.name);
  const said = already ? t.results.createdBefore(name) : t.results.created(name);
  return fitView({
    type: 'modal',
    title: plain(t.titles.created),
    close: plain(t.buttons.done),
    blocks: [
      section(`${glyphs.finished} ${t.units.sentences([said, t.results.next])}`),
      context(t.results.cardIn(channelLink(t, channel))),
      actions('task', [
        button('task_import', t.buttons.import, task.id, { style: 'primary' }),
        button('task_start', t.buttons.start, task.id),
      ]),
    ],
  });
}

export function savedView({ t, card }: { t: Catalogue; card: CardData }): ModalView {
  const progress = progressText(t, card.task.progress);
  return fitView({
    type: 'modal',
    title: plain(t.titles.saved),
    close: plain(t.buttons.done),
    blocks: [
      section(`${glyphs.finished} ${t.results.saved(named(card.task.name))}`),
      context([t.states[card.state], progress].filter((part) => part !== null).join(t.units.separator)),
      ...(card.task.started || card.state === 'gone' ? [] : [actions('task', [startButton(t, card)])]),
    ],
  });
}

export function deletedView({ t, name }: { t: Catalogue; name: string }): ModalView {
  return fitView({
    type: 'modal',
    title: plain(t.titles.deleted),
    close: plain(t.buttons.done),
    blocks: [section(`${glyphs.finished} ${t.results.deleted(named(name))}`)],
  });
}

/**
 * Neither the answer nor reading back settled what happened. `text` is the reason: mrkdwn, ready made; `checkValue`
 * tells the button what to look for.
 */
export function unknownView({
  t,
  kind,
  text,
  checkValue,
}: {
  t: Catalogue;
  kind: 'create' | 'save' | 'delete' | 'start' | 'pause' | 'import';
  text: string;
  checkValue: string;
}): ModalView {
  return fitView({
    type: 'modal',
    title: plain(t.titles.unknown),
    close: plain(t.buttons.close),
    blocks: [
      section(`${warning} *${t.unknown[kind]}*${text.trim() === '' ? '' : `\n${text}`}`),
      context(t.unknown.nothingResent),
      actions('outcome', [button('outcome_check', t.buttons.check, checkValue, { style: 'primary' })]),
    ],
  });
}

/** What was asked for did not happen, as a reading shows: said so, with the button that asks for it again. */
export function notDoneView({ t, kind, card }: { t: Catalogue; kind: 'start' | 'pause'; card: CardData }): ModalView {
  const { id, name } = card.task;
  const text = kind === 'start' ? t.unknown.notStarted(named(name)) : t.unknown.notPaused(named(name));
  const again =
    kind === 'start'
      ? startButton(t, card)
      : button('task_pause', t.buttons.pause, id, { style: 'primary', spoken: t.aria.pause(plainName(name)) });
  return fitView({
    type: 'modal',
    title: plain(t.titles.problem),
    close: plain(t.buttons.close),
    blocks: [section(`${warning} ${text}`), actions('task', [again])],
  });
}
