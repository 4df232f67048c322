import type { ViewOutput } from '@slack/bolt';
import { z } from 'zod';
import { type FieldName, isOptionalChoice, perField, type RawDraft } from '../../core/model/fields.ts';
import type { KeptForm } from '../../core/model/form-memory.ts';
import { readPrivateData } from '../bolt/private-data.ts';
import { readForm, readState } from '../bolt/read-form.ts';
import type { SlackDeps } from '../deps.ts';
import { callbackIds } from '../ids.ts';
import { noChoice } from '../views/menus.ts';
import { editedIn, numbersGiven, uploadedIn } from './form-session.ts';

/** The forms of which is kept what is typed into them. */
export const keptCallbacks = [callbackIds.createTask, callbackIds.editTask] as const;

/** Keeps a form of a task as it is now, while it is open. */
export async function keepOpen(deps: SlackDeps, person: string, view: ViewOutput): Promise<void> {
  if (!keptCallbacks.some((id) => id === view.callback_id)) return;
  const form = formIn(person, view, await typedIn(deps, person, view));
  if (form !== null) deps.forms.keepSoon(form);
}

/**
 * Keeps a form of a task that was closed, unless nothing was changed in it. Slack documents no state in what it sends then:
 * what is not there stays as it was when something was chosen last.
 */
export async function keepClosed(deps: SlackDeps, person: string, view: ViewOutput): Promise<void> {
  const { key = '', uploaded } = readPrivateData(view.private_metadata);
  const before = await deps.forms.kept(key, person);
  const raw = await typedIn(deps, person, view);
  const shown = shownIn(view);
  const { file } = numbersGiven(view.state?.values, { channel: '', ...(uploaded !== undefined && { uploaded }) });
  const isChanged = Object.entries(raw).some(([name, value]) => value !== shown[name as FieldName]);
  const form = formIn(person, view, raw);
  if (form !== null && (isChanged || before !== null || file !== null)) await deps.forms.keep(form);
}

function formIn(person: string, view: ViewOutput, raw: RawDraft): Omit<KeptForm, 'savedAt'> | null {
  const data = readPrivateData(view.private_metadata);
  const { key, channel } = data;
  if (key === undefined) return null;
  const task = editedIn(data);
  return { key, person, channel, raw, file: uploadedIn(numbersGiven(view.state?.values, data)), task };
}

/** What stands in the form: as reported, else as kept, else as it was shown. */
async function typedIn({ forms }: SlackDeps, person: string, view: ViewOutput): Promise<RawDraft> {
  const state = readState(view.state?.values);
  const typed = readForm(view.state?.values);
  const isWhole = perField(({ name }) => state[name] !== undefined);
  if (Object.values(isWhole).every(Boolean)) return typed;
  const { key = '' } = readPrivateData(view.private_metadata);
  const before = (await forms.kept(key, person))?.raw ?? shownIn(view);
  return perField(({ name }) => (isWhole[name] ? typed[name] : before[name]));
}

const drawn = z.object({
  block_id: z.string(),
  element: z.looseObject({
    initial_value: z.string().nullish(),
    initial_option: z.looseObject({ value: z.string() }).nullish(),
  }),
});

/** The values with which a form was drawn. */
function shownIn(view: ViewOutput): RawDraft {
  const values = new Map<string, string>();
  for (const block of view.blocks) {
    const read = drawn.safeParse(block);
    if (!read.success) continue;
    const { initial_value: text, initial_option: option } = read.data.element;
    values.set(read.data.block_id, option?.value ?? text ?? '');
  }
  return perField(({ name }) => {
    const value = values.get(name) ?? '';
    return isOptionalChoice(name) && value === noChoice ? '' : value;
  });
}
