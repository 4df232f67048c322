import { z } from 'zod';
import { type FieldName, fields } from '../../core/model/fields.ts';
import { callbackIds } from '../ids.ts';

/** The fields whose input is only kept; that of a line redraws the form. */
const kept = fields.map(({ name }) => name).filter((name) => name !== 'line');

const filling = z.object({
  type: z.literal('block_actions'),
  view: z.object({ callback_id: z.enum([callbackIds.createTask, callbackIds.editTask]) }),
  actions: z.array(z.object({ action_id: z.enum(kept as [FieldName, ...FieldName[]]) })).min(1),
});

/**
 * Whether this reports what a person enters into a form of a task, as Slack does while they type: it asks for nothing, so it
 * takes no share of theirs, and a repetition does no harm.
 */
export function isTyping(body: unknown): boolean {
  return filling.safeParse(body).success;
}
