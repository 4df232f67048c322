import type { ElementState, Json, StateValues } from '../../protocol.ts';
import { num, record, records, str, strings } from './json.ts';

/*
 * What the elements of a view or message hold: their initial state, the state after a person's edits, and what a person
 * still has to mend before it can be submitted. Shapes are those of Slack's `view.state.values`.
 */

type Source = 'static' | 'external' | 'users' | 'conversations' | 'channels';

/** How a select menu works; null for anything that is no select. */
export function selectKind(type: string): { multi: boolean; source: Source; field: string } | null {
  const match = /^(multi_)?(static|external|users|conversations|channels)_select$/.exec(type);
  if (!match) return null;
  const multi = match[1] !== undefined;
  const source = match[2] as Source;
  const single = source === 'static' || source === 'external' ? 'selected_option' : `selected_${source.slice(0, -1)}`;
  return { multi, source, field: multi ? `${single}s` : single };
}

/** All options of a select, groups flattened. */
export function optionsOf(element: Json): Json[] {
  const groups = records(element.option_groups);
  return groups.length > 0 ? groups.flatMap((group) => records(group.options)) : records(element.options);
}

const textual = new Set(['plain_text_input', 'email_text_input', 'url_text_input', 'number_input']);

/** The state an element starts with, or null when elements of its type hold none (buttons, overflow, images). */
export function initialState(element: Json): ElementState | null {
  const type = str(element.type);
  const select = selectKind(type);
  if (select) {
    const { multi, source, field } = select;
    if (source === 'static' || source === 'external') {
      return { type, [field]: multi ? records(element.initial_options) : (element.initial_option ?? null) };
    }
    const initial = element[field.replace('selected_', 'initial_')];
    return { type, [field]: multi ? strings(initial) : str(initial) || null };
  }
  if (textual.has(type)) return { type, value: str(element.initial_value) || null };
  switch (type) {
    case 'datepicker':
      return { type, selected_date: str(element.initial_date) || null };
    case 'timepicker':
      return { type, selected_time: str(element.initial_time) || null };
    case 'datetimepicker':
      return { type, selected_date_time: num(element.initial_date_time) };
    case 'checkboxes':
      return { type, selected_options: records(element.initial_options) };
    case 'radio_buttons':
      return { type, selected_option: element.initial_option ?? null };
    case 'file_input':
      return { type, files: [] };
    case 'rich_text_input':
      return { type, rich_text_value: element.initial_value ?? null };
    default:
      return null;
  }
}

/** Elements of a block that a person can operate. */
export function elementsOf(block: Json): Json[] {
  switch (block.type) {
    case 'input':
      return [record(block.element)];
    case 'section':
      return block.accessory === undefined ? [] : [record(block.accessory)];
    case 'actions':
    case 'context_actions':
      return records(block.elements);
    default:
      return [];
  }
}

/** The ids a block and an element are known by; the server fills them in, the position serves when it did not. */
export function blockIdOf(block: Json, index: number): string {
  return str(block.block_id) || `block-${index}`;
}
export function actionIdOf(element: Json, index: number): string {
  return str(element.action_id) || `action-${index}`;
}

/** An edit made before the view changed still counts if the element has the same type and, for a closed menu, still offers it. */
function stillFits(element: Json, edit: ElementState | undefined): edit is ElementState {
  if (!edit || edit.type !== element.type) return false;
  const type = str(element.type);
  const select = selectKind(type);
  const closed = select ? select.source === 'static' : type === 'checkboxes' || type === 'radio_buttons';
  if (!closed) return true;
  const offered = new Set(optionsOf(element).map((option) => str(option.value)));
  const chosen = [...records(edit.selected_options), ...(edit.selected_option ? [record(edit.selected_option)] : [])];
  return chosen.every((option) => offered.has(str(option.value)));
}

/** The state of every stateful element: what the person entered, else what the element started with. */
export function valuesOf(blocks: Json[], edits: StateValues | undefined): StateValues {
  const values: StateValues = {};
  blocks.forEach((block, index) => {
    const blockId = blockIdOf(block, index);
    elementsOf(block).forEach((element, position) => {
      const initial = initialState(element);
      if (!initial) return;
      const actionId = actionIdOf(element, position);
      const edit = edits?.[blockId]?.[actionId];
      values[blockId] = { ...values[blockId], [actionId]: stillFits(element, edit) ? edit : initial };
    });
  });
  return values;
}

/** Edits whose block and element are still there. A block that comes back later starts afresh. */
export function pruneEdits(blocks: Json[], edits: StateValues): StateValues {
  const kept: StateValues = {};
  blocks.forEach((block, index) => {
    const blockId = blockIdOf(block, index);
    elementsOf(block).forEach((element, position) => {
      const actionId = actionIdOf(element, position);
      const edit = edits[blockId]?.[actionId];
      if (edit) kept[blockId] = { ...kept[blockId], [actionId]: edit };
    });
  });
  return kept;
}

export function isEmpty(state: ElementState | undefined): boolean {
  if (!state) return true;
  return Object.entries(state).every(
    ([key, value]) => key === 'type' || value === null || value === '' || (Array.isArray(value) && value.length === 0),
  );
}

/** Why a field cannot be submitted yet. The bound is a length, a number or a count, as the code says. */
export type Fault = {
  code: 'required' | 'too_short' | 'too_long' | 'email' | 'url' | 'number' | 'integer' | 'below' | 'above';
  bound: string;
};

/** What the person has to mend, by block id. Only input blocks are checked; others never hinder a submission. */
export function faultsOf(blocks: Json[], values: StateValues): { [blockId: string]: Fault } {
  const faults: { [blockId: string]: Fault } = {};
  blocks.forEach((block, index) => {
    if (block.type !== 'input') return;
    const blockId = blockIdOf(block, index);
    const element = record(block.element);
    const state = values[blockId]?.[actionIdOf(element, 0)];
    const fault = isEmpty(state)
      ? block.optional === true
        ? null
        : ({ code: 'required', bound: '' } as const)
      : faultOf(element, str(state?.value));
    if (fault) faults[blockId] = fault;
  });
  return faults;
}

function faultOf(element: Json, text: string): Fault | null {
  const fault = (code: Fault['code'], bound: unknown = ''): Fault => ({ code, bound: str(bound) });
  switch (element.type) {
    case 'plain_text_input': {
      const least = num(element.min_length);
      const most = num(element.max_length) ?? 3_000;
      if (least !== null && text.length < least) return fault('too_short', least);
      return text.length > most ? fault('too_long', most) : null;
    }
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? null : fault('email');
    case 'url_text_input':
      return /^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(text) ? null : fault('url');
    case 'number_input': {
      const number = Number(text);
      const least = num(element.min_value);
      const most = num(element.max_value);
      if (!/^[-+]?\d*\.?\d+$/.test(text.trim())) return fault('number');
      if (element.is_decimal_allowed !== true && !Number.isInteger(number)) return fault('integer');
      if (least !== null && number < least) return fault('below', least);
      return most !== null && number > most ? fault('above', most) : null;
    }
    default:
      return null;
  }
}
