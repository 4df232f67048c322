/** Text that was read in another encoding than it was written in, or in which characters were lost. */

/** What is looked at of a text: a name is shorter. */
const maxLength = 60;

/** The characters that Windows-1252 has where Latin-1 has controls, by their bytes from 80 on. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * Whether a text is one that a wrong encoding made of a name, or has lost its letters: `å¼ ä¸‰` and `寮犱笁` (UTF-8 read
 * as Latin-1 and GBK), `ÕÅÈý` (GBK read as Latin-1), `锟斤拷`, replacement characters, question marks, and characters
 * written as codes (`&#24352;`, `\u5f20`, `%E5%BC%A0`).
 */
export function isGarbled(text: string): boolean {
  const cell = text.slice(0, maxLength).trim();
  if (cell === '') return false;
  if (/[\ufffd\p{Co}]|锟斤拷|烫烫烫|屯屯屯/u.test(cell)) return true;
  if (/^[?？\s]+\d*$/.test(cell) && /[?？]{2}/.test(cell)) return true;
  if (isAscii(cell)) return /&#x?[0-9a-f]{2,6};|\\u[0-9a-f]{4}|(?:[%=][0-9a-f]{2}){3}/i.test(cell);
  return isReadAsLatin(cell) || isReadAsGbk(cell);
}

const isAscii = (text: string): boolean => /^[\x20-\x7e\t]*$/.test(text);

/** Two Chinese characters. */
const minLatinLength = 4;

/** Chinese, with what else a name may hold. */
const isChinese = (text: string): boolean =>
  /^[\u3400-\u9fff·•\s\w.,()（）-]+$/.test(text) && /[\u3400-\u9fff]/.test(text);

function isReadAsLatin(cell: string): boolean {
  const bytes: number[] = [];
  for (const letter of cell) {
    const byte = windows1252.includes(letter) ? 0x80 + windows1252.indexOf(letter) : letter.charCodeAt(0);
    if (byte > 0xff) return false;
    // A space without a break is often made a plain one.
    bytes.push(byte === 0x20 && isWithin(bytes) ? 0xa0 : byte);
  }
  const utf8 = decoded('utf-8', bytes);
  if (utf8 !== null && utf8.length < cell.length && !isAscii(utf8) && !/[\p{M}\p{Cn}]/u.test(utf8)) return true;
  // Names in Latin letters have plain ones, too.
  if (cell.length < minLatinLength || /[a-z]/i.test(cell)) return false;
  const gbk = decoded('gb18030', bytes);
  return gbk !== null && gbk.length * 2 <= cell.length + 1 && isChinese(gbk);
}

/** Whether a character of several bytes has begun and still lacks some. */
function isWithin(bytes: readonly number[]): boolean {
  const begun = bytes.findLastIndex((byte) => byte >= 0xc2);
  const [lead = 0] = begun < 0 ? [] : bytes.slice(begun, begun + 1);
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  const after = bytes.slice(begun + 1);
  return begun >= 0 && after.length > 0 && after.length < length - 1 && after.every((byte) => byte >= 0x80);
}

function isReadAsGbk(cell: string): boolean {
  const bytes: number[] = [];
  // The last byte of an odd number is lost, and a question mark stands for it.
  for (const letter of cell.slice(0, cell.length - lostAtEnd(cell))) {
    const code = letter.charCodeAt(0);
    if (code < 0x80) bytes.push(code);
    else if (letter === '€') bytes.push(0x80);
    else {
      const pair = gbkBytes().get(letter);
      if (pair === undefined) return false;
      bytes.push(pair >> 8, pair & 0xff);
    }
  }
  const utf8 = decoded('utf-8', bytes);
  return utf8 !== null && isChinese(utf8) && utf8 !== cell;
}

/** How many question marks a text ends with. */
function lostAtEnd(text: string): number {
  let lost = 0;
  while ('?？'.includes(text.charAt(text.length - 1 - lost)) && lost < text.length) lost += 1;
  return lost;
}

let pairs: Map<string, number> | null = null;

/** The two bytes of each character of GBK, as one figure. */
function gbkBytes(): Map<string, number> {
  if (pairs !== null) return pairs;
  const found = new Map<string, number>();
  const decoder = new TextDecoder('gb18030');
  for (let lead = 0x81; lead < 0xff; lead += 1) {
    for (let second = 0x40; second < 0xff; second += 1) {
      const letter = decoder.decode(Uint8Array.of(lead, second));
      if (letter.length === 1 && letter !== '\ufffd') found.set(letter, (lead << 8) | second);
    }
  }
  pairs = found;
  return found;
}

/** null when they are no text of that encoding; the last character may be incomplete. */
function decoded(encoding: 'utf-8' | 'gb18030', bytes: readonly number[]): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(Uint8Array.from(bytes), { stream: true });
  } catch {
    return null;
  }
}
