import { cleaned } from '../../core/text/printable.ts';
import { unescapeMarkup } from '../../i18n/escape.ts';
import { barePanel } from '../command-words.ts';
import { limits } from '../views/limits.ts';

/**
 * A link that Slack made of what was typed: `<https://a.example|a.example>`, `<mailto:…|…>`, `<tel:…|…>`. Bounded, so
 * that a flood of `<` costs no more than its length.
 */
const link = /<((?:https?|mailto|tel|sip):[^<>|\s]{1,2000})(?:\|([^<>|]{1,2000}))?>/g;

/** The text without the link mark-up that Slack added: what the person saw while typing. Mentions stay. */
export function unwrapLinks(text: string): string {
  return text.replace(link, (_, target: string, label?: string) => label ?? target.replace(/^(?:mailto|tel|sip):/, ''));
}

/** The words of a command, as Slack delivered them, if they fit into a button; null for longer ones. */
export function runnable(raw: string): string | null {
  const words = raw.trim() || barePanel;
  return words.length > limits.buttonValue ? null : words;
}

/**
 * What a person typed, out of a payload. Links are unwrapped before entities are resolved: brackets that the person
 * typed are entities, and are no mark-up.
 */
export function typedText(text: string): string {
  return cleaned(unescapeMarkup(unwrapLinks(text))).trim();
}
