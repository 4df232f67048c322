import type { App } from '@slack/bolt';
import type { PlainTextOption } from '@slack/types';
import { within } from '../../core/time/waiting.ts';
import type { Catalogue } from '../../i18n/en.ts';
import type { SlackDeps } from '../deps.ts';
import { noteFailure } from './interaction.ts';
import { outdatedOption } from './no-listener.ts';
import { type PrivateData, readPrivateData } from './private-data.ts';

/** Type-ahead of a menu must be answered within Slack's three seconds. */
const withinMs = 2_000;

/** The text typed into a menu, and the data of the view that contains it. */
export interface Query {
  typed: string;
  data: PrivateData;
  /** Of the block in which the menu stands. */
  blockId: string;
}

/**
 * Registers the type-ahead of one menu with more than a hundred entries. `atHand` answers without a request to the
 * platform, null when it cannot; then `read` does, or `atLast` when that fails or takes too long.
 */
export function onQuery<T>(
  app: App,
  deps: SlackDeps,
  actionId: string,
  menu: {
    atHand(query: Query): T | null;
    read(query: Query): Promise<T>;
    atLast(query: Query): T;
    options(entries: T, typed: string, t: Catalogue): PlainTextOption[];
  },
): void {
  app.options<'block_suggestion'>(
    { type: 'block_suggestion', action_id: actionId },
    async ({ ack, payload, body, client, context }) => {
      context.taken = true;
      let options: PlainTextOption[] = [];
      const t = await deps.catalogueFor(body.user.id, client);
      try {
        const data = body.view === undefined ? { channel: body.user.id } : readPrivateData(body.view.private_metadata);
        const query = { typed: payload.value, data, blockId: payload.block_id };
        const late = (): T => menu.atLast(query);
        const entries =
          menu.atHand(query) ?? (await within(deps.clock, { ms: withinMs }, menu.read(query).catch(late), late));
        options = menu.options(entries, query.typed, t);
      } catch (thrown) {
        const { error } = noteFailure(deps, thrown, `query ${actionId}`);
        if (error.code === 'other_version') options = [outdatedOption(t)];
      }
      await ack({ options });
    },
  );
}
