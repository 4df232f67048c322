import type { ChannelRef, PersonRef } from '../model/address.ts';
import type { StopMessage } from '../model/emergency-stop.ts';
import type { NewOutboxItem } from '../model/outbox.ts';
import { type Audience, allDestinations, isMuted } from '../subscriptions/audience.ts';

/** A message names no more tasks than this. */
export const maxNamed = 20;

/** A message about a stop to one channel or person: the same event is announced there once. */
export function stopItem(channel: ChannelRef, said: StopMessage): NewOutboxItem {
  const { event, at } = said;
  // A resumption may be interrupted more than once.
  const which = event === 'interrupted' ? `${event}:${at}` : event;
  return {
    key: `stop:${said.stop}:${said.round}:${which}:${channel}`,
    channel,
    taskId: '',
    body: { type: 'stop', said },
    createdAt: at,
  };
}

/**
 * What everybody reads about a stop, once each: the channels and people who watch anything and want alerts, and by direct
 * message those who run one of its tasks; not the person who did it, who is answered.
 */
export function stopItems(said: StopMessage, audience: Audience, runners: Iterable<PersonRef>): NewOutboxItem[] {
  const { person, at } = said;
  const watching = allDestinations('alerts', audience, at).map(({ channel }) => channel);
  const running = [...runners].filter((runner) => !isMuted(audience.settingsOf(runner), at));
  const places = new Set([...watching, ...running]);
  places.delete(person);
  return [...places].map((place) => stopItem(place, said));
}
