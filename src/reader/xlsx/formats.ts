import { damaged } from './package.ts';
import type { XmlHandler } from './xml.ts';

/** How the number of a cell is shown, as far as it matters here. */
export type Format =
  /** As it is. */
  | 'plain'
  | 'date'
  | 'time'
  | 'date_time'
  /** With zeros in front, up to so many digits: `00000000000`. */
  | { zeros: number }
  | 'scientific';

/** The formats that every workbook has without defining them (ECMA-376, 18.8.30, with those of East Asia). */
function builtIn(id: number): Format {
  if (id === 22) return 'date_time';
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)) return 'time';
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return 'date';
  return id === 11 || id === 48 ? 'scientific' : 'plain';
}

const maxCodeLength = 255;

/** What a format code makes of a number, by its first section. */
function formatOf(code: string): Format {
  const [section = ''] = code
    .slice(0, maxCodeLength)
    // Colors, locales and conditions; literal text; escaped and padding characters.
    .replaceAll(/\[(?:h+|m+|s+)\]/gi, 'h')
    .replaceAll(/\[[^\][]*\]|"[^"]*"|[\\_*]./g, '')
    .split(';');
  if (/general|@/i.test(section)) return 'plain';
  if (/e[+-]/i.test(section)) return 'scientific';
  const time = /[hs]/i.test(section);
  // Without hours and seconds, `m` is a month.
  const date = /[yd]/i.test(section) || (!time && /m/i.test(section));
  if (date || time) return date && time ? 'date_time' : date ? 'date' : 'time';
  return /^0[0\s()+-]*$/.test(section) ? { zeros: section.match(/0/g)?.length ?? 1 } : 'plain';
}

/** Excel has no more. */
const maxFormats = 65_536;

/** Reads the styles of a workbook into the format of each cell style. */
export function cellFormats(formats: Format[]): XmlHandler {
  const custom = new Map<number, Format>();
  let inCells = false;
  return {
    opened(name, { numFmtId = '', formatCode = '' }) {
      if (name === 'numFmt') custom.set(Number(numFmtId), formatOf(formatCode));
      if (name === 'cellXfs') inCells = true;
      if (name !== 'xf' || !inCells) return;
      if (formats.length >= maxFormats) throw damaged(new Error('too many styles'));
      formats.push(custom.get(Number(numFmtId)) ?? builtIn(Number(numFmtId)));
    },
    closed(name) {
      if (name === 'cellXfs') inCells = false;
    },
  };
}

const dayMs = 86_400_000;
/** Day 0 of spreadsheets, which count a 29 February 1900 that never was. */
const dayZero = Date.UTC(1899, 11, 30);
const days1904 = 1462;
/** 31 December 9999. */
const maxDay = 2_958_465;

/** The number of a cell as a person sees it: every digit, dates as dates. */
export function numberText(written: string, format: Format, since1904: boolean): string {
  // Nearly all numbers.
  if (format === 'plain' && /^[1-9]\d{0,14}$/.test(written)) return written;
  const value = Number(written);
  if (written.trim() === '' || !Number.isFinite(value)) return written;
  if ((format === 'date' || format === 'time' || format === 'date_time') && value >= 0 && value < maxDay)
    return dateText(value + (since1904 ? days1904 : 0), format);
  // `1.3800138E10` is exact; what is no whole number stays as it is written.
  const text = Number.isInteger(value) || /e/i.test(written) ? String(value) : written.trim();
  // A spreadsheet keeps 15 digits and makes the others zeros: those of a longer number are lost.
  if (/^\d{15}0+$/.test(text)) return value.toExponential(2).toUpperCase();
  // What was read from `1.38E+10` has no digits but those: it stays what it was, so that nobody takes it for a number.
  if (format === 'scientific')
    return Number(value.toPrecision(keptDigits)) === value ? value.toExponential().toUpperCase() : text;
  return typeof format === 'object' && /^\d+$/.test(text) ? text.padStart(format.zeros, '0') : text;
}

/** More than these, and it was a number before it was shown in scientific notation. */
const keptDigits = 6;

function dateText(days: number, format: 'date' | 'time' | 'date_time'): string {
  const [date = '', time = ''] = new Date(dayZero + Math.round(days * 86_400) * (dayMs / 86_400))
    .toISOString()
    .slice(0, 19)
    .split('T');
  if (format === 'time') return time;
  return format === 'date' ? date : `${date} ${time}`;
}
