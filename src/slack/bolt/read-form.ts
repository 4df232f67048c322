import { z } from 'zod';
import { isOptionalChoice, perField, type RawDraft } from '../../core/model/fields.ts';
import { cleaned } from '../../core/text/printable.ts';
import { carriedName } from '../views/carried-name.ts';
import { noChoice } from '../views/menus.ts';
import { unwrapLinks } from './typed.ts';

// Each part on its own: one malformed element must not cost the person everything else they typed.
const option = z.object({ value: z.string() });
const element = z
  .looseObject({
    value: z.string().nullish().catch(null),
    selected_option: option.nullish().catch(null),
    selected_date: z.string().nullish().catch(null),
    selected_options: z.array(option).nullish().catch(null),
    files: z
      .array(z.looseObject({ id: z.string(), name: z.string().nullish().catch(null) }))
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

/**
 * The one value of a text, number or menu whose block and action carry the same name; '' when empty. Text comes without
 * the links that Slack made of it, and without what must not be shown; an id is left as it is.
 */
export function readValue(values: State, name: string): string {
  const field = values[name]?.[name];
  return field?.selected_option?.value ?? cleaned(unwrapLinks(field?.value ?? ''));
}

/** The day that was chosen: `2026-11-26`; null when none was. */
export function readDate(values: State, name: string): string | null {
  return values[name]?.[name]?.selected_date ?? null;
}

/** The chosen values of a menu of several. */
export function readValues(values: State, name: string): string[] {
  return values[name]?.[name]?.selected_options?.map(({ value }) => value) ?? [];
}

/** The first file of a file input, by its id: the rest of its payload may be incomplete. null when there is none. */
export function readFile(values: State, name: string): { id: string; name: string } | null {
  const file = values[name]?.[name]?.files?.[0];
  return file === undefined ? null : { id: file.id, name: carriedName(file.name ?? file.id) };
}

/** The task form as filled in, not validated; a field that is not drawn is empty. */
export function readForm(values: unknown): RawDraft {
  const parsed = readState(values);
  return perField(({ name }) => {
    const value = readValue(parsed, name);
    return isOptionalChoice(name) && value === noChoice ? '' : value;
  });
}
