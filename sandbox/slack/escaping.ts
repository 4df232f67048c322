import { isJson } from './json.ts';
import type { Json } from './protocol.ts';

/** How Slack escapes: what people type into commands, and what it hands an app back of the app's own texts. */

function escapeText(text: string): string {
  return escapeAmpersands(text).replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** An entity of the app's own stays as it is. */
function escapeAmpersands(text: string): string {
  return text.replace(/&(?!(?:amp|lt|gt);)/g, '&amp;');
}

/**
 * A message, view or element as it comes back in a payload: `&`, `<` and `>` of its texts are entities, also where the
 * app sent them bare (slackapi/bolt-python, issue 513). Values and private metadata stay as they are.
 */
export function sentBack<T>(part: T): T {
  return escapedIn(part) as T;
}

function escapedIn(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(escapedIn);
  if (!isJson(part)) return part;
  const copy: Json = Object.fromEntries(Object.entries(part).map(([key, value]) => [key, escapedIn(value)]));
  if (typeof part.text !== 'string') return copy;
  return { ...copy, text: part.type === 'plain_text' ? escapeText(part.text) : escapeAmpersands(part.text) };
}

const host = '[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*\\.(?:com|net|org|cn|io|example)';
const linked = new RegExp(
  `(?<![\\w.@/-])(?:(https?://[^\\s<>|]+)|([\\w.+-]+@${host})|(${host}(?:/[^\\s<>|]*)?))(?![\\w@-])`,
  'g',
);

/** Typed text with entities, and with the mark-up Slack adds to addresses of the web and of e-mail. */
export function typedMarkup(typed: string): string {
  const escaped = typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped.replace(linked, (whole: string, url?: string, mail?: string) => {
    if (url !== undefined) return `<${url}>`;
    return mail === undefined ? `<http://${whole}|${whole}>` : `<mailto:${mail}|${mail}>`;
  });
}
