import { z } from 'zod';

/**
 * Addresses in a chat platform. Core passes them on and never looks inside; only the adapter of the platform that
 * issued one knows what it means. Today all of them are Slack's own ids. Those of a second platform would carry its
 * name as a prefix, so that stored ones keep their meaning.
 */

export const personRef = z.string();
export type PersonRef = z.infer<typeof personRef>;

/** A place where messages are posted: a channel, or the direct messages of one person. */
export const channelRef = z.string();
export type ChannelRef = z.infer<typeof channelRef>;

/** One posted message; unique within its channel. */
export const messageRef = z.string();
export type MessageRef = z.infer<typeof messageRef>;
