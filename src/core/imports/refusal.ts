import type { AppError } from '../errors.ts';
import type { ListedNumber, PhoneEntry } from '../model/numbers.ts';
import { maskPhone } from '../text/phone-mask.ts';

/** A refusal of a batch because of what is in it. */
export interface RowRefusal {
  /** The platform's own sentence without the number that it names. */
  message: string | null;
  /** The platform says that the task has these numbers already. */
  known: boolean;
  /** Positions of the rows that it names, from 0; none when it does not say which. */
  rows: number[];
}

/** HTTP statuses of answers that are about the content; a 200 carries an envelope that says so. */
const contentStatuses: readonly number[] = [200, 400, 409, 413, 422];

/** An envelope with a code that may be an error of the server: it says nothing about the effect. */
export function isServerError({ code, details }: AppError): boolean {
  return code === 'platform_rejected' && (details.businessCode ?? 0) >= 500;
}

/** Whether the platform took offence at rows of a batch, so that others of it may still be accepted. */
export function isForRows(error: AppError): boolean {
  const { code, details } = error;
  if (code !== 'platform_rejected' || isServerError(error)) return false;
  return details.status === undefined || contentStatuses.includes(details.status);
}

const known = /已存在|已经存在|已在|重复|already (?:exists?|in|imported)|duplicate/i;
/** Laravel's key for the field of one row, such as `customer_info_list.3.phone`. */
const rowKey = /^[^.]{1,60}\.(\d{1,6})(?:\.|$)/;

const maskedNumber = /[\s:：,，]{0,3}\+?\d{0,6}\*{4}\d{0,4}/g;

/** What a refusal says of the rows of its batch. */
export function rowRefusal({ details }: AppError, entries: readonly PhoneEntry[]): RowRefusal {
  const fields = Object.entries(details.fields ?? {});
  const sentences = [details.platformMessage ?? '', ...fields.flatMap(([, said]) => said)];
  const message = details.platformMessage ?? fields[0]?.[1][0] ?? null;
  return {
    // The same for every row: with its number, each would be a reason of its own.
    message: message?.replaceAll(maskedNumber, '').trim() || null,
    known: sentences.some((sentence) => known.test(sentence)),
    rows: namedByKey(fields, entries) ?? namedByNumber(sentences, entries),
  };
}

function namedByKey(fields: readonly [string, string[]][], entries: readonly PhoneEntry[]): number[] | null {
  const rows = fields.map(([key]) => rowKey.exec(key)?.[1]).filter((row) => row !== undefined);
  const within = [...new Set(rows.map(Number))].filter((row) => row < entries.length);
  return within.length > 0 ? within : null;
}

/** Messages are masked when they are read; a masked number names a row when it fits that row alone. */
function namedByNumber(sentences: readonly string[], entries: readonly PhoneEntry[]): number[] {
  const said = sentences.join('\n');
  if (!said.includes('*')) return [];
  const fitting = entries.flatMap(({ phone }, row) => (said.includes(maskPhone(phone)) ? [row] : []));
  return fitting.length === 1 ? fitting : [];
}

/** What becomes of a part of a refused batch. */
export interface Part {
  entries: ListedNumber[];
  state: 'planned' | 'present' | 'refused';
  /** Refused as a whole when the part before it is accepted. */
  isSecondHalf: boolean;
}

/**
 * Divides a refused batch until the refused rows are alone: rows that the platform names are taken out, else it is
 * halved. One row alone is what was refused.
 */
export function divide(entries: readonly ListedNumber[], refusal: RowRefusal): Part[] {
  const state = refusal.known ? 'present' : 'refused';
  const part = (some: readonly ListedNumber[], change: Partial<Part> = {}): Part[] =>
    some.length === 0 ? [] : [{ entries: [...some], state: 'planned', isSecondHalf: false, ...change }];
  if (entries.length <= 1) return part(entries, { state });
  const named = new Set(refusal.rows);
  if (named.size > 0) {
    return [
      ...part(
        entries.filter((_, row) => named.has(row)),
        { state },
      ),
      ...part(entries.filter((_, row) => !named.has(row))),
    ];
  }
  const half = Math.ceil(entries.length / 2);
  return [...part(entries.slice(0, half)), ...part(entries.slice(half), { isSecondHalf: true })];
}
