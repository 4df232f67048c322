import type {
  ActionsBlock,
  Button,
  ConfirmationDialog,
  ContextBlock,
  ExternalSelect,
  KnownBlock,
  MrkdwnElement,
  Overflow,
  PlainTextElement,
  PlainTextOption,
  SectionBlock,
  StaticSelect,
} from '@slack/types';
import type { ActionId } from '../ids.ts';

/** The few shapes that all views are built from. */

/** Heads what has no title of its own; it is not translated. */
export const appName = 'Dialdeck';

/** `emoji: false`: a name such as `:fire:` stays the letters that it is. */
export function plain(text: string): PlainTextElement {
  return { type: 'plain_text', text, emoji: false };
}

/** `verbatim`: names that look like addresses or channels are not turned into links. */
function markup(text: string): MrkdwnElement {
  return { type: 'mrkdwn', text, verbatim: true };
}

export function section(text: string, accessory?: Button | Overflow | StaticSelect | ExternalSelect): SectionBlock {
  return { type: 'section', text: markup(text), ...(accessory && { accessory }) };
}

/** Labels with their values, in two columns; both mrkdwn. */
export function facts(pairs: readonly (readonly [label: string, value: string])[]): SectionBlock {
  return { type: 'section', fields: pairs.map(([label, value]) => markup(`*${label}*\n${value}`)) };
}

export function context(...texts: string[]): ContextBlock {
  return { type: 'context', elements: texts.map(markup) };
}

export function actions(blockId: string, elements: ActionsBlock['elements']): ActionsBlock {
  return { type: 'actions', block_id: blockId, elements };
}

export function option(value: string, text: string, description?: string): PlainTextOption {
  return { text: plain(text), value, ...(description && { description: plain(description) }) };
}

/** `spoken`: read by screen readers instead of the label, for buttons that share one label. */
export function button(
  actionId: ActionId,
  label: string,
  value: string,
  extra: { style?: 'primary' | 'danger'; spoken?: string; confirm?: ConfirmationDialog } = {},
): Button {
  const { style, spoken, confirm } = extra;
  return {
    type: 'button',
    action_id: actionId,
    text: plain(label),
    value,
    ...(style && { style }),
    ...(spoken && { accessibility_label: spoken }),
    ...(confirm && { confirm }),
  };
}

/** The blocks without the absent ones. */
export function present(blocks: readonly (KnownBlock | null)[]): KnownBlock[] {
  return blocks.filter((block) => block !== null);
}
