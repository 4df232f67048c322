import type { ChannelRef, PersonRef } from '../model/address.ts';
import type { Alert, AlertKind, AlertPost } from '../model/alert.ts';

/** Where an alert is to be shown, and who is to be mentioned there. */
export interface Destination {
  channel: ChannelRef;
  mentions: readonly PersonRef[];
  /** Those of them who take it by direct message where the mention would not notify them. */
  instead: readonly PersonRef[];
  /** It goes to a person because they run the task, whatever they watch. */
  direct: boolean;
}

export interface Collected {
  /** The alerts with the messages that show them, and the messages that are new or have changed. */
  alerts: Alert[];
  posts: AlertPost[];
  /** Of these messages, the ones that show an alert which they did not show before. */
  news: Set<string>;
}

interface ToCollect {
  /** The latest messages, with those of all open alerts. */
  posts: readonly AlertPost[];
  /** Alerts that need a message, and where. */
  routed: readonly { alert: Alert; destinations: readonly Destination[] }[];
  /** Alerts that are shown already and have changed. */
  changed: readonly Alert[];
  /** Whether an alert is open, by its id, after all changes. */
  isOpen(alertId: string): boolean;
  /** The alert of that id as it was before. */
  alertOf(alertId: string): Alert | null;
  now: number;
  newId(): string;
}

const minute = 60_000;
/** What goes wrong within this time, for the same people, goes into one message. */
const togetherMs = 5 * minute;
/** No more messages than this go to one place within that time: what follows joins the newest of them. */
const dense = { posts: 3, ms: 10 * minute };
/** That a line is about to expire is said once in this time, whatever the number of its tasks. */
export const sameLineMs = 7 * 24 * 60 * minute;
/**
 * While these last, calls are not made that should be. An edit notifies nobody, so none of them joins a message that was
 * posted about lesser things.
 */
const urgent: ReadonlySet<AlertKind> = new Set([
  'stalled',
  'slowed',
  'line_full',
  'line_dead',
  'line_gone',
  'line_expired',
  'script_deleted',
  'platform_down',
]);

/** How alerts become messages: several at once are one, which is edited as its alerts begin and end. */
export function collect({ posts, routed, changed, isOpen, alertOf, now, newId }: ToCollect): Collected {
  const known = new Map(posts.map((post) => [post.id, post]));
  const touched = new Map<string, AlertPost>();
  const news = new Set<string>();
  const touch = (post: AlertPost): void => {
    known.set(post.id, post);
    touched.set(post.id, post);
  };

  const alerts = routed.map(({ alert, destinations }) => {
    const shownIn: string[] = [];
    const queue = [...destinations];
    for (const destination of queue) {
      const target = targetOf(alert, destination, { posts: [...known.values()], alertOf, isOpen, now });
      // An edit notifies nobody whom it mentions for the first time.
      const unheard = target === null || target.shown === 0 || !urgent.has(alert.kind) ? [] : destination.instead;
      for (const person of unheard.filter((one) => !target?.mentions.includes(one))) {
        if (!queue.some(({ channel }) => channel === person)) queue.push(directTo(person));
      }
      const base: AlertPost = target ?? emptyPost(newId(), destination, now);
      // The list of a message that was touched is this function's own: a thousand alerts at once are appended to one.
      const alerts = touched.has(base.id) ? base.alerts : [...base.alerts];
      alerts.push(alert.id);
      touch({
        ...base,
        alerts,
        mentions: [...new Set([...base.mentions, ...destination.mentions])],
        lost: false,
        direct: base.direct || destination.direct,
      });
      news.add(base.id);
      shownIn.push(base.id);
    }
    return { ...alert, posts: [...alert.posts, ...shownIn] };
  });
  for (const { id: alertId, posts: ids } of changed) {
    for (const id of ids) {
      const post = known.get(id);
      if (post?.alerts.includes(alertId)) touch(post);
    }
  }
  const versioned = [...touched.values()].map((post) => {
    const closed = !post.alerts.some(isOpen);
    return { ...post, version: post.version + 1, closedAt: closed ? (post.closedAt ?? now) : null };
  });
  return { alerts: [...alerts, ...changed], posts: versioned, news };
}

/** The message that an alert joins; null: it gets one of its own. */
function targetOf(
  alert: Alert,
  { channel, mentions }: Destination,
  { posts, alertOf, isOpen, now }: Pick<ToCollect, 'posts' | 'alertOf' | 'isOpen' | 'now'>,
): AlertPost | null {
  const here = posts.filter((post) => post.channel === channel && !post.lost).sort((a, b) => b.createdAt - a.createdAt);
  const sameLine = here.find(
    ({ alerts, createdAt }) => now - createdAt <= sameLineMs && alerts.some((id) => isSameLine(alert, alertOf(id))),
  );
  if (sameLine !== undefined) return sameLine;
  const [newest] = here;
  if (newest === undefined) return null;
  const age = Math.abs(now - newest.createdAt);
  // It is yet to be posted, and will mention everybody then.
  if (age <= togetherMs && newest.shown === 0) return newest;
  if (urgent.has(alert.kind) && !newest.alerts.some((id) => urgent.has(alertOf(id)?.kind ?? alert.kind))) return null;
  // Who has dealt with all that a message was about does not look at it again.
  const isInUse = newest.alerts.some(isOpen);
  if (age <= togetherMs && isInUse && mentions.every((person) => newest.mentions.includes(person))) return newest;
  const lately = here.filter(({ createdAt }) => Math.abs(now - createdAt) <= dense.ms);
  return lately.length >= dense.posts ? newest : null;
}

function directTo(person: PersonRef): Destination {
  return { channel: person, mentions: [], instead: [], direct: true };
}

function isSameLine(alert: Alert, other: Alert | null): boolean {
  return (
    alert.kind === 'line_expiring' && other?.kind === 'line_expiring' && alert.facts.line?.id === other.facts.line?.id
  );
}

function emptyPost(id: string, { channel, direct }: Destination, now: number): AlertPost {
  return {
    id,
    channel,
    alerts: [],
    mentions: [],
    createdAt: now,
    version: 0,
    shown: 0,
    ref: null,
    lost: false,
    direct,
    closedAt: null,
  };
}
