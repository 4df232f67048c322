import type { PersonRef } from '../model/address.ts';
import type { Home } from '../model/home.ts';
import type { HomeData } from './home-data.ts';

/** A Home that was opened, at `at` (epoch ms). `shown`: what was published there; null where what is noted still holds. */
export interface OpenedHome {
  person: PersonRef;
  at: number;
  shown: Pick<Home, 'fingerprint' | 'viewHash'> | null;
}

/** What the Homes of people need of the store. Methods are atomic and safe to call from several bots; all throw `store_failed`. */
export interface HomeStore {
  /** Notes that a person has opened Home. Those noted at the same time cost one write together. */
  noteOpened(opened: OpenedHome): Promise<void>;
  home(person: PersonRef): Promise<Home | null>;
  /** Those opened since (epoch ms), the latest first, at most so many. */
  openHomes(request: { since: number; limit: number }): Promise<Home[]>;
  /** What was published there. Nothing happens when the person has none any more. */
  setHome(person: PersonRef, shown: Pick<Home, 'fingerprint' | 'viewHash'>): Promise<void>;
  forgetHome(person: PersonRef): Promise<void>;
}

/** A Home, drawn and not yet published. */
export interface DrawnHome {
  /** Equal for equal views. */
  fingerprint: string;
  /**
   * Publishes it, if what is published has that hash; null: in any case. Returns the hash of what is published now.
   * Throws `AppError('chat_failed')`, with `hash_conflict` as `chatError` where it has another one.
   */
  publish(over: string | null): Promise<string | null>;
}

export interface HomeScreens {
  /** In the language of its person. Throws when it cannot be drawn. */
  draw(data: HomeData): Promise<DrawnHome>;
}
