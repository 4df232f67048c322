import type { TextEncoding } from '../model/import-choices.ts';
import { isCommonChinese, isGbkByChance, legacyEncoding, wideEncoding } from './encoding.ts';
import { binaryKind, markupKind, unreadable } from './file-kind.ts';

export interface DecodedText {
  text: string;
  encoding: TextEncoding;
  /** Characters are damaged, or another encoding is nearly as likely. */
  encodingDoubtful: boolean;
}

const marks: readonly (readonly [TextEncoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/**
 * The text of a file of unspecified encoding: byte order mark, zero bytes on one parity (UTF-16), strict UTF-8, UTF-8
 * with little damage, else one of the encodings of East Asia. The whole file is inspected, since a list may be ASCII
 * for thousands of rows. Throws `file_unreadable` for anything that is not text.
 * @param chosen what a person decided that it is.
 */
export function decodeText(bytes: Uint8Array, chosen?: TextEncoding): DecodedText {
  const binary = binaryKind(bytes);
  if (binary !== null) throw unreadable(binary === 'zip' ? 'archive' : binary);
  const decoded = chosen === undefined ? decode(bytes) : decodedAs(chosen, bytes);
  const markup = markupKind(decoded.text);
  if (markup !== null) throw unreadable(markup);
  if (looksBinary(decoded.text)) throw unreadable(null);
  return decoded;
}

function decodedAs(encoding: TextEncoding, bytes: Uint8Array, encodingDoubtful = false): DecodedText {
  // The decoder strips the mark. Never 'gbk': that one is wrong in some releases of Node 20. GB18030 contains it.
  return { text: new TextDecoder(encoding).decode(bytes), encoding, encodingDoubtful };
}

function decode(bytes: Uint8Array): DecodedText {
  const marked = marks.find(([, mark]) => beginsWith(bytes, mark));
  if (marked) return decodedAs(marked[0], bytes);
  const wide = wideEncoding(bytes);
  if (wide) return decodedAs(wide, bytes);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return isGbkByChance(text, bytes)
      ? decodedAs('gb18030', bytes, true)
      : { text, encoding: 'utf-8', encodingDoubtful: false };
  } catch {
    const lossy = new TextDecoder('utf-8').decode(bytes);
    if (isDamagedUtf8(lossy)) return { text: lossy, encoding: 'utf-8', encodingDoubtful: true };
    const legacy = legacyEncoding(bytes);
    return decodedAs(legacy, bytes, legacy !== 'gb18030' || !isCommonChinese(bytes));
  }
}

/**
 * Few replacement characters among the non-ASCII ones, or many whole three-byte characters (as Chinese has in UTF-8,
 * which GBK text almost never forms by chance), or nothing wrong but a truncated last character.
 */
function isDamagedUtf8(lossy: string): boolean {
  const bad = countOf(lossy, /\ufffd/g);
  const foreign = countOf(lossy, /\P{ASCII}/gu);
  const threeByte = countOf(lossy, /[\u0800-\ufffc]/g);
  return bad <= foreign / 20 || threeByte >= bad * 2 || (lossy.endsWith('\ufffd') && bad === 1 && threeByte > 0);
}

function looksBinary(text: string): boolean {
  // Tabs, line ends and a single stray NUL occur in genuine lists.
  const odd = countOf(text, /(?![\t\n\v\f\r])[\p{Cc}\ufffd]/gu);
  return odd > 1 && odd > text.length / 20;
}

/** Of UTF-16 units. Removing them takes less memory than a list of all matches, of which a text may be full. */
function countOf(text: string, pattern: RegExp): number {
  return text.length - text.replace(pattern, '').length;
}

function beginsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}
