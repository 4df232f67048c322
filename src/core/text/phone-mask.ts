import { narrow } from './narrow.ts';

/** The only way phone numbers are shown: chat, logs and errors all pass through here. */

/**
 * A phone number with its middle hidden: `138****8000`, `0571****5008`, `+86138****8000`, `+141****2671`. Accepts any
 * format: blanks, dashes, parentheses, full-width digits. At least four digits are hidden, or all of a short number.
 */
export function maskPhone(phone: string): string {
  const plain = narrow(phone);
  const digits = plain.replace(/\D/g, '');
  if (digits === '') return phone;
  const plus = plain.trim().startsWith('+') ? '+' : '';
  const head = headLength(digits, plus !== '');
  const tail = Math.max(0, Math.min(4, digits.length - head - 4));
  return `${plus}${digits.slice(0, head)}****${tail === 0 ? '' : digits.slice(-tail)}`;
}

/** How many leading digits reveal where a number belongs but not whose it is. */
function headLength(digits: string, international: boolean): number {
  const prefixed = /^(?:0086|86|0)(?=1[3-9]\d{9}$)/.exec(digits)?.[0].length;
  if (prefixed !== undefined) return prefixed + 3;
  if (!international && digits.length >= 10 && digits.startsWith('0')) return /^0(?:10|2)/.test(digits) ? 3 : 4;
  return Math.max(0, Math.min(3, digits.length - 6));
}

const gap = '[ \\u00a0\\u3000\\-\\u2010-\\u2015]';

/** Tried in this order at every position. The first two are recognized so that they are left alone. */
const patterns = [
  // UUIDs and long hexadecimal ids (with a letter: bare digits may be numbers).
  '(?<![\\da-fA-F])[\\da-fA-F]{8}(?:-[\\da-fA-F]{4}){3}-[\\da-fA-F]{12}(?![\\da-fA-F])',
  '(?<![\\da-zA-Z])(?=\\d*[a-fA-F])[\\da-fA-F]{16,}(?![\\da-zA-Z])',
  // Mainland mobile numbers, also next to letters; then with gaps between the digits.
  `(?<!\\d)(?:\\+?86${gap}?|0086${gap}?|0)?1[3-9]\\d{9}(?!\\d)`,
  `(?<!\\d|\\d[-.])(?:\\+?86${gap}?|0086${gap}?|0)?1[3-9]\\d(?:[ .-]\\d{4}){2}(?!\\d)`,
  `(?<!\\d|\\d[-.])(?:\\+?86${gap}?|0086${gap}?|0)?1${gap}?[3-9](?:${gap}?\\d){9}(?!\\d)`,
  // A mobile number as a spreadsheet shows it.
  '(?<!\\d)1\\.[3-9]\\d{4,14}[eE]\\+?10(?!\\d)',
  // Landlines with their area code; service numbers.
  `(?<![\\dA-Za-z]|\\d\\.)\\(?0[1-9]\\d{1,2}\\)?${gap}?\\d{7,8}(?!\\d)`,
  `(?<![\\dA-Za-z]|\\d[-.])[48]00${gap}?\\d{3}${gap}?\\d{4}(?!\\d)`,
  // E.164 and its 00 form.
  '\\+\\d(?:[ ()\\-\\u00a0]{0,2}\\d){7,14}(?!\\d)',
  '(?<![\\dA-Za-z]|\\d[-.])00[1-9]\\d{7,13}(?!\\d)',
].map((pattern) => `(${pattern})`);
const phoneRun = new RegExp(patterns.join('|'), 'g');
const patternsLeftAlone = 2;

/** What every pattern that masks holds: eight digits, with at most two other characters between two of them. */
const eightDigits = /\d(?:\D{0,2}\d){7}/;

/**
 * Free text with every run that looks like a phone number masked. Ids, UUIDs, dates, epoch times and message timestamps
 * are kept. When in doubt, eleven digits that could be a mobile number are masked.
 */
export function maskPhonesIn(text: string): string {
  // Character for character, so that positions in `plain` are positions in `text`.
  const plain = narrow(text);
  if (!eightDigits.test(plain)) return text;
  let masked = '';
  let from = 0;
  for (const match of plain.matchAll(phoneRun)) {
    if (match.slice(1, 1 + patternsLeftAlone).some((group) => group !== undefined)) continue;
    masked += text.slice(from, match.index) + maskPhone(match[0]);
    from = match.index + match[0].length;
  }
  return masked + text.slice(from);
}
