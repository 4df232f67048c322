import type { ModalView } from '@slack/types';
import type { Preflight } from '../../core/tasks/preflight.ts';
import type { CardData } from '../../core/watch/card.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { askStartMessage, startedMessage } from './answers.ts';
import { fitView } from './limits.ts';

const plain = (text: string) => ({ type: 'plain_text', text }) as const;

/** What stands against starting a task, inside the modal in which *Start* was pressed. */
export function askStartView(p: {
  t: Catalogue;
  card: CardData;
  preflight: Preflight;
  privateMetadata: string;
}): ModalView {
  return fitView({
    type: 'modal',
    title: plain(p.t.titles.start),
    close: plain(p.t.buttons.close),
    private_metadata: p.privateMetadata,
    blocks: askStartMessage(p).blocks,
  });
}

/** A task was started from a modal. */
export function startedView(p: { t: Catalogue; card: CardData }): ModalView {
  return fitView({
    type: 'modal',
    title: plain(p.t.titles.start),
    close: plain(p.t.buttons.done),
    blocks: startedMessage(p).blocks,
  });
}
