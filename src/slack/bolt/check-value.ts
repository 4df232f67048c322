import { z } from 'zod';
import { taskDraft } from '../../core/model/fields.ts';
import { taskRef } from '../../core/model/task.ts';
import { definitionHash } from '../../core/tasks/definition-hash.ts';
import { writeJson } from '../views/json-value.ts';
import { fittingValue } from '../views/limits.ts';
import { readValue } from './read-value.ts';

/** What *Check now* is to look up: the value of its button. */
const checkValue = z.discriminatedUnion('of', [
  z.object({ of: z.literal('create'), key: z.string(), channel: z.string() }),
  z.object({
    of: z.literal('save'),
    taskId: taskRef,
    draft: taskDraft.optional(),
    /** `definitionHash` of the draft, where its texts do not fit into a button. */
    hash: z.string().max(100).optional(),
    /** What was typed is kept under it until that is saved. */
    key: z.string().max(100).optional(),
  }),
  z.object({ of: z.literal('delete'), taskId: taskRef, name: z.string() }),
  z.object({ of: z.literal('start'), taskId: taskRef }),
  z.object({ of: z.literal('pause'), taskId: taskRef }),
]);
export type CheckValue = z.infer<typeof checkValue>;

export function writeCheck(value: CheckValue): string {
  const whole = writeJson(value);
  if (value.of !== 'save' || value.draft === undefined) return whole;
  const { draft, ...rest } = value;
  return fittingValue(whole, writeJson({ ...rest, hash: definitionHash(draft) }));
}

export const readCheck = (text: string): CheckValue => readValue(checkValue, text);
