import { createHash } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import type { HomeScreens } from '../../core/home/ports.ts';
import type { SlackDeps } from '../deps.ts';
import { homeView } from '../views/home.ts';
import { toSlackFailure } from './errors.ts';

/** Publishes Homes with the client that never waits on a rate limit by itself. */
export function createHomeScreens(
  client: WebClient,
  { catalogueFor, command }: Pick<SlackDeps, 'catalogueFor' | 'command'>,
): HomeScreens {
  return {
    async draw(data) {
      const view = homeView({ ...data, command }, await catalogueFor(data.person, client));
      return {
        fingerprint: createHash('sha256').update(JSON.stringify(view)).digest('base64url'),
        async publish(over) {
          try {
            const answer = await client.views.publish({
              user_id: data.person,
              view,
              ...(over !== null && { hash: over }),
            });
            return answer.view?.hash ?? null;
          } catch (error) {
            throw toSlackFailure(error);
          }
        },
      };
    },
  };
}
