import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { RejectReason } from '../model/numbers.ts';
import { narrow } from '../text/narrow.ts';
import { withoutTrailing } from '../text/trailing.ts';

/** `phone` as it is sent; `key` is the E.164 number without its plus, the same for every notation of a number. */
export type NormalizedPhone = { phone: string; key: number } | { reason: RejectReason };

export interface PhoneRules {
  /** Also accept numbers outside the mainland, written with `+` or `00`. */
  allowForeign: boolean;
}

const maxCellLength = 100;

/**
 * The one number in a cell, or why it cannot be sent. Characters and the trunk 0 are checked before the library is
 * asked: it would skip letters and take a foreign number without its plus for a mainland landline.
 */
export function normalizePhone(cell: string, { allowForeign }: PhoneRules): NormalizedPhone {
  // Nearly all cells look like this, and a list is read while people in chat are waiting.
  if (/^1[3-9]\d{9}$/.test(cell)) return readMobile(cell);
  if (cell.includes('\0')) return { reason: 'invalid' };
  const text = bare(cell);
  if (text === '') return { reason: 'empty' };
  if (text.length > maxCellLength) return { reason: 'too_long' };

  const written = withoutExponent(text);
  if (written === null) return { reason: 'scientific_lossy' };
  if (/[*•●×✱]|\d[xX]{2,}\d/.test(written)) return { reason: 'masked' };
  if (holdsTwo(written)) return { reason: 'two_numbers' };
  if (/\p{L}/u.test(written)) return { reason: 'letters' };
  if (!/^[+(]?[\d\s\-().+]+$/.test(written) || !dotsAreGaps(written)) return { reason: 'invalid' };

  const compact = written.replace(/[\s\-().]/g, '');
  if (!/^\+?\d+$/.test(compact)) return { reason: 'invalid' };
  const international = /^(?:\+|00)(\d*)$/.exec(compact)?.[1];
  if (international !== undefined) return readInternational(international, allowForeign);
  // Exports often drop the plus; no mainland number begins like this.
  if (/^86(?:0|1[3-9])\d{9,}$/.test(compact)) return readMainland(compact.slice(2));
  return readMainland(compact);
}

const closingMarks = '"\'`‘’“”,;、。.';

/** Strips what spreadsheets, copying and typing put around a number; full-width forms and dashes become plain ones. */
function bare(cell: string): string {
  const text = narrow(cell)
    .replace(/\p{Cf}/gu, '')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .trim();
  const opened = text.replace(/^=\s*/, '').replace(/^["'`‘’“”]+/, '');
  return withoutTrailing(opened, closingMarks).trim();
}

/** `1.3530512345E+10` and `13800138000.0` in full; null when the exponent has lost digits. */
function withoutExponent(text: string): string | null {
  const [, whole = '', fraction = '', power] = /^\+?(\d)(?:\.(\d*))?[eE]\+?(\d{1,2})$/.exec(text) ?? [];
  if (power !== undefined) {
    const exponent = Number(power);
    const digits = `${whole}${fraction.slice(0, exponent)}`;
    return fraction.length >= exponent && /^0*$/.test(fraction.slice(exponent)) ? digits : null;
  }
  return text.replace(/^(\+?\d{7,})\.0+$/, '$1');
}

/** Two numbers in one cell, whatever separates them. */
function holdsTwo(text: string): boolean {
  if (/\d\s*\/\s*\d/.test(text) || /^(?:1[3-9]\d{9}){2,}$/.test(text)) return true;
  const long = (separator: RegExp, digits: number): number =>
    text.split(separator).filter((part) => part.replace(/\D/g, '').length >= digits).length;
  return long(/[,;、|和及或&\s]+/, 7) > 1 || long(/-/, 10) > 1;
}

/** A dot is a gap as in `138.0013.8000`; in `1380013800.5` it is not. */
function dotsAreGaps(text: string): boolean {
  return !text.includes('.') || /^\+?\d{1,4}(?:[.\s]\d{2,4}){2,}$/.test(text);
}

function readInternational(digits: string, allowForeign: boolean): NormalizedPhone {
  if (digits.startsWith('86')) {
    const national = digits.slice(2);
    // After the country code, a landline is written without its trunk 0.
    return readMainland(/^(?:0|1[3-9]|[48]00)/.test(national) ? national : `0${national}`);
  }
  if (digits.length < 8) return { reason: 'too_short' };
  if (digits.length > 15) return { reason: 'too_long' };
  if (!isValid(digits)) return { reason: 'invalid' };
  return allowForeign ? { phone: `+${digits}`, key: Number(digits) } : { reason: 'foreign_not_allowed' };
}

function readMainland(digits: string): NormalizedPhone {
  if (/^0?1[3-9]/.test(digits)) return readMobile(digits.replace(/^0/, ''));
  if (/^[48]00/.test(digits)) return sized(digits, 10, 10) ?? known(digits, digits);
  if (digits.startsWith('0')) return sized(digits, 10, 12) ?? known(digits, digits.slice(1));
  if (digits.length < 10) return { reason: 'too_short' };
  if (digits.length > 11) return { reason: 'too_long' };
  // Ten or eleven digits without a trunk 0: perhaps an area code, perhaps another country. No one is called on a guess.
  return { reason: /^(?:10|[2-9])/.test(digits) ? 'ambiguous_landline' : 'invalid' };
}

function readMobile(digits: string): NormalizedPhone {
  const wrong = sized(digits, 11, 11);
  if (wrong) return wrong;
  if (!isAssigned(digits.slice(0, 5))) return { reason: 'cn_prefix_unassigned' };
  return { phone: digits, key: Number(`86${digits}`) };
}

function sized(digits: string, min: number, max: number): NormalizedPhone | null {
  if (digits.length < min) return { reason: 'too_short' };
  return digits.length > max ? { reason: 'too_long' } : null;
}

function known(phone: string, national: string): NormalizedPhone {
  return isValid(`86${national}`) ? { phone, key: Number(`86${national}`) } : { reason: 'invalid' };
}

/** Answers of the library. Asked per number it takes two thirds of an import, so it is asked once for what decides. */
const answers = new Map<string, boolean>();
const maxAnswers = 50_000;

function isValid(e164Digits: string): boolean {
  const key = decisive(e164Digits);
  const before = answers.get(key);
  if (before !== undefined) return before;
  const answer = parsePhoneNumberFromString(`+${e164Digits}`)?.isValid() === true;
  if (answers.size >= maxAnswers) answers.clear();
  answers.set(key, answer);
  return answer;
}

/** The mainland's plan looks at the length and the first digits of a landline; a test compares. */
function decisive(e164Digits: string): string {
  const isLandline = e164Digits.length >= 11 && e164Digits.length <= 13 && /^86(?:10|[2-9])/.test(e164Digits);
  return isLandline ? `${e164Digits.length}:${e164Digits.slice(2, 8)}` : e164Digits;
}

/** Whether mobiles begin so (five digits). */
function isAssigned(prefix: string): boolean {
  return isValid(`86${prefix}000000`);
}

const minDigits = 8;

/** Whether a cell contains a number of any country, in any notation. */
export function isPhone(cell: string): boolean {
  return cell.length >= minDigits && 'phone' in normalizePhone(cell, { allowForeign: true });
}
