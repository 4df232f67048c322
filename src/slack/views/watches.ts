import type { Catalogue } from '../../i18n/en.ts';
import { textMessage } from './answers.ts';
import { fitMessage, type MessageBody } from './limits.ts';
import { channelLink, named } from './mrkdwn.ts';
import { context, present, section } from './parts.ts';

const shownWatches = 30;

export interface WatchChange {
  kind: 'added' | 'already' | 'removed' | 'notWatched';
  taskName?: string;
  channel: string;
}

export interface ListedWatch {
  taskName: string;
  channel: string;
  /** Slack's error code, when the channel can no longer be posted to. */
  brokenBy: string | null;
}

/** The reply to `watch` and `unwatch`. Without `taskName`, all tasks are meant. */
export function watchMessage({ kind, taskName, channel }: WatchChange, t: Catalogue): MessageBody {
  const name = taskName === undefined ? t.watch.all : named(taskName);
  return textMessage(t.watch[kind](name, channelLink(channel, t)));
}

/** The reply to `watch` without a task. */
export function watchListMessage(watches: readonly ListedWatch[], t: Catalogue): MessageBody {
  if (watches.length === 0) return textMessage(t.watch.none);
  const rows = watches.slice(0, shownWatches).map(({ taskName, channel, brokenBy }) => {
    const row = t.watch.row(named(taskName), channelLink(channel, t));
    return brokenBy === null ? row : row + t.units.separator + t.watch.broken;
  });
  const more = watches.length - rows.length;
  return fitMessage({
    text: t.watch.heading,
    blocks: present([
      section(`*${t.watch.heading}*`),
      section(rows.join('\n')),
      more > 0 ? context(t.watch.more(more)) : null,
    ]),
  });
}
