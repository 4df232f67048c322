import { z } from 'zod';
import { fieldNames, type RawDraft } from '../core/tasks/task.ts';
import { noChoice } from './views/menus.ts';

const option = z.object({ value: z.string() });
const element = z.looseObject({
  value: z.string().nullish(),
  selected_option: option.nullish(),
  files: z
    .array(
      z.looseObject({
        id: z.string(),
        name: z.string().nullish(),
        size: z.number().nullish(),
        url_private_download: z.string().nullish(),
        url_private: z.string().nullish(),
      }),
    )
    .nullish(),
});
const state = z.record(z.string(), z.record(z.string(), element));
type State = z.infer<typeof state>;

/** `view.state.values`, parsed. What is missing or of another shape counts as empty: the rules speak about it. */
export function readState(values: unknown): State {
  const parsed = state.safeParse(values);
  return parsed.success ? parsed.data : {};
}

/** The one value of a text, number or menu whose block and action carry the same name; '' when empty. */
export function readValue(values: State, name: string): string {
  const field = values[name]?.[name];
  return field?.selected_option?.value ?? field?.value ?? '';
}

export interface GivenFile {
  name: string;
  /** Bytes; 0 when Slack did not say. */
  size: number;
  url: string;
}

export function readFile(values: State, name: string): GivenFile | null {
  const file = values[name]?.[name]?.files?.[0];
  const url = file?.url_private_download ?? file?.url_private;
  return file && url ? { name: file.name ?? '', size: file.size ?? 0, url } : null;
}

/** The task form as it stands, unchecked; a field that is not drawn is empty. */
export function readForm(values: unknown): RawDraft {
  const parsed = readState(values);
  return Object.fromEntries(
    fieldNames.map((name) => {
      const value = readValue(parsed, name);
      return [name, name === 'agent_group' && value === noChoice ? '' : value];
    }),
  ) as RawDraft;
}
