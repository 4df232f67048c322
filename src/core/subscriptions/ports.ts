import type { ChannelRef, PersonRef } from '../model/address.ts';
import type { ChannelSettings } from '../model/channel-settings.ts';
import type { PersonSettings } from '../model/person-settings.ts';
import type { Subscription } from '../model/subscription.ts';
import type { Watch } from '../model/watch.ts';

/**
 * Who wants to hear what. Methods are atomic and safe to call from several bots; all throw `store_failed`. Whatever
 * changes here raises the version `watches` (`Changes.versions`).
 */
export interface Subscriptions {
  /** All of them, in the order in which they were made. */
  subscriptions(): Promise<Subscription[]>;
  subscriptionsOf(channel: ChannelRef): Promise<Subscription[]>;
  /**
   * Idempotent: a subscription of that channel to the same tasks is returned, its `brokenBy` cleared. `already`: it was
   * there and not broken.
   */
  addSubscription(
    added: Pick<Subscription, 'channel' | 'scope' | 'owner' | 'createdAt'>,
  ): Promise<{ subscription: Subscription; already: boolean }>;
  /** Ends a subscription; returns it as it was, null when there is none of that id. */
  removeSubscription(id: string): Promise<Subscription | null>;
  /** The channel can no longer be posted to. Returns the subscriptions that were not known to be broken before. */
  breakSubscriptions(channel: ChannelRef, reason: string): Promise<Subscription[]>;
}

/** How channels and people want to be notified. What is missing has the defaults. */
export interface NoticeSettings {
  channelSettings(): Promise<ChannelSettings[]>;
  channelSettingsOf(channel: ChannelRef): Promise<ChannelSettings>;
  /** Changes these settings and leaves the others as they are. Returns all of them. */
  changeChannelSettings(
    channel: ChannelRef,
    change: Partial<Omit<ChannelSettings, 'channel'>>,
  ): Promise<ChannelSettings>;
  personSettings(): Promise<PersonSettings[]>;
  personSettingsOf(person: PersonRef): Promise<PersonSettings>;
  changePersonSettings(person: PersonRef, change: Partial<Omit<PersonSettings, 'person'>>): Promise<PersonSettings>;
}

/** What `readAudience` asks. */
export type AudienceStore = Pick<Subscriptions, 'subscriptions'> &
  Pick<NoticeSettings, 'channelSettings' | 'personSettings'> & { watches(): Promise<Watch[]> };
