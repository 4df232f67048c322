import { z } from 'zod';
import { type CallbackId, callbackIds } from '../ids.ts';
import { readJson, writeJson } from '../views/json-value.ts';
import type { PrivateData } from './private-data.ts';

/** What is being done: it decides what can be said to a person when it is cut off. */
const kinds = ['import', 'task', 'other'] as const;
type WorkKind = (typeof kinds)[number];

const noted = z.object({
  person: z.string(),
  channel: z.string(),
  kind: z.enum(kinds),
  /** Of the view. */
  title: z.string(),
  taskId: z.string().optional(),
  runId: z.string().optional(),
  /** Of the create form, under which what was typed is kept. */
  key: z.string().optional(),
});

const kindOf: Record<CallbackId, WorkKind> = {
  [callbackIds.createTask]: 'task',
  [callbackIds.editTask]: 'task',
  [callbackIds.saveEdit]: 'task',
  [callbackIds.deleteTask]: 'task',
  [callbackIds.repairTask]: 'task',
  [callbackIds.moveConcurrency]: 'task',
  [callbackIds.selectTasks]: 'other',
  [callbackIds.importNumbers]: 'import',
  [callbackIds.sendImport]: 'import',
  [callbackIds.saveHours]: 'other',
  [callbackIds.doNotCall]: 'other',
  [callbackIds.saveSettings]: 'other',
  [callbackIds.watchTask]: 'other',
  [callbackIds.schedule]: 'other',
  [callbackIds.saveSchedule]: 'other',
};

/** A view that shows work in progress, as it is noted. Its id is that of the view. */
export function workIn(
  view: string,
  { form, person, title, data }: { form: CallbackId; person: string; title: string; data: PrivateData },
): { id: string; body: string } {
  const { channel, taskId, runId, key } = data;
  return { id: view, body: writeJson({ person, channel, kind: kindOf[form], title, taskId, runId, key }) };
}

/** Throws (zod) on anything that this app did not write. */
export const readWork = (body: string) => noted.parse(readJson(body));
