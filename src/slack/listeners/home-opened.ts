import { z } from 'zod';
import { toAppError } from '../../core/errors.ts';
import type { Register } from '../deps.ts';

const opened = z.object({
  user: z.string().min(1),
  tab: z.literal('home'),
  view: z.object({ hash: z.string() }).nullish().catch(null),
});

/** Someone opened the app's Home. */
export const homeOpened: Register = (app, deps) => {
  app.event('app_home_opened', async ({ event, context }) => {
    const given = opened.safeParse(event);
    if (!given.success) return;
    context.taken = true;
    const { user, view } = given.data;
    await deps.homes
      .show(user, view?.hash ?? null)
      // Nothing of ours is on the screen in which it could be said.
      .catch((thrown) => deps.log.warn('a Home could not be shown', { who: user, reason: toAppError(thrown).message }));
  });
};
