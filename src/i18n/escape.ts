import { printable } from '../core/text/printable.ts';

/** Makes text inert in chat markup: the three characters docs.slack.dev names (`&`, `<`, `>`) become entities. */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The reverse: what Slack sends back, of people's texts and of our own, comes with those entities. */
export function unescapeMarkup(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/**
 * Text of someone else in mrkdwn: it mentions nobody, formats nothing and becomes no emoji.
 *
 * Slack has no escape for `*`, `_`, `~`, the backtick and `:name:`. A zero-width space beside the sign keeps it from
 * opening or closing anything: next to it such a sign has neither a word nor a blank, and no emoji's name holds one.
 * Full-width signs would look different and be found nowhere; this space is not seen, and is taken off again when the
 * copied text comes back (`cleaned`). Inside a word only the backtick formats; the others stay as they are there.
 */
export function inertMarkup(text: string): string {
  return escapeMarkup(
    printable(text)
      .replaceAll(/`|(?<![\p{L}\p{N}*_~])[*_~]+|(?<![*_~])[*_~]+(?![\p{L}\p{N}*_~])/gu, '\u200b$&\u200b')
      .replaceAll(/:(?=[^\s:]+:)/g, ':\u200b'),
  );
}
