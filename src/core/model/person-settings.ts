import { z } from 'zod';
import { personRef } from './address.ts';

export const alertWays = ['mention', 'direct'] as const;

/** How a person wants to hear of the tasks they run. Stored as JSON: new keys need a default. */
export const personSettings = z.object({
  person: personRef,
  /** By a mention in a channel that gets the message anyway, or by direct message. */
  alertsBy: z.enum(alertWays).default('mention'),
});
export type PersonSettings = z.infer<typeof personSettings>;

/** The settings of a person who has changed nothing. */
export const defaultPersonSettings = (person: string): PersonSettings => personSettings.parse({ person });
