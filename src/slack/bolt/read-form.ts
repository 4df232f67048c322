import { z } from 'zod';
import { isOptionalChoice, perField, type RawDraft } from '../../core/model/fields.ts';
import { noChoice } from '../views/menus.ts';

// Each part on its own: one malformed element must not cost the person everything else they typed.
const option = z.object({ value: z.string() });
const element = z
  .looseObject({
    value: z.string().nullish().catch(null),
    selected_option: option.nullish().catch(null),
    files: z
      .array(z.looseObject({ id: z.string() }))
      .nullish()
      .catch(null),
  })
  .catch({});
const state = z.record(z.string(), z.record(z.string(), element).catch({}));
type State = z.infer<typeof state>;

/** `view.state.values`, parsed. A missing or malformed value counts as empty: validation will report it. */
export function readState(values: unknown): State {
  const parsed = state.safeParse(values);
  return parsed.success ? parsed.data : {};
}

/** The single value of a text, number or menu whose block and action share a name; '' when empty. */
export function readValue(values: State, name: string): string {
  const field = values[name]?.[name];
  return field?.selected_option?.value ?? field?.value ?? '';
}

/** The first file of a file input, by its id: the rest of its payload may be incomplete. null when there is none. */
export function readFileId(values: State, name: string): string | null {
  return values[name]?.[name]?.files?.[0]?.id ?? null;
}

/** The task form as filled in, not validated; a field that is not drawn is empty. */
export function readForm(values: unknown): RawDraft {
  const parsed = readState(values);
  return perField(({ name }) => {
    const value = readValue(parsed, name);
    return isOptionalChoice(name) && value === noChoice ? '' : value;
  });
}
