import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { mainland, type RejectReason } from '../model/numbers.ts';
import { narrow } from '../text/narrow.ts';
import { withoutTrailing } from '../text/trailing.ts';
import { isCountry } from './countries.ts';
import { countryOf } from './library.ts';
import { type NormalizedPhone, readMainland, readMobileDigits } from './mainland.ts';

export interface PhoneRules {
  /**
   * The countries whose numbers are sent (ISO 3166, two letters); the first is that of numbers without a country code.
   */
  countries: readonly string[];
}

const maxCellLength = 100;
/** With the marks and gaps that do not count. */
const maxWrittenLength = 1_000;

/**
 * The one number in a cell, or why it cannot be sent. `phone` is as it is sent; `key` is the same for every notation of
 * a number. Characters, groups and the trunk 0 are checked before the library is asked: it would skip letters and take
 * a foreign number without its plus for a mainland landline.
 * @param code the calling code from a column of its own; empty when there is none.
 */
export function normalizePhone(cell: string, rules: PhoneRules, code = ''): NormalizedPhone {
  // Nearly all cells look like this, and a list is read while people in chat are waiting.
  if (code === '' && rules.countries[0] === mainland) {
    if (/^1[3-9]\d{9}$/.test(cell)) return readMobileDigits(cell);
    if (/^0\d{2,3}-\d{7,8}$/.test(cell)) return readMainland(cell.split('-'));
  }
  const written = cell.trim();
  if (written.length > maxWrittenLength) return { reason: 'too_long' };
  if (written.includes('\0')) return { reason: 'invalid' };
  const text = bare(written);
  if (text === '') return { reason: 'empty' };
  if (text.length > maxCellLength) return { reason: 'too_long' };
  // A spreadsheet calculated `86-13800138000`, or a sheet of accounts shows a negative amount: not what was written.
  if (/^-\s*[\d(+.]|^\([\d,.\s]{7,}\)$|\d\s*-$/.test(text)) return { reason: 'negative' };

  const digits = withoutExponent(text);
  if (digits === null) return { reason: 'scientific_lossy' };
  const reason = whyNoNumber(digits);
  if (reason !== null) return { reason };

  const groups = digits.match(/\d+/g) ?? [];
  if (/^(?:\+|00)/.test(digits)) return readInternational(digits, groups, { rules, code });
  if (code !== '') return readBesideCode(groups, { rules, code });
  return readNational(groups, rules);
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

/**
 * A number in scientific notation and `13800138000.0` in full; null when digits are lost. A spreadsheet rounds to what
 * fits its cell and writes `E+10`, so there all digits must be shown; `E10` is how programs write a number exactly, and
 * they leave zeros out at the end.
 */
function withoutExponent(text: string): string | null {
  const [, whole = '', fraction = '', sign, power] = /^\+?(\d)(?:\.(\d*))?[eE](\+?)(\d{1,2})$/.exec(text) ?? [];
  if (power === undefined) return text.replace(/^(\+?\d{7,})\.0+$/, '$1');
  const exponent = Number(power);
  const exact = fraction.length >= exponent || (sign === '' && fraction.length >= minExactDigits);
  if (!exact || !/^0*$/.test(fraction.slice(exponent))) return null;
  return `${whole}${fraction.slice(0, exponent).padEnd(exponent, '0')}`;
}

const minExactDigits = 8;

/** Why the characters of a text are not those of one number. */
function whyNoNumber(text: string): RejectReason | null {
  if (/[*•●×✱]|\d[xX]{2,}\d/.test(text)) return 'masked';
  if (holdsTwo(text)) return 'two_numbers';
  if (/\d[\s,，(]*(?:转|轉|分机|分機|内线|內線|ext|[xp#]\s*\d)/i.test(text)) return 'extension';
  if (/^\(?0\d[\d\s()-]{7,14},\s?\d{1,5}$/.test(text)) return 'extension';
  if (/\p{L}/u.test(text)) return 'letters';
  if (!/^[+(]?[\d\s\-().+]+$/.test(text) || !dotsAreGaps(text)) return 'invalid';
  return /^[^\d]*\d[^+]*$/.test(text) ? null : 'invalid';
}

/** Two numbers in one cell, whatever separates them. */
function holdsTwo(text: string): boolean {
  if (/\d\s*[/\\]\s*\d/.test(text) || /^(?:1[3-9]\d{9}){2,}$/.test(text)) return true;
  const long = (separator: RegExp, digits: number): number =>
    text.split(separator).filter((part) => part.replace(/\D/g, '').length >= digits).length;
  return long(/[,;、|和及或&_:：\s]+/, 7) > 1 || long(/[-+]/, 10) > 1;
}

/** A dot is a gap as in `138.0013.8000`; in `1380013800.5` it is not. */
function dotsAreGaps(text: string): boolean {
  return !text.includes('.') || /^\+?\d{1,4}(?:[.\s]\d{2,4}){2,}$/.test(text);
}

interface Context {
  rules: PhoneRules;
  /** From a column of its own; may be empty. */
  code: string;
}

/** Written with a plus or `00`. */
function readInternational(written: string, groups: readonly string[], { rules, code }: Context): NormalizedPhone {
  const digits = groups.join('').replace(written.startsWith('+') ? '' : /^00/, '');
  if (code !== '' && !digits.startsWith(code)) return { reason: 'country_conflict' };
  if (digits.startsWith('86')) {
    const first = (groups[0] ?? '').replace(/^(?:00)?(?:86)?/, '');
    const rest = groups.slice(groups[0] === '00' ? 2 : 1);
    return readWithCode(first === '' ? rest : [first, ...rest], rules);
  }
  return readForeign(digits, rules);
}

/** Groups after the country code 86, where a landline is written without its trunk 0. */
function readWithCode(groups: readonly string[], rules: PhoneRules): NormalizedPhone {
  const joined = groups[0] === '0' ? [`0${groups[1] ?? ''}`, ...groups.slice(2)] : groups;
  const national = joined.join('');
  const [first = '', ...more] = joined;
  const number = readMainland(/^(?:0|1[3-9]|[48]00)/.test(national) ? joined : [`0${first}`, ...more], true);
  return 'phone' in number && !rules.countries.includes(mainland) ? { reason: 'foreign_not_allowed' } : number;
}

function readForeign(digits: string, { countries }: PhoneRules): NormalizedPhone {
  if (digits.length < 8) return { reason: 'too_short' };
  if (digits.length > 15) return { reason: 'too_long' };
  const country = countryOf(digits);
  if (country === null) return { reason: 'invalid' };
  if (countries.includes(country)) return { phone: `+${digits}`, key: Number(digits) };
  return { reason: regions[digits.slice(0, 3)] ?? 'foreign_not_allowed' };
}

/** The regions of China with a plan of their own, by calling code. Exports often leave out their plus. */
const regions: Readonly<Record<string, RejectReason>> = { 852: 'hong_kong', 853: 'macau', 886: 'taiwan' };

/** A number whose calling code is in another column. */
function readBesideCode(groups: readonly string[], { rules, code }: Context): NormalizedPhone {
  const digits = groups.join('');
  if (code === '86') return readWithCode(/^86(?:0|1[3-9])\d{9,}$/.test(digits) ? [digits.slice(2)] : groups, rules);
  const full = `${code}${digits.replace(/^0/, '')}`;
  return countryOf(full) === null && digits.startsWith(code) ? readForeign(digits, rules) : readForeign(full, rules);
}

/** Written without a country code, or without the plus of one. */
function readNational(groups: readonly string[], rules: PhoneRules): NormalizedPhone {
  const digits = groups.join('');
  const [home = mainland] = rules.countries;
  if (home !== mainland) return readAtHome(digits, home, rules);
  // No mainland number begins like this.
  if (/^86(?:0|1[3-9])\d{9,}$/.test(digits) || (groups[0] === '86' && digits.length >= 11)) {
    const first = (groups[0] ?? '').replace(/^86/, '');
    return readWithCode(first === '' ? groups.slice(1) : [first, ...groups.slice(1)], rules);
  }
  const number = readMainland(groups);
  if ('phone' in number) return number;
  if (/^(?:85[23]\d{8}|886\d{8,9})$/.test(digits) && countryOf(digits) !== null) return readForeign(digits, rules);
  if (/^09\d{8}$/.test(digits) || (/^0[2-8]$/.test(groups[0] ?? '') && countryOf(`886${digits.slice(1)}`) === 'TW'))
    return { reason: 'taiwan' };
  return number;
}

/** In an installation whose numbers are those of another country. */
function readAtHome(digits: string, home: string, rules: PhoneRules): NormalizedPhone {
  const number = isCountry(home) ? parsePhoneNumberFromString(digits, home) : undefined;
  if (number?.isValid() === true && number.country === home) return readForeign(number.number.slice(1), rules);
  if (digits.length < 7) return { reason: 'too_short' };
  return { reason: digits.length > 15 ? 'too_long' : 'invalid' };
}
