import { z } from 'zod';
import { taskDraft } from '../../core/model/fields.ts';
import { taskRef } from '../../core/model/task.ts';
import { writeJson } from '../views/json-value.ts';
import { readValue } from './read-value.ts';

/** What *Check now* is to look up: the value of its button. */
const checkValue = z.discriminatedUnion('of', [
  z.object({ of: z.literal('create'), key: z.string(), channel: z.string() }),
  z.object({ of: z.literal('save'), taskId: taskRef, draft: taskDraft }),
  z.object({ of: z.literal('delete'), taskId: taskRef, name: z.string() }),
  z.object({ of: z.literal('start'), taskId: taskRef }),
  z.object({ of: z.literal('pause'), taskId: taskRef }),
]);
export type CheckValue = z.infer<typeof checkValue>;

export const writeCheck = (value: CheckValue): string => writeJson(value);
export const readCheck = (text: string): CheckValue => readValue(checkValue, text);
