import { z } from 'zod';
import { taskDraft } from '../../core/model/fields.ts';
import { readJson, writeJson } from '../views/json-value.ts';

/** What *Check now* is to look up: the value of its button. */
const checkValue = z.discriminatedUnion('of', [
  z.object({ of: z.literal('create'), key: z.string(), channel: z.string() }),
  z.object({ of: z.literal('save'), taskId: z.string(), draft: taskDraft }),
  z.object({ of: z.literal('delete'), taskId: z.string(), name: z.string() }),
  z.object({ of: z.literal('start'), taskId: z.string() }),
  z.object({ of: z.literal('pause'), taskId: z.string() }),
]);
export type CheckValue = z.infer<typeof checkValue>;

export const writeCheck = (value: CheckValue): string => writeJson(value);
export const readCheck = (text: string): CheckValue => checkValue.parse(readJson(text));
