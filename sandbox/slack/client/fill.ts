import { elementsOf, optionsOf } from '../block-tree.ts';
import { valueKey } from '../form.ts';
import { asArray, asJson, asObjects, asString, isJson, plainText } from '../json.ts';
import type { Container, ElementState, Json } from '../protocol.ts';
import type { StoredFile } from '../stored.ts';
import type { ClientParts } from './wait.ts';

/** How a person in the typed client fills an input, by what they see on it. */

export interface GivenFile {
  name: string;
  content: string | Uint8Array;
}

/**
 * Text, a number, or a choice by its value or visible text; several for multi selects and checkboxes; files; null
 * empties the input. Dates as `2026-11-23`, times as `14:30`, date-times as a `Date` or seconds since the epoch.
 */
export type Given = string | number | Date | null | string[] | GivenFile | GivenFile[];

/** The element with that name: a `block_id` first, then an `action_id`. */
export function elementNamed(blocks: unknown, name: string): { block: Json; element: Json } | null {
  const all = asObjects(blocks).flatMap((block) => elementsOf(block).map((element) => ({ block, element })));
  const inputs = all.filter(({ element }) => valueKey(element.type) !== null);
  const found =
    inputs.find(({ block }) => block.block_id === name) ??
    inputs.find(({ element }) => element.action_id === name) ??
    all.find(({ element }) => element.action_id === name);
  return found ?? null;
}

const texts = new Set(['plain_text_input', 'email_text_input', 'url_text_input', 'number_input']);

/** One input and where it is. */
export interface Field {
  container: Container;
  blockId: string;
  element: Json;
}

/** The state of an element after the person entered `given`. Fails when there is no such option. */
export async function stateFor(parts: ClientParts, field: Field, given: Given): Promise<ElementState> {
  const { element } = field;
  const type = asString(element.type);
  const key = valueKey(type);
  if (key === null) throw new Error(`${asString(element.action_id)} is a ${type}: nothing can be put into it.`);
  const many = key.endsWith('s');
  if (given === null) return { type, [key]: many ? [] : null };
  if (texts.has(type)) return { type, [key]: String(given) };
  if (type === 'rich_text_input') return { type, [key]: richText(String(given)) };
  if (type === 'datetimepicker') {
    return { type, [key]: given instanceof Date ? Math.floor(given.getTime() / 1000) : Number(given) };
  }
  if (type === 'file_input') {
    return { type, [key]: asList(given).map((file) => ({ id: uploadGiven(parts, asFile(file)).id })) };
  }
  if (type === 'datepicker' || type === 'timepicker') return { type, [key]: String(given) };
  const choices: unknown[] = [];
  for (const wanted of asList(given)) choices.push(await choose(parts, field, String(wanted)));
  return { type, [key]: many ? choices : choices[0] };
}

function asList(given: Exclude<Given, null>): unknown[] {
  return Array.isArray(given) ? given : [given];
}

function asFile(value: unknown): GivenFile {
  if (isJson(value) && typeof value.name === 'string' && 'content' in value) return value as unknown as GivenFile;
  throw new Error('A file is given as { name, content }.');
}

export function uploadGiven({ control, user }: ClientParts, { name, content }: GivenFile): StoredFile {
  return control.upload(user, name, typeof content === 'string' ? new TextEncoder().encode(content) : content);
}

async function choose(parts: ClientParts, field: Field, wanted: string): Promise<unknown> {
  const { blockId, element } = field;
  const type = asString(element.type).replace(/^multi_/, '');
  if (type === 'users_select') return parts.workspace.resolve(wanted);
  if (type === 'conversations_select' || type === 'channels_select') {
    const channel = parts.workspace.channel(wanted);
    if (!channel) throw new Error(`There is no channel ${wanted}.`);
    return channel.id;
  }
  const offered = type === 'external_select' ? await suggested(parts, field, wanted) : optionsOf(element);
  const option = pick(offered, wanted);
  if (!option) {
    const names = offered
      .slice(0, 20)
      .map((candidate) => `“${plainText(candidate.text)}” (${asString(candidate.value)})`);
    throw new Error(`${blockId} offers no “${wanted}”, only: ${names.join(', ') || 'nothing'}.`);
  }
  return option;
}

/** Finds an option by its value or its whole text, else the only option whose text contains the words. */
export function pick(options: Json[], wanted: string): Json | undefined {
  const exact = options.find((option) => option.value === wanted || plainText(option.text) === wanted);
  if (exact) return exact;
  const partial = options.filter((option) => plainText(option.text).includes(wanted));
  return partial.length === 1 ? partial[0] : undefined;
}

async function suggested({ control, user }: ClientParts, field: Field, wanted: string): Promise<Json[]> {
  const { container, blockId, element } = field;
  const least = element.min_query_length === undefined ? 3 : Number(element.min_query_length);
  const ask = async (query: string) => {
    const answer = await control.do('suggest', {
      as: user,
      container,
      blockId,
      actionId: asString(element.action_id),
      query,
    });
    if (!answer.ok) throw new Error(`No options for ${blockId}: ${String(answer.error)}.`);
    const groups = asArray(answer.option_groups).flatMap((group) => asObjects(asJson(group).options));
    return [...asObjects(answer.options), ...groups];
  };
  if (wanted.length < least) throw new Error(`${blockId} suggests nothing before ${least} characters are typed.`);
  const found = await ask(wanted);
  // An option named by its value may only be in the list shown before anything is typed.
  return pick(found, wanted) === undefined && least === 0 ? ask('') : found;
}

function richText(text: string): Json {
  const section = { type: 'rich_text_section', elements: [{ type: 'text', text }] };
  return { type: 'rich_text', elements: [section] };
}
