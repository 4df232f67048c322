import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { fieldNames, rawDraft, taskDraft } from '../../core/model/fields.ts';
import { importChoices } from '../../core/model/import-choices.ts';
import { schedulePlan } from '../../core/model/schedule.ts';
import { taskRef } from '../../core/model/task.ts';
import { writeJson } from '../views/json-value.ts';
import { limits } from '../views/limits.ts';
import { readValue } from './read-value.ts';

/** The id of a quiet-hours group: the platform's, and no path or pattern is made of it. */
const groupRef = z.string().min(1).max(200);

/** The id of a line: the platform's, and no path or pattern is made of it. */
const lineRef = z.string().min(1).max(200);

/** A file of a message. */
const namedFile = z.object({ id: z.string().max(100), name: z.string() });
export type NamedFile = z.infer<typeof namedFile>;

/** A channel or a person, by Slack's id. */
const placeRef = z.string().regex(/^[A-Z0-9]{2,40}$/);

/**
 * What a view carries in `private_metadata` from opening to submission (3,000 characters at most). It comes back
 * through Slack, so it is parsed like everything from outside.
 */
const privateData = z.object({
  /** Channel in which it began, or the person's id when there was none. */
  channel: z.string(),
  /** Makes a creation happen once, however often the form is submitted; what is typed into a form is kept under it. */
  key: z.string().optional(),
  /** It shows the answer to a press on Home: the next one takes its place. */
  answer: z.boolean().optional(),
  taskId: taskRef.optional(),
  /** What a deletion asks to be typed: `confirmationOf` the task. */
  name: z.string().optional(),
  /** `alter_datetime` when an edit was opened, epoch ms: shows whether the task has changed meanwhile. */
  alteredAt: z.number().nullable().optional(),
  /** The line and concurrency of an edited task: its own line can still be chosen. */
  current: z.object({ line: z.string(), concurrency: z.number() }).optional(),
  draft: taskDraft.optional(),
  /** The fields of that draft that were left empty, and so got their value by themselves. */
  automatic: z.array(z.string().max(50)).optional(),
  /** Which of its fields a repair asks for. */
  repair: z.enum(['line', 'concurrency']).optional(),
  runId: z.string().optional(),
  /** The channel, or the person, whose settings of notices are changed, or that is to watch a task. */
  place: placeRef.optional(),
  /** The line on which concurrency is moved. */
  line: lineRef.optional(),
  /** The revision of the schedule that a form replaces, null for none; and what was filled in. */
  schedule: z.object({ revision: z.number().nullable(), plan: schedulePlan.optional() }).optional(),
  /** The quiet-hours group whose hours are entered. */
  group: groupRef.optional(),
  /** The file of a preview, and how it was read: a changed choice reads it again. */
  fileId: z.string().optional(),
  /** Whether Slack showed that file to the person, in a message. */
  fileShown: z.boolean().optional(),
  /** The files of a message, of which one is imported. */
  files: z.array(namedFile).optional(),
  choices: importChoices.optional(),
  /** The file of numbers that was uploaded into an earlier state of the create form: an input cannot be given one. */
  uploaded: namedFile.optional(),
  /** What the list shows whose tasks are selected (`writeListRequest`). */
  list: z.string().max(2_000).optional(),
  /** What the form was opened with, for *Try again*. */
  request: z.string().optional(),
});
export type PrivateData = z.infer<typeof privateData>;

/** What a view can do without where there is no room for all of it, the least needed first. */
const shorter: readonly ((data: PrivateData) => PrivateData)[] = [
  ({ request: _request, ...data }) => data,
  ({ files, ...data }) => ({ ...data, ...(files !== undefined && { files: files.map(withoutName) }) }),
  ({ uploaded, ...data }) => ({ ...data, ...(uploaded !== undefined && { uploaded: withoutName(uploaded) }) }),
];

const withoutName = ({ id }: NamedFile): NamedFile => ({ id, name: id });

export function writePrivateData(data: PrivateData): string {
  let [fitting, written] = [data, writeJson(data)];
  for (const shorten of shorter) {
    if (written.length <= limits.privateMetadata) break;
    fitting = shorten(fitting);
    written = writeJson(fitting);
  }
  return written;
}

/** Throws `other_version` on anything that this version did not write. */
export const readPrivateData = (text: string): PrivateData => readValue(privateData, text);

/** A view whose buttons must know where everything began. */
export const carrying = (view: ModalView, data: PrivateData): ModalView => ({
  ...view,
  private_metadata: writePrivateData(data),
});

/** What was chosen and typed in the form that moves concurrency. */
const movedText = z.object({ from: z.string().max(80), to: z.string().max(80), count: z.string().max(20) });
export type MovedText = z.infer<typeof movedText>;

/** Which form to open: the value of every button that opens one. `typed`: the contents of the lost form. */
const formRequest = z.discriminatedUnion('form', [
  z.object({
    form: z.literal('new'),
    name: z.string().optional(),
    from: taskRef.optional(),
    typed: rawDraft.optional(),
    /** The key of a kept form, which is continued. */
    kept: z.string().max(100).optional(),
    /** The files of a message, of which one is imported into the new task. */
    files: z.array(namedFile).optional(),
  }),
  z.object({
    form: z.literal('edit'),
    task: taskRef,
    typed: rawDraft.optional(),
    /** `alter_datetime` of the task as the lost form knew it. */
    alteredAt: z.number().nullable().optional(),
    /** The key of a kept form, which is continued. */
    kept: z.string().max(100).optional(),
    /** The field that is to be changed. */
    focus: z.enum(fieldNames).optional(),
  }),
  z.object({
    form: z.literal('import'),
    task: taskRef.optional(),
    /** The task that is chosen to begin with, where the form asks for it. */
    suggested: taskRef.optional(),
    files: z.array(namedFile).optional(),
  }),
  z.object({ form: z.literal('delete'), task: taskRef }),
  z.object({ form: z.literal('line'), task: taskRef }),
  z.object({ form: z.literal('concurrency'), task: taskRef }),
  z.object({ form: z.literal('move'), line: lineRef, typed: movedText.optional() }),
  z.object({ form: z.literal('do_not_call') }),
  z.object({ form: z.literal('notices'), place: placeRef }),
  z.object({
    form: z.literal('watch'),
    place: placeRef,
    /** The task that is chosen to begin with. */
    suggested: taskRef.optional(),
  }),
  z.object({ form: z.literal('schedule'), task: taskRef, typed: schedulePlan.optional() }),
  z.object({ form: z.literal('quiet_hours'), group: groupRef, typed: z.string().optional() }),
]);
export type FormRequest = z.infer<typeof formRequest>;

/** As much of a name as fits into a button, whatever it consists of. */
const maxCarriedName = 255;

/**
 * The value of a button that opens a form. Where what was typed, or what files are called, does not fit into one, it goes
 * without: a form that was kept has it all the same.
 */
export function writeRequest(request: FormRequest): string {
  const whole = writeJson(request);
  if (whole.length <= limits.buttonValue) return whole;
  const { typed: _typed, ...bare } = { typed: undefined, ...request };
  return writeJson({
    ...bare,
    ...('name' in bare && { name: bare.name?.slice(0, maxCarriedName) }),
    ...('files' in bare && { files: bare.files?.map(withoutName) }),
  });
}
export const readRequest = (text: string): FormRequest => readValue(formRequest, text);
