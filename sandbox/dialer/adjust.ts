import { z } from 'zod';
import type { Platform } from './handlers.ts';

/**
 * What happens to tasks and the things that they use: lines and tasks by id, scripts, redial rules and agent groups by
 * number. What is left out stays.
 */
export const adjustSchema = z.discriminatedUnion('what', [
  z.strictObject({
    what: z.literal('line'),
    id: z.string(),
    /** Concurrency used outside this account. */
    reserved: z.int().min(0).exactOptional(),
    /** Epoch ms. */
    deadlineAt: z.number().exactOptional(),
    offered: z.boolean().exactOptional(),
    lagSeconds: z.number().min(0).exactOptional(),
  }),
  z.strictObject({
    what: z.literal('script'),
    id: z.int(),
    debug: z.boolean().exactOptional(),
    deleted: z.boolean().exactOptional(),
  }),
  z.strictObject({ what: z.literal('rule'), id: z.int(), enabled: z.boolean() }),
  /** A stuck task stays on without making any calls. */
  z.strictObject({ what: z.literal('task'), id: z.string(), stuck: z.boolean() }),
  z.strictObject({ what: z.literal('group'), id: z.int(), usable: z.boolean() }),
]);
export type Adjustment = z.infer<typeof adjustSchema>;

/** False when there is no such thing. Tasks that can dial because of it go on. */
export function adjust({ account, simulation, clock }: Platform, { what, id, ...change }: Adjustment): boolean {
  const { lines: line, scripts: script, rules: rule, agentGroups: group, tasks: task } = account;
  const thing = { line, script, rule, group, task }[what];
  const found = (thing as Map<string | number, object>).get(id);
  if (found === undefined) return false;
  if ('deleted' in change) {
    const { deleted, ...rest } = change;
    Object.assign(found, rest, { deletedAt: deleted ? clock.wall() : null });
  } else if ('usable' in change) Object.assign(found, { status: change.usable ? 1 : 0 });
  else Object.assign(found, change);
  for (const task of account.tasks.values()) if (task.lineId === id || task.uuid === id) simulation.resume(task);
  return true;
}
