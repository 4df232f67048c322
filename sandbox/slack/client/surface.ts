import { allBlocks, elementsOf, optionsOf } from '../block-tree.ts';
import { valueKey } from '../form.ts';
import { asJson, asString, isJson, plainText } from '../json.ts';
import type { ActionResult } from '../person-actions.ts';
import type { Container, Json, StateValues } from '../protocol.ts';
import { type Field, type Given, pick, stateFor } from './fill.ts';
import type { ClientParts } from './wait.ts';

/** Pressing and choosing, the same on a message, a modal and Home. */

export interface PressOptions {
  /** The answer to the confirm dialog: required if there is one, refused if not. `false` sends nothing. */
  confirm?: boolean;
  /** What to choose in a select, an overflow menu, a picker. */
  choose?: Given;
  /** Picks one of several elements with the same `action_id`: by a button's value, its visible text or its block. */
  value?: string;
  text?: string;
  blockId?: string;
}

export interface Pressed extends ActionResult {
  /** The URL that a button opens. */
  opened?: string;
}

/** Uses the element with that `action_id`. Fails when there is none, or when several match. */
export async function pressOn(
  parts: ClientParts,
  surface: { container: Container; blocks: unknown; values: StateValues },
  actionId: string,
  options: PressOptions,
): Promise<Pressed> {
  const { block, element } = locate(surface.blocks, actionId, options);
  const blockId = asString(block.block_id);
  const confirmation = isJson(element.confirm);
  if (confirmation && options.confirm === undefined) {
    throw new Error(`${actionId} asks “${plainText((element.confirm as Json).title)}”: pass confirm: true or false.`);
  }
  if (!confirmation && options.confirm !== undefined) throw new Error(`${actionId} asks for no confirmation.`);
  if (options.confirm === false) return { ok: true };
  const answer = await parts.control.do('action', {
    as: parts.user,
    container: surface.container,
    blockId,
    actionId: asString(element.action_id),
    value: await chosen(parts, { container: surface.container, blockId, element }, options),
    values: surface.values,
  });
  return typeof element.url === 'string' ? { ...answer, opened: element.url } : answer;
}

async function chosen(parts: ClientParts, field: Field, options: PressOptions): Promise<Json> {
  const { element } = field;
  if (element.type === 'overflow') {
    const option = pick(optionsOf(element), String(options.choose));
    if (!option) throw new Error(`The menu offers no “${String(options.choose)}”.`);
    return { type: 'overflow', selected_option: option };
  }
  if (element.type === 'feedback_buttons') {
    const buttons = [element.positive_button, element.negative_button].map(asJson);
    const pressed = buttons.find((button) => [button.value, plainText(button.text)].includes(options.choose));
    if (!pressed) throw new Error(`There is no feedback “${String(options.choose)}”.`);
    return { type: 'feedback_buttons', value: pressed.value };
  }
  if (valueKey(element.type) === null) return { type: element.type };
  if (options.choose === undefined) throw new Error(`Pass choose: … for ${asString(element.action_id)}.`);
  return stateFor(parts, field, options.choose);
}

function locate(
  blocks: unknown,
  actionId: string,
  { value, text, blockId }: PressOptions,
): { block: Json; element: Json } {
  const all = allBlocks(blocks).flatMap((block) => elementsOf(block).map((element) => ({ block, element })));
  const found = all.filter(
    ({ block, element }) =>
      element.action_id === actionId &&
      (value === undefined || element.value === value) &&
      (text === undefined || plainText(element.text).includes(text)) &&
      (blockId === undefined || block.block_id === blockId),
  );
  const [only, another] = found;
  if (!only) {
    const there = all.map(({ element }) => asString(element.action_id)).join(', ');
    throw new Error(`There is no ${actionId} here, only: ${there || 'nothing to press'}.`);
  }
  if (another) throw new Error(`${found.length} elements are called ${actionId}: pick one by value, text or blockId.`);
  return only;
}
