import type { ChannelRef, MessageRef } from '../../core/model/address.ts';
import { isPerson, placeOf } from './addresses.ts';

/** The address of a message on the web; null where Slack did not say where it is. Never throws. */
export type LinkTo = (channel: ChannelRef, message: MessageRef) => Promise<string | null>;

/**
 * The address of a message on the web, as `chat.getPermalink` gives it, without a request for each. Slack's clients open
 * it in place.
 * @param workspace the `url` of the workspace (`auth.test`)
 * @internal Exported for tests.
 */
export function permalinkOf(workspace: string, address: string, message: string): string | null {
  const place = placeOf(address, message);
  if (place === null || isPerson(place.channel)) return null;
  const { channel, ts } = place;
  if (!/^[A-Z0-9]+$/.test(channel) || !/^\d+\.\d+$/.test(ts)) return null;
  return new URL(`archives/${channel}/p${ts.replace('.', '')}`, workspace).href;
}

/** Links in the workspace where the app is installed; null while Slack does not say where that is. */
export function linksOf(installation: () => Promise<{ url: string | null }>): LinkTo {
  return async (channel, message) => {
    const { url } = await installation().catch(() => ({ url: null }));
    return url === null ? null : permalinkOf(url, channel, message);
  };
}
