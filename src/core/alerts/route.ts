import type { ChannelRef, PersonRef } from '../model/address.ts';
import type { Alert } from '../model/alert.ts';
import type { Reading } from '../model/reading.ts';
import type { Clock, Messenger } from '../ports.ts';
import { type Audience, accepts, allDestinations, destinationsOf, readAudience } from '../subscriptions/audience.ts';
import type { AudienceStore } from '../subscriptions/ports.ts';
import type { Destination } from './collect.ts';

interface RouteDeps {
  store: AudienceStore;
  clock: Pick<Clock, 'now'>;
  messenger: Pick<Messenger, 'reaches'>;
}

interface Subject {
  alert: Alert;
  /** null for the platform. */
  reading: Reading | null;
}

/** Where alerts are shown, by what everybody wants to hear at this moment, and by who is in which channel. */
export function createRoute({ store, clock, messenger }: RouteDeps) {
  return async (subjects: readonly Subject[]): Promise<Destination[][]> => {
    const audience = await readAudience(store);
    const now = clock.now();
    const planned = subjects.map((subject) => destinations(subject, audience, now));
    const outside = await outsiders(planned.flat(), messenger);
    if (outside.size === 0) return planned;
    const reaches = (channel: ChannelRef, person: PersonRef): boolean => !outside.has(pairOf(channel, person));
    return subjects.map((subject) => destinations(subject, { ...audience, reaches }, now));
  };
}

function destinations({ reading }: Subject, audience: Audience, now: number): Destination[] {
  const planned =
    reading === null
      ? allDestinations('alerts', audience, now)
      : destinationsOf(
          { taskId: reading.task.id, task: reading.task, group: 'alerts', runBy: reading.runBy, by: null },
          audience,
          now,
        );
  return planned.map((destination) => ({
    ...destination,
    instead: destination.mentions.filter((person) => accepts('alerts', person, audience, now)),
  }));
}

/** Of the mentions that are planned, those of people who are not in the channel. Each is asked about once. */
async function outsiders(planned: readonly Destination[], messenger: RouteDeps['messenger']): Promise<Set<string>> {
  const mentioned = new Map(
    planned.flatMap(({ channel, mentions }) =>
      mentions.map((person) => [pairOf(channel, person), { channel, person }] as const),
    ),
  );
  const asked = [...mentioned].map(async ([pair, { channel, person }]) =>
    (await messenger.reaches(channel, person)) ? [] : [pair],
  );
  return new Set((await Promise.all(asked)).flat());
}

const pairOf = (channel: ChannelRef, person: PersonRef): string => `${channel} ${person}`;
