import { AppError, type FileKind } from '../errors.ts';
import { isGbkByChance, type LegacyEncoding, legacyEncoding, wideEncoding } from './encoding.ts';

export interface DecodedText {
  text: string;
  /** `utf-8`, `utf-8 (damaged)`, `utf-16le`, `utf-16be`, `gb18030`, `big5` or `shift_jis`. */
  encoding: string;
}

/** How common files that are not text begin. */
const signatures: readonly (readonly [FileKind, readonly number[]])[] = [
  ['xlsx', [0x50, 0x4b, 0x03, 0x04]],
  ['archive', [0x50, 0x4b, 0x05, 0x06]],
  ['xls', [0xd0, 0xcf, 0x11, 0xe0]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['archive', [0x1f, 0x8b]],
  ['archive', [0x52, 0x61, 0x72, 0x21]],
  ['archive', [0x37, 0x7a, 0xbc, 0xaf]],
  ['picture', [0x89, 0x50, 0x4e, 0x47]],
  ['picture', [0xff, 0xd8, 0xff]],
];

/** How texts begin that are lists in another form. */
const markups: readonly (readonly [FileKind, RegExp])[] = [
  ['web_page', /^\s*<(?:[a-z!?])/i],
  ['vcard', /^\s*BEGIN:VCARD/i],
  ['json', /^\s*[[{]\s*["{[\d]/],
];

const marks: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/**
 * The text of a file of unspecified encoding: byte order mark, zero bytes on one parity (UTF-16), strict UTF-8, UTF-8
 * with little damage, else GB18030. The whole file is inspected, since a list may be ASCII for thousands of rows.
 * Throws `file_unreadable` for anything that is not text.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const signature = signatures.find(([, start]) => beginsWith(bytes, start));
  if (signature) throw unreadable(signature[0]);
  const decoded = decode(bytes);
  const kind = markups.find(([, pattern]) => pattern.test(decoded.text.slice(0, 200)));
  if (kind) throw unreadable(kind[0]);
  if (looksBinary(decoded.text)) throw unreadable(null);
  return decoded;
}

function decode(bytes: Uint8Array): DecodedText {
  const marked = marks.find(([, mark]) => beginsWith(bytes, mark));
  // The decoder strips the mark.
  if (marked) return { text: new TextDecoder(marked[0]).decode(bytes), encoding: marked[0] };
  const wide = wideEncoding(bytes);
  if (wide) return { text: new TextDecoder(wide).decode(bytes), encoding: wide };
  // Never 'gbk': that decoder is wrong in some releases of Node 20. GB18030 contains it.
  const legacy = (encoding: LegacyEncoding): DecodedText => ({
    text: new TextDecoder(encoding).decode(bytes),
    encoding,
  });
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return isGbkByChance(text, bytes) ? legacy('gb18030') : { text, encoding: 'utf-8' };
  } catch {
    const lossy = new TextDecoder('utf-8').decode(bytes);
    return isDamagedUtf8(lossy) ? { text: lossy, encoding: 'utf-8 (damaged)' } : legacy(legacyEncoding(bytes));
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

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function beginsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

function unreadable(fileKind: FileKind | null): AppError {
  return new AppError('file_unreadable', `the file is no text list of numbers: ${fileKind ?? 'not text'}`, {
    details: fileKind === null ? {} : { fileKind },
  });
}
