import type { ModalView } from '@slack/types';
import type { CardData } from '../../core/model/card.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { callbackIds } from '../ids.ts';
import { fitView } from './limits.ts';
import { channelLink } from './mrkdwn.ts';
import { plain, section } from './parts.ts';
import { taskEntries, taskInput } from './task-menu.ts';

export interface WatchForm {
  /** The channel that is to watch a task. */
  place: string;
  /** The tasks to choose from. */
  cards: readonly CardData[];
  /** The one that is chosen to begin with. */
  suggested: string | undefined;
  privateMetadata: string;
}

/** The form that asks which task a channel is to watch. */
export function watchHereView({ place, cards, suggested = '', privateMetadata }: WatchForm, t: Catalogue): ModalView {
  const entries = taskEntries(cards, t);
  const isEmpty = entries.length === 0;
  return fitView({
    type: 'modal',
    callback_id: callbackIds.watchTask,
    title: plain(t.titles.watch),
    close: plain(isEmpty ? t.buttons.close : t.buttons.cancel),
    ...(!isEmpty && { submit: plain(t.buttons.watch) }),
    private_metadata: privateMetadata,
    blocks: isEmpty
      ? [section(t.panel.none)]
      : [section(t.watch.chooseFor(channelLink(place, t))), taskInput(entries, suggested, t)],
  });
}
