import type { RejectReason } from '../model/numbers.ts';
import { isValid } from './library.ts';

/** The numbering plan of the mainland. `key` is the E.164 number without its plus. */
export type NormalizedPhone = { phone: string; key: number } | { reason: RejectReason };

/** Prefixes in use that the library's plan lacks: China Telecom has 149 (MIIT's assignments of December 2019). */
const furtherMobilePrefixes = ['149'];

/** Areas whose numbers have eight digits throughout, though the library's plan still knows seven: Shantou, Guiyang. */
const longAreas = ['754', '851'];

/** Prefixes of carriers that are dialed before a number, for cheaper calls: no part of it. */
const carrierPrefix = /^(?:179(?:0[189]|1[01]|5[01])|1258[13][123]?|125(?:20|93)|10193|11808)/;

/**
 * A number without its country code.
 * @param groups the digits as they were grouped; joined, they are the number.
 * @param known whether a country code showed that it is a number of the mainland.
 */
export function readMainland(groups: readonly string[], known = false): NormalizedPhone {
  const digits = groups.join('');
  const dialed = withoutCarrier(digits);
  if (dialed !== digits) return readMainland([dialed], known);
  if (/^0?1[3-9]/.test(digits)) return readMobile(groups, known);
  if (/^[48]00/.test(digits)) return sized(digits, 10, 10) ?? listed(digits, digits);
  if (digits.startsWith('0')) return readLandline(groups);
  if (digits.length < 7) return { reason: 'too_short' };
  if (digits.length < 9) return { reason: 'local_number' };
  if (digits.length < 10) return { reason: 'too_short' };
  if (digits.length > 11) return { reason: 'too_long' };
  // Ten or eleven digits without a trunk 0: perhaps an area code, perhaps another country. No one is called on a guess.
  return { reason: /^(?:10|[2-9])/.test(digits) ? 'ambiguous_landline' : 'invalid' };
}

/** The key of a number of eleven digits, less those. */
const mainlandMobiles = 8_600_000_000_000;

/** A mobile number of eleven digits. */
export function readMobileDigits(digits: string): NormalizedPhone {
  if (!isAssigned(digits.slice(0, 5))) return { reason: 'cn_prefix_unassigned' };
  return { phone: digits, key: mainlandMobiles + Number(digits) };
}

function readMobile(groups: readonly string[], known: boolean): NormalizedPhone {
  const digits = groups.join('').replace(/^0/, '');
  const wrong = sized(digits, 11, 11);
  if (wrong) return wrong;
  const [first = '', ...more] = groups;
  // `1-380-013-8002` is a number of North America, and a single last digit is an extension or was cut off elsewhere.
  const grouped = first.replace(/^0/, '').length >= 3 && more.every(({ length }) => length >= 2);
  return known || more.length === 0 || grouped ? readMobileDigits(digits) : { reason: 'grouping' };
}

/** Area code and local number: a last group of a few digits is an extension. */
function readLandline(groups: readonly string[]): NormalizedPhone {
  const digits = groups.join('');
  const areaLength = /^0(?:10|2)/.test(digits) ? 3 : 4;
  const local = digits.length - areaLength;
  if (groups.length > 1) {
    const [first = ''] = groups;
    const last = groups.at(-1) ?? '';
    const whole = first.length > areaLength ? first.length - areaLength : (groups[1] ?? '').length;
    const further = first.length > areaLength ? 1 : 2;
    if (first.length < areaLength) return { reason: 'grouping' };
    if (last.length < 3 || (whole >= 7 && groups.length > further)) return { reason: 'extension' };
  }
  if (digits.length < 10) return { reason: 'too_short' };
  if (local > 8) return { reason: 'too_long' };
  const national = digits.slice(1);
  const short = local < 8 && longAreas.some((area) => national.startsWith(area));
  return local < 7 || short || !isValid(`86${national}`)
    ? { reason: 'landline_length' }
    : { phone: digits, key: Number(`86${national}`) };
}

/** Without the carrier's prefix, when a whole number follows it. */
function withoutCarrier(digits: string): string {
  const prefix = digits.length > 14 ? carrierPrefix.exec(digits)?.[0] : undefined;
  if (prefix === undefined) return digits;
  for (const length of [5, prefix.length]) {
    const rest = digits.slice(length);
    if (/^(?:1[3-9]\d{9}|0(?:10|2\d|[3-9]\d{2})\d{7,8})$/.test(rest)) return rest;
  }
  return digits;
}

function sized(digits: string, min: number, max: number): NormalizedPhone | null {
  if (digits.length < min) return { reason: 'too_short' };
  return digits.length > max ? { reason: 'too_long' } : null;
}

function listed(phone: string, national: string): NormalizedPhone {
  return isValid(`86${national}`) ? { phone, key: Number(`86${national}`) } : { reason: 'invalid' };
}

/** By the first five digits of a mobile: 0 is not yet known. */
const assigned = new Uint8Array(100_000);
const [isInUse, isNot] = [1, 2];

/** Whether mobiles begin so (five digits). */
function isAssigned(prefix: string): boolean {
  const index = Number(prefix);
  if (assigned[index] === 0) {
    const known = isValid(`86${prefix}000000`) || furtherMobilePrefixes.some((further) => prefix.startsWith(further));
    assigned[index] = known ? isInUse : isNot;
  }
  return assigned[index] === isInUse;
}
