import { allBlocks, elementsOf, optionsOf } from './block-tree.ts';
import { asJson, asObjects, asString, isJson } from './json.ts';
import type { ElementState, Json, StateValues } from './protocol.ts';

/**
 * The state of a view's inputs, as Slack keeps it. Pure, and free of Node: the page and the server use the same rules.
 */

/** The key of an element's value in its state, and the `initial_…` property it starts from. */
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

/** The state of an untouched element. */
function initialState(element: Json): ElementState | null {
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
 * its value, the others start at their initial value, and what is no longer in the blocks is dropped.
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

/** A static choice is always one of the current options; one that is no longer offered is dropped. */
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
