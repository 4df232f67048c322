import { elementsOf } from '../../block-tree.ts';
import { mergeValues, statefulElements, valueKey } from '../../form.ts';
import { asArray, asString } from '../../json.ts';
import type { ElementState, Json, StateValues } from '../../protocol.ts';
import { num } from './json.ts';

/*
 * What the elements of a view or message hold, by the rules the server has too (form.ts), and what a person still has to
 * mend before it can be submitted, as codes that the page words in its own language.
 */

type Source = 'static' | 'external' | 'users' | 'conversations' | 'channels';

/** How a select menu works; null for anything that is no select. */
export function selectKind(type: string): { multi: boolean; source: Source } | null {
  const match = /^(multi_)?(static|external|users|conversations|channels)_select$/.exec(type);
  return match && { multi: match[1] !== undefined, source: match[2] as Source };
}

/** The ids a block and an element are known by. The server fills in those the app left out; the position stands in for none. */
export function blockIdOf(block: Json, index: number): string {
  return asString(block.block_id) || `block-${index}`;
}
export function actionIdOf(element: Json, index: number): string {
  return asString(element.action_id) || `action-${index}`;
}

/** The state of every stateful element: what the person entered, else what the element started with. */
export function valuesOf(blocks: Json[], edits: StateValues | undefined): StateValues {
  return mergeValues(blocks, edits ?? {});
}

/** Edits whose block and element are still there. A block that comes back later starts afresh. */
export function pruneEdits(blocks: Json[], edits: StateValues): StateValues {
  const kept: StateValues = {};
  for (const { blockId, actionId } of statefulElements(blocks)) {
    const edit = edits[blockId]?.[actionId];
    if (edit) kept[blockId] = { ...kept[blockId], [actionId]: edit };
  }
  return kept;
}

/** Why a field cannot be submitted yet. The bound is a length, a number or a count, as the code says. */
export type Fault = {
  code: 'required' | 'too_short' | 'too_long' | 'too_many' | 'email' | 'url' | 'number' | 'integer' | 'below' | 'above';
  bound: string;
};

/** What the person has to mend, by block id. Only input blocks are checked; others never hinder a submission. */
export function faultsOf(blocks: Json[], values: StateValues): { [blockId: string]: Fault } {
  const faults: { [blockId: string]: Fault } = {};
  for (const block of blocks) {
    const [element] = elementsOf(block);
    if (block.type !== 'input' || !element) continue;
    const blockId = asString(block.block_id);
    const fault = faultOf(element, block.optional === true, values[blockId]?.[asString(element.action_id)]);
    if (fault) faults[blockId] = fault;
  }
  return faults;
}

function faultOf(element: Json, optional: boolean, state: ElementState | undefined): Fault | null {
  const key = valueKey(element.type);
  if (key === null) return null;
  const value = state?.[key];
  const empty = value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  if (empty) return optional ? null : fault('required');
  const text = asString(value);
  switch (element.type) {
    case 'plain_text_input':
      return lengthFault(text, num(element.min_length), num(element.max_length) ?? 3_000);
    case 'number_input':
      return numberFault(text, element);
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? null : fault('email');
    case 'url_text_input':
      return /^https?:\/\/\S+$/.test(text) ? null : fault('url');
    default: {
      const most = num(element.type === 'file_input' ? element.max_files : element.max_selected_items);
      return most !== null && asArray(value).length > most ? fault('too_many', most) : null;
    }
  }
}

function fault(code: Fault['code'], bound?: number): Fault {
  return { code, bound: bound === undefined ? '' : String(bound) };
}

function lengthFault(text: string, least: number | null, most: number): Fault | null {
  if (least !== null && text.length < least) return fault('too_short', least);
  return text.length > most ? fault('too_long', most) : null;
}

function numberFault(text: string, element: Json): Fault | null {
  const least = num(element.min_value);
  const most = num(element.max_value);
  if (!/^-?\d+(\.\d+)?$/.test(text)) return fault('number');
  if (element.is_decimal_allowed !== true && text.includes('.')) return fault('integer');
  if (least !== null && Number(text) < least) return fault('below', least);
  return most !== null && Number(text) > most ? fault('above', most) : null;
}
