import { allBlocks, elementsOf, optionsOf } from './block-tree.ts';
import { asJson, asObjects, asString, isJson } from './json.ts';
import type { ElementState, Json, StateValues } from './protocol.ts';

/**
 * The state of a view's inputs, as Slack keeps it. Pure, and free of Node: the page and the server use the same rules.
 */

/** The key under which an element's value stands in its state, and the `initial_…` property it starts from. */
const shapes: { [type: string]: { value: string; initial: string; empty: null | [] } } = {
  plain_text_input: { value: 'value', initial: 'initial_value', empty: null },
  email_text_input: { value: 'value', initial: 'initial_value', empty: null },
  url_text_input: { value: 'value', initial: 'initial_value', empty: null },
  number_input: { value: 'value', initial: 'initial_value', empty: null },
  rich_text_input: { value: 'rich_text_value', initial: 'initial_value', empty: null },
  static_select: { value: 'selected_option', initial: 'initial_option', empty: null },
  external_select: { value: 'selected_option', initial: 'initial_option', empty: null },
  radio_buttons: { value: 'selected_option', initial: 'initial_option', empty: null },
  users_select: { value: 'selected_user', initial: 'initial_user', empty: null },
  conversations_select: { value: 'selected_conversation', initial: 'initial_conversation', empty: null },
  channels_select: { value: 'selected_channel', initial: 'initial_channel', empty: null },
  multi_static_select: { value: 'selected_options', initial: 'initial_options', empty: [] },
  multi_external_select: { value: 'selected_options', initial: 'initial_options', empty: [] },
  checkboxes: { value: 'selected_options', initial: 'initial_options', empty: [] },
  multi_users_select: { value: 'selected_users', initial: 'initial_users', empty: [] },
  multi_conversations_select: { value: 'selected_conversations', initial: 'initial_conversations', empty: [] },
  multi_channels_select: { value: 'selected_channels', initial: 'initial_channels', empty: [] },
  datepicker: { value: 'selected_date', initial: 'initial_date', empty: null },
  timepicker: { value: 'selected_time', initial: 'initial_time', empty: null },
  datetimepicker: { value: 'selected_date_time', initial: 'initial_date_time', empty: null },
  file_input: { value: 'files', initial: '', empty: [] },
};

/** The property of an element's state that holds its value; null for elements without one (buttons, overflow). */
export function valueKey(elementType: unknown): string | null {
  return shapes[asString(elementType)]?.value ?? null;
}

/** What an untouched element counts as. */
export function initialState(element: Json): ElementState | null {
  const shape = shapes[asString(element.type)];
  if (!shape) return null;
  const initial = shape.initial === '' ? undefined : element[shape.initial];
  return { type: asString(element.type), [shape.value]: initial === undefined ? shape.empty : initial };
}

/** Every stateful element of the blocks: input blocks, and controls in sections and actions. */
export function statefulElements(blocks: unknown): { block: Json; element: Json; blockId: string; actionId: string }[] {
  return allBlocks(blocks).flatMap((block) =>
    elementsOf(block)
      .filter((element) => valueKey(element.type) !== null)
      .map((element) => ({
        block,
        element,
        blockId: asString(block.block_id),
        actionId: asString(element.action_id),
      })),
  );
}

export function initialValues(blocks: unknown): StateValues {
  return mergeValues(blocks, {});
}

/**
 * The state of `blocks` given what was known before: an element with the same `block_id`, `action_id` and type keeps
 * its value, the others start at their initial value, and what is gone from the blocks is forgotten.
 */
export function mergeValues(blocks: unknown, known: StateValues): StateValues {
  const values: StateValues = {};
  for (const { element, blockId, actionId } of statefulElements(blocks)) {
    const before = known[blockId]?.[actionId];
    const key = valueKey(element.type) ?? '';
    const kept = isJson(before) && before.type === element.type && key in before ? before : initialState(element);
    if (kept === null) continue;
    const block = values[blockId] ?? {};
    block[actionId] = settle(element, kept);
    values[blockId] = block;
  }
  return values;
}

/** A static choice is always one of the options on offer, shown as they are; one that is no longer offered is dropped. */
function settle(element: Json, state: ElementState): ElementState {
  const type = asString(element.type);
  if (!['static_select', 'radio_buttons', 'multi_static_select', 'checkboxes'].includes(type)) return state;
  const offered = (choice: unknown) => optionsOf(element).find((option) => option.value === asJson(choice).value);
  if ('selected_option' in state) return { ...state, selected_option: offered(state.selected_option) ?? null };
  return {
    ...state,
    selected_options: asObjects(state.selected_options).flatMap((choice) => {
      const option = offered(choice);
      return option ? [option] : [];
    }),
  };
}

function isEmpty(element: Json, state: ElementState | undefined): boolean {
  const value = state?.[valueKey(element.type) ?? ''];
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** What Slack's own client refuses before it sends a submission: `block_id` → sentence. Empty when all is well. */
export function checkValues(blocks: unknown, values: StateValues): { [blockId: string]: string } {
  const errors: { [blockId: string]: string } = {};
  for (const { block, element, blockId, actionId } of statefulElements(blocks)) {
    if (block.type !== 'input') continue;
    const state = values[blockId]?.[actionId];
    const problem = isEmpty(element, state)
      ? block.optional === true
        ? null
        : 'Please complete this required field.'
      : checkOne(element, asString(state?.[valueKey(element.type) ?? '']), state);
    if (problem !== null) errors[blockId] = problem;
  }
  return errors;
}

function checkOne(element: Json, value: string, state: ElementState | undefined): string | null {
  const number = (key: string) => (element[key] === undefined ? null : Number(element[key]));
  switch (element.type) {
    case 'plain_text_input': {
      const least = number('min_length');
      const most = number('max_length');
      if (least !== null && value.length < least) return `Please enter at least ${least} characters.`;
      if (value.length > (most ?? 3000)) return `Please enter no more than ${most ?? 3000} characters.`;
      return null;
    }
    case 'number_input': {
      if (!/^-?\d+(\.\d+)?$/.test(value)) return 'Please enter a number.';
      if (element.is_decimal_allowed !== true && value.includes('.')) return 'Please enter a whole number.';
      const [least, most] = [number('min_value'), number('max_value')];
      if (least !== null && Number(value) < least) return `Please enter a number of at least ${least}.`;
      if (most !== null && Number(value) > most) return `Please enter a number no greater than ${most}.`;
      return null;
    }
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? null : 'Please enter a valid email address.';
    case 'url_text_input':
      return /^https?:\/\/\S+$/.test(value) ? null : 'Please enter a valid URL.';
    default: {
      const most = number(element.type === 'file_input' ? 'max_files' : 'max_selected_items');
      const list = state?.[valueKey(element.type) ?? ''];
      if (most !== null && Array.isArray(list) && list.length > most) return `Please choose no more than ${most}.`;
      return null;
    }
  }
}
