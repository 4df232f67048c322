import { type CountryCode, getCountries, getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js/max';
import { narrow } from '../text/narrow.ts';

/** @param code two letters of ISO 3166, in capitals. */
export const isCountry = (code: string): code is CountryCode => isSupportedCountry(code);

/** All that have numbers (ISO 3166). */
export const allCountries = (): readonly string[] => getCountries();

const aliases: Readonly<Record<string, string>> = {
  usa: 'US',
  america: 'US',
  uk: 'GB',
  england: 'GB',
  korea: 'KR',
  uae: 'AE',
  prc: 'CN',
  'mainland china': 'CN',
  'china mainland': 'CN',
  中国大陆: 'CN',
  中华人民共和国: 'CN',
  国内: 'CN',
  大陆: 'CN',
  内地: 'CN',
  中國: 'CN',
  中國大陸: 'CN',
  'hong kong': 'HK',
  hongkong: 'HK',
  香港: 'HK',
  中国香港: 'HK',
  macao: 'MO',
  macau: 'MO',
  澳门: 'MO',
  澳門: 'MO',
  中国澳门: 'MO',
  taiwan: 'TW',
  台湾: 'TW',
  台灣: 'TW',
  臺灣: 'TW',
  中国台湾: 'TW',
};

let names: Map<string, string> | null = null;

/** All countries by their names, which the runtime knows. */
function countriesByName(): Map<string, string> {
  if (names !== null) return names;
  names = new Map(Object.entries(aliases));
  for (const language of ['en', 'zh-CN', 'zh-TW']) {
    const display = new Intl.DisplayNames([language], { type: 'region' });
    for (const country of getCountries()) {
      const name = display.of(country)?.toLowerCase();
      if (name !== undefined && !names.has(name)) names.set(name, country);
    }
  }
  return names;
}

const maxValueLength = 60;

/** The calling code in a country column, from a code, two letters or a name; `''` for a blank, null when not known. */
export function callingCodeOf(value: string): string | null {
  const text = narrow(value.slice(0, maxValueLength))
    .replace(/\p{Cf}/gu, '')
    .trim();
  if (text === '') return '';
  const digits = /^(?:\+|00)?([1-9]\d{0,3})(?:\.0+)?$/.exec(text)?.[1];
  if (digits !== undefined) return digits;
  const letters = text.toUpperCase();
  const country = isCountry(letters) ? letters : countriesByName().get(text.toLowerCase());
  return country !== undefined && isCountry(country) ? getCountryCallingCode(country) : null;
}
