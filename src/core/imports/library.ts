import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { detached } from '../text/detached.ts';

/** Answers of the library. Asked per number it takes two thirds of an import, so it is asked once for what decides. */
const answers = new Map<string, string | null>();
const maxAnswers = 50_000;

/** The country of a number (E.164 without its plus; ISO 3166, two letters), `''` where it has none; null: not valid. */
export function countryOf(e164Digits: string): string | null {
  const key = decisive(e164Digits);
  const before = answers.get(key);
  if (before !== undefined) return before;
  const number = parsePhoneNumberFromString(`+${e164Digits}`);
  const answer = number?.isValid() === true ? (number.country ?? '') : null;
  if (answers.size >= maxAnswers) answers.clear();
  answers.set(detached(key), answer);
  return answer;
}

export function isValid(e164Digits: string): boolean {
  return countryOf(e164Digits) !== null;
}

/** The mainland's plan looks at the length and the first digits of a landline; a test compares. */
function decisive(e164Digits: string): string {
  const isLandline = e164Digits.length >= 11 && e164Digits.length <= 13 && /^86(?:10|[2-9])/.test(e164Digits);
  return isLandline ? `${e164Digits.length}:${e164Digits.slice(2, 8)}` : e164Digits;
}
