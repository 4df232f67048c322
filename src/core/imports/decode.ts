import { isUtf8 } from 'node:buffer';
import type { TextEncoding } from '../model/import-choices.ts';
import { isCommonChinese, isGbkByChance, legacyEncoding, wideEncoding } from './encoding.ts';
import { binaryKind, markupKind, markupLength, unreadable } from './file-kind.ts';
import { beginningOf, decodedText, type Text } from './text.ts';

export interface DecodedText {
  text: Text;
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
  const markup = markupKind(beginningOf(decoded.text, markupLength));
  if (markup !== null) throw unreadable(markup);
  if (looksBinary(decoded.text)) throw unreadable(null);
  return decoded;
}

function decodedAs(encoding: TextEncoding, bytes: Uint8Array, encodingDoubtful = false): DecodedText {
  return { text: decodedText(encoding, bytes), encoding, encodingDoubtful };
}

function decode(bytes: Uint8Array): DecodedText {
  const marked = marks.find(([, mark]) => beginsWith(bytes, mark));
  if (marked) return decodedAs(marked[0], bytes);
  const wide = wideEncoding(bytes);
  if (wide) return decodedAs(wide, bytes);
  if (isUtf8(bytes)) return isGbkByChance(bytes) ? decodedAs('gb18030', bytes, true) : decodedAs('utf-8', bytes);
  if (isDamagedUtf8(decodedText('utf-8', bytes))) return decodedAs('utf-8', bytes, true);
  const legacy = legacyEncoding(bytes);
  return decodedAs(legacy, bytes, legacy !== 'gb18030' || !isCommonChinese(bytes));
}

/**
 * Few replacement characters among the non-ASCII ones, or many whole three-byte characters (as Chinese has in UTF-8,
 * which GBK text almost never forms by chance), or nothing wrong but a truncated last character.
 */
function isDamagedUtf8(lossy: Text): boolean {
  let [bad, foreign, threeByte, last] = [0, 0, 0, 0];
  for (const part of lossy()) {
    for (let at = 0; at < part.length; at += 1) {
      last = part.charCodeAt(at);
      if (last < 0x80) continue;
      foreign += 1;
      if (last === replacement) bad += 1;
      else if (last >= 0x800 && last < replacement) threeByte += 1;
    }
  }
  return bad <= foreign / 20 || threeByte >= bad * 2 || (last === replacement && bad === 1 && threeByte > 0);
}

const replacement = 0xfffd;

function looksBinary(text: Text): boolean {
  let [odd, length] = [0, 0];
  for (const part of text()) {
    length += part.length;
    for (let at = 0; at < part.length; at += 1) if (isOdd(part.charCodeAt(at))) odd += 1;
  }
  return odd > 1 && odd > length / 20;
}

/** Control characters and damaged ones; tabs, line ends and a single stray NUL occur in genuine lists. */
function isOdd(code: number): boolean {
  if (code < 0x20) return code < 0x09 || code > 0x0d;
  return code >= 0x7f && (code < 0xa0 || code === replacement);
}

function beginsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}
