import { elementsOf } from './block-tree.ts';
import { valueKey } from './form.ts';
import { asArray, asObjects, asString, num } from './json.ts';
import type { ElementState, Json, StateValues } from './protocol.ts';
import type { WorkspaceWords } from './words.ts';

/** What Slack's own client refuses before it sends a submission: one set of rules for the server and the page. */

export interface FieldFault {
  code: keyof WorkspaceWords['faults'];
  /** A length, a number or a count, depending on the code; empty where there is none. */
  bound: string;
}

/** What the person has to fix, by block id. Only input blocks are checked; others never block a submission. */
export function faultsOf(blocks: unknown, values: StateValues): { [blockId: string]: FieldFault } {
  const faults: { [blockId: string]: FieldFault } = {};
  for (const block of asObjects(blocks)) {
    const [element] = elementsOf(block);
    if (block.type !== 'input' || !element) continue;
    const blockId = asString(block.block_id);
    const found = faultOf(element, block.optional === true, values[blockId]?.[asString(element.action_id)]);
    if (found) faults[blockId] = found;
  }
  return faults;
}

/** The fault in words. */
export function faultSentence({ faults }: WorkspaceWords, { code, bound }: FieldFault): string {
  const sentence = faults[code];
  return typeof sentence === 'string' ? sentence : sentence(bound);
}

function faultOf(element: Json, optional: boolean, state: ElementState | undefined): FieldFault | null {
  const key = valueKey(element.type);
  if (key === null) return null;
  const value = state?.[key];
  const empty = value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  if (empty) return optional ? null : fault('required');
  const rule = rules[asString(element.type)] ?? atMost('max_selected_items');
  return rule(value, element);
}

function fault(code: FieldFault['code'], bound?: number): FieldFault {
  return { code, bound: bound === undefined ? '' : String(bound) };
}

type Rule = (value: unknown, element: Json) => FieldFault | null;

const matching =
  (pattern: RegExp, code: FieldFault['code']): Rule =>
  (value) =>
    pattern.test(asString(value)) ? null : fault(code);

const atMost =
  (property: string): Rule =>
  (value, element) => {
    const most = num(element[property]);
    return most !== null && asArray(value).length > most ? fault('too_many', most) : null;
  };

/** Slack's own limit where the app sets none. */
const longestText = 3_000;

const rules: { [elementType: string]: Rule } = {
  plain_text_input(value, element) {
    const { length } = asString(value);
    const least = num(element.min_length);
    const most = num(element.max_length) ?? longestText;
    if (least !== null && length < least) return fault('too_short', least);
    return length > most ? fault('too_long', most) : null;
  },
  number_input(value, element) {
    const text = asString(value);
    const least = num(element.min_value);
    const most = num(element.max_value);
    if (!/^-?\d+(\.\d+)?$/.test(text)) return fault('number');
    if (element.is_decimal_allowed !== true && text.includes('.')) return fault('integer');
    if (least !== null && Number(text) < least) return fault('below', least);
    return most !== null && Number(text) > most ? fault('above', most) : null;
  },
  email_text_input: matching(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'email'),
  url_text_input: matching(/^https?:\/\/\S+$/, 'url'),
  file_input: atMost('max_files'),
};
