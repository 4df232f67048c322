import { decodedText, type Text } from './text.ts';

/** Which encoding a text without a byte order mark is in, by what its bytes would be in each. */

export type LegacyEncoding = 'gb18030' | 'big5' | 'shift_jis';

/**
 * UTF-16 without a mark. The digits and line ends of a list have their zero byte always on the same side; in a text
 * that is mostly Chinese they are few, so there the whole text must make sense.
 */
export function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const zeros = [0, 0];
  for (let i = bytes.indexOf(0); i >= 0; i = bytes.indexOf(0, i + 1)) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const most = Math.max(even, odd);
  if (most < minZeros) return null;
  if (most > bytes.length / 20 && Math.min(even, odd) * 10 < most) return odd > even ? 'utf-16le' : 'utf-16be';
  if (bytes.length % 2 !== 0) return null;
  return (['utf-16le', 'utf-16be'] as const).find((one) => isPlausible(decodedText(one, bytes))) ?? null;
}

const minZeros = 2;

/** Chinese, Latin and what is between them, with hardly anything else. */
function isPlausible(text: Text): boolean {
  let [usual, length] = [0, 0];
  let hasFigures = false;
  for (const part of text()) {
    usual +=
      part.length -
      part.replace(/[\t\n\r\u0020-\u024f\u2010-\u2030\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/g, '').length;
    length += part.length;
    hasFigures ||= /[\n\d]/.test(part);
  }
  return hasFigures && usual >= length * 0.98;
}

interface Pairs {
  count: number;
  /** Pairs that are among the 3,755 most common characters of GB 2312, or its punctuation. */
  common: number;
  /** Pairs as Big5 has them all the time, and Chinese in GBK almost never. */
  big5: number;
  /** Pairs that begin as the common characters of Japanese do. */
  japanese: number;
}

/** Bytes that are no UTF-8: GB18030, unless most of its characters would be none that people write. */
export function legacyEncoding(bytes: Uint8Array): LegacyEncoding {
  const { count, big5, japanese } = pairsOf(bytes);
  if (count === 0) return 'gb18030';
  if (japanese * 2 > count && isStrictly('shift_jis', bytes)) return 'shift_jis';
  if (big5 * 5 >= count && isStrictly('big5', bytes)) return 'big5';
  return 'gb18030';
}

/** Whether bytes in GB18030 are nearly all common Chinese characters, as they are in no other encoding. */
export function isCommonChinese(bytes: Uint8Array): boolean {
  const { count, common } = pairsOf(bytes);
  return common * 5 >= count * 4;
}

const maxCountedBytes = 1_000_000;

function pairsOf(bytes: Uint8Array): Pairs {
  const pairs: Pairs = { count: 0, common: 0, big5: 0, japanese: 0 };
  const end = Math.min(bytes.length, maxCountedBytes) - 1;
  for (let at = 0; at < end; at += 1) {
    const [lead = 0, second = 0] = [bytes[at], bytes[at + 1]];
    if (lead < 0x81) continue;
    at += 1;
    pairs.count += 1;
    if (second >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || lead === 0xa1 || lead === 0xa3)) pairs.common += 1;
    if (lead < 0xa1 || (lead >= 0xe0 && lead < 0xeb && second < 0xa1)) pairs.japanese += 1;
    // Kana, letters and undefined rows of GBK, where Big5 has its most common characters; and its second bytes below 80.
    else if ((lead >= 0xa4 && lead <= 0xaf) || second < 0x7f) pairs.big5 += 1;
  }
  return pairs;
}

function isStrictly(encoding: LegacyEncoding, bytes: Uint8Array): boolean {
  try {
    for (const part of decodedText(encoding, bytes, true)()) if (/\p{Co}/u.test(part)) return false;
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether bytes that happen to be valid UTF-8 are Chinese in GBK: a few two-byte characters in runs as long as a name,
 * which no language writes so, and common Chinese ones when read as GBK.
 */
export function isGbkByChance(bytes: Uint8Array): boolean {
  const lines = fewForeignLines(bytes);
  if (lines === null) return false;
  const text = new TextDecoder('utf-8').decode(lines);
  const foreign = text.match(/\P{ASCII}+/gu) ?? [];
  if (foreign.length > maxChanceRuns) return false;
  if (!foreign.every((run) => run.length >= 2 && run.length <= 4 && /^[\u0080-\u07ff]+$/.test(run))) return false;
  const words = text.match(/[\p{L}\p{M}]+/gu)?.filter((word) => /\P{ASCII}/u.test(word)) ?? [];
  // A word of Russian or Greek is in the letters of its alphabet, and a capital begins it.
  const isWord = (word: string): boolean =>
    /[a-z]/i.test(word) || /^(?:[А-ЯЁ]?[а-яё]+|[А-ЯЁ]+|[Α-Ωα-ώΆ-Ώ]+|[א-ת]+|[ء-ي]+|[À-ÿ]+)$/.test(word);
  if (words.some(isWord)) return false;
  const chinese = new TextDecoder('gb18030').decode(lines).match(/\P{ASCII}+/gu) ?? [];
  return chinese.every((run) => /^[\u4e00-\u9fff]+$/.test(run));
}

/** By chance it happens to a few names, not to a whole list. */
const maxChanceRuns = 50;

/** The lines with anything beyond ASCII; null for none, for many, and for characters of three bytes, which settle it. */
function fewForeignLines(bytes: Uint8Array): Uint8Array | null {
  const lines: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    const next = bytes.indexOf(lineEnd, at);
    const end = next < 0 ? bytes.length : next + 1;
    const line = bytes.subarray(bytes.lastIndexOf(lineEnd, at) + 1, end);
    if (lines.length === maxChanceRuns || line.some((byte) => byte >= 0xe0)) return null;
    lines.push(line);
    at = end - 1;
  }
  return lines.length === 0 ? null : Buffer.concat(lines);
}

const lineEnd = 0x0a;
