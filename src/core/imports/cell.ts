import type { RejectReason } from '../model/numbers.ts';
import { narrow } from '../text/narrow.ts';
import { labelsOwn, namesOther } from './labels.ts';
import { looksLikeName } from './names.ts';
import { normalizePhone, type PhoneRules } from './phone.ts';

export interface Phone {
  phone: string;
  key: number;
}

/** The numbers in a cell, all of one person, with the name beside them; or why there is none to send. */
export type CellReading =
  | {
      phones: Phone[];
      name: string | null;
      /** Further numbers in it that cannot be sent. */
      unusable?: UnusablePart[];
    }
  | { reason: RejectReason };

interface UnusablePart {
  cell: string;
  reason: RejectReason;
}

/** A cell that is longer holds no few numbers. */
const maxCellLength = 300;

/**
 * Reads a cell that should hold the numbers of one person: one, or several with separators, of which each must have the
 * digits of a number; a label or a name may stand beside them. What else is there may say that the number is someone
 * else’s, so such a cell is refused.
 * @param code the calling code from a column of its own; empty when there is none.
 */
export function readCell(cell: string, rules: PhoneRules, code = ''): CellReading {
  const number = normalizePhone(cell, rules, code);
  if ('phone' in number) return { phones: [number], name: null };
  if (number.reason !== 'empty' && isPlaceholder(cell)) return { reason: 'empty' };
  if (!mayHoldMore.has(number.reason) || cell.length > maxCellLength || !/[\d０-９]/.test(cell)) return number;
  const several = severalIn(cell, rules, code);
  if (several !== null) return { ...several, name: null };
  return (/\p{L}/u.test(cell) ? withWords(cell, { rules, code }) : null) ?? number;
}

/** What people write where there is no number. */
export function isPlaceholder(cell: string): boolean {
  return cell.length <= 12 && /^\s*(?:[-–—/\\.]{1,3}|无|暂无|没有|未知|未填|空|n\/?a|null|none|nil)\s*$/i.test(cell);
}

/** Reasons that are those of a cell with several numbers, or with words, when it is read as one number. */
const mayHoldMore: ReadonlySet<RejectReason> = new Set<RejectReason>([
  'two_numbers',
  'letters',
  'extension',
  'invalid',
]);

/** What is put between two numbers. */
const separators = /[,，;；、|/\\&\n\t_]+|[:：]{2,}|或|和|及|\s(?:or|and)\s/i;

type Several = { phones: Phone[]; unusable: UnusablePart[] };

/** The numbers of a cell in which every part is one, though perhaps one that cannot be sent; null otherwise. */
function severalIn(cell: string, rules: PhoneRules, code: string): Several | null {
  const text = cell.trim();
  return (
    allNumbers(text.split(separators), rules, code) ??
    allNumbers(text.split(/[\s,，;；、|/\\&]+/), rules, code) ??
    allNumbers(text.split(/(?<=\d)\s*[+:：]+\s*(?=\d)/), rules, code)
  );
}

function allNumbers(parts: readonly string[], rules: PhoneRules, code: string): Several | null {
  const filled = parts.map((part) => part.trim()).filter((part) => part !== '' && !isPlaceholder(part));
  if (parts.length < 2) return null;
  const several: Several = { phones: [], unusable: [] };
  for (const part of filled) {
    const number = normalizePhone(part, rules, code);
    if ('phone' in number) {
      if (several.phones.every(({ key }) => key !== number.key)) several.phones.push(number);
    } else if (!/\p{L}/u.test(part) && part.replace(/\D/g, '').length >= minLength) {
      several.unusable.push({ cell: part, reason: number.reason });
    } else return null;
  }
  return several.phones.length > 0 ? several : null;
}

/** A number with a label or a name before or after it; null when the cell is not of that kind. */
function withWords(cell: string, { rules, code }: { rules: PhoneRules; code: string }): CellReading | null {
  const text = narrow(cell)
    .replace(/\p{Cf}/gu, '')
    .trim();
  const first = text.search(/[\d+]/);
  const last = text.length - 1 - [...text].reverse().join('').search(/\d/);
  if (first < 0 || last <= first) return null;
  // A bracket that belongs to the number: `(010) 65123456`.
  const from = text.charAt(first - 1) === '(' && text.slice(first, last).includes(')') ? first - 1 : first;
  const words = inBrackets(text.slice(0, from), text.slice(last + 1));
  if (words.every((word) => word.trim() === '')) return null;
  const figures = text.slice(from, last + 1);
  const number = normalizePhone(figures, rules, code);
  const several = 'phone' in number ? { phones: [number] } : severalIn(figures, rules, code);
  if (several === null) return words.some(namesOther) ? { reason: 'other_person' } : null;
  // Letters that touch the digits are a typing error more often than a name.
  if (/[a-z]$/i.test(words[0] ?? '') || /^[a-z]/i.test(words[1] ?? '')) return { reason: 'letters' };
  let name: string | null = null;
  for (const word of words
    .map((part) => part.trim())
    .map((part) => part.replace(/^[\s,，:：-]+|[,，:：-]$/g, '').trim())) {
    if (word === '') continue;
    if (namesOther(word)) return { reason: 'other_person' };
    if (labelsOwn(word)) continue;
    if (name !== null || !looksLikeName(word)) return { reason: 'text_beside' };
    name = word;
  }
  return { ...several, name };
}

/** What is before and after a number, without brackets around the number or around what follows it. */
function inBrackets(before: string, after: string): string[] {
  const opened = before.trimEnd();
  const closed = after.trimStart();
  if (opened.endsWith('(') && closed.startsWith(')')) return [opened.slice(0, -1), closed.slice(1)];
  const inside = /^\(([^()]*)\)$/.exec(closed.trimEnd())?.[1];
  return [before, inside === undefined || /\d/.test(inside) ? after : ` ${inside}`];
}

/** What the words beside a number are about: whom it belongs to, or that it must not be called. */
const ofWords: ReadonlySet<RejectReason> = new Set<RejectReason>(['other_person', 'text_beside', 'letters']);

/** The numbers of a cell whatever the words beside them say, for a list of those that must not be called. */
export function meant(reading: CellReading, cell: string, rules: PhoneRules): CellReading {
  if ('phones' in reading || !ofWords.has(reading.reason)) return reading;
  const text = narrow(cell.slice(0, maxCellLength));
  const phones: Phone[] = [];
  for (const [figures] of text.matchAll(/\+?\d[\d ()-]{5,20}\d/g)) {
    const number = normalizePhone(figures, rules);
    if ('phone' in number && phones.every(({ key }) => key !== number.key)) phones.push(number);
  }
  return phones.length > 0 ? { phones, name: null } : reading;
}

/** Reasons for which a cell is still a phone number to those who wrote it. */
const stillNumbers: ReadonlySet<RejectReason> = new Set<RejectReason>([
  'scientific_lossy',
  'masked',
  'two_numbers',
  'extension',
  'cn_prefix_unassigned',
  'landline_length',
  'hong_kong',
  'macau',
  'taiwan',
  'foreign_not_allowed',
]);
const minLength = 7;
const minNegativeDigits = 10;

/** What a cell holds, for telling what its column is: a number that can be sent, one that cannot, or none. */
export function numberIn(cell: string, rules: PhoneRules): 'ready' | 'unusable' | null {
  if (cell.length < minLength || cell.length > maxCellLength || !/[\d０-９]/.test(cell)) return null;
  if ('phone' in normalizePhone(cell, rules)) return 'ready';
  const reading = readCell(cell, rules);
  if ('phones' in reading) return 'ready';
  // An amount is a number only when it is as long as one: then a spreadsheet calculated with it.
  if (reading.reason === 'negative') return (cell.match(/\d/g)?.length ?? 0) >= minNegativeDigits ? 'unusable' : null;
  return stillNumbers.has(reading.reason) && /\d[^\d]*\d/.test(narrow(cell)) ? 'unusable' : null;
}
