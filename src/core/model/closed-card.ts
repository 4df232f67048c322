import { z } from 'zod';
import { personRef } from './address.ts';
import { taskStates } from './reading.ts';

/** What a card says for the last time: nothing on it acts on its task any longer. */
export const closedCard = z.object({
  taskId: z.string(),
  /** Of the task, and its state when the card was closed; null when that is not known. */
  name: z.string(),
  state: z.enum(taskStates).nullable(),
  /** `unwatched`: the channel no longer watches the task. `board`: its board shows the task from now on. */
  why: z.enum(['unwatched', 'board']),
  /** Who ended the watch; null when that is not known. */
  by: personRef.nullable(),
  /** When, epoch ms. */
  at: z.number(),
});
export type ClosedCard = z.infer<typeof closedCard>;
