import type { Alert } from '../model/alert.ts';
import type { Reading } from '../model/reading.ts';
import { allDestinations, destinationsOf, readAudience } from '../subscriptions/audience.ts';
import type { AudienceStore } from '../subscriptions/ports.ts';
import type { Destination } from './collect.ts';

/** Where alerts are shown, by what everybody wants to hear at this moment. `reading`: null for the platform. */
export function createRoute(store: AudienceStore, clock: { now(): number }) {
  return async (subjects: readonly { alert: Alert; reading: Reading | null }[]): Promise<Destination[][]> => {
    const audience = await readAudience(store);
    const now = clock.now();
    return subjects.map(({ reading }) => {
      if (reading === null) return allDestinations('alerts', audience, now);
      const { task, runBy } = reading;
      return destinationsOf({ taskId: task.id, task, group: 'alerts', runBy, by: null }, audience, now);
    });
  };
}
