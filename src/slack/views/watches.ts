import type { Catalogue } from '../../i18n/en.ts';
import { textMessage } from './answers.ts';
import type { MessageBody } from './limits.ts';
import { named } from './mrkdwn.ts';
import { placeText } from './scope.ts';

export interface WatchChange {
  kind: 'added' | 'addedToBoard' | 'already' | 'removed' | 'notWatched';
  taskName?: string;
  channel: string;
  /** Who reads it: in their own direct messages, these are called so. */
  reader?: string;
}

/** The reply to `watch` and `unwatch`. Without `taskName`, all tasks are meant. */
export function watchMessage({ kind, taskName, channel, reader = '' }: WatchChange, t: Catalogue): MessageBody {
  const name = taskName === undefined ? t.watch.all : named(taskName);
  return textMessage(t.watch[kind](name, placeText(channel, reader, t)));
}
