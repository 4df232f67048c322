import type { ModalView } from '@slack/types';
import type { CardData } from '../../core/model/card.ts';
import type { Preflight } from '../../core/tasks/preflight.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { askStartMessage, startedMessage } from './answers.ts';
import { messageView } from './message-view.ts';

/** What stands against starting a task, inside the modal in which *Start* was pressed. */
export function askStartView(asked: { t: Catalogue; card: CardData; preflight: Preflight }): ModalView {
  return messageView({ t: asked.t, title: asked.t.titles.start, blocks: askStartMessage(asked).blocks });
}

/** A task was started from a modal. */
export function startedView(started: { t: Catalogue; card: CardData }): ModalView {
  return messageView({ t: started.t, title: started.t.titles.start, blocks: startedMessage(started).blocks });
}
