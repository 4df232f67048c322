import type { Switches } from './options.ts';
import type { Refusal } from './replies.ts';
import { parseJson } from './validate.ts';

/** One row as received, not yet checked. */
export interface ImportRow {
  phone: string;
  name: string | null;
}

export type ImportRows = { ok: true; rows: ImportRow[] } | { ok: false; refusal: Refusal };

/** The list keys that platforms of this family are known to use for numbers. */
const knownKeys = ['customer_info_list', 'customerInfoList', 'data'];

/**
 * Reads the rows of an import. The document does not define the body, so every preset of a client is accepted:
 * JSON with the list under a key or bare, a form with indexed keys, a file upload with one number per line.
 */
export function readImportBody(raw: Buffer, contentType: string, switches: Switches): ImportRows {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/x-www-form-urlencoded') return asRows(formList(raw.toString('utf8'), switches), switches);
  if (type === 'multipart/form-data') return fileRows(raw, contentType);
  const body = parseJson(raw.toString('utf8'));
  if (body === undefined) return { ok: false, refusal: { status: 400, message: '请求体不是合法的 JSON' } };
  return asRows(listIn(body, switches), switches);
}

function listIn(body: unknown, switches: Switches): unknown {
  if (Array.isArray(body)) return switches.importKey === null || switches.importKey === '[]' ? body : undefined;
  if (typeof body !== 'object' || body === null) return undefined;
  const keys = switches.importKey === null ? knownKeys : [switches.importKey];
  const record = body as Record<string, unknown>;
  return keys.map((key) => record[key]).find(Array.isArray);
}

function asRows(list: unknown, switches: Switches): ImportRows {
  const key = switches.importKey ?? 'customer_info_list';
  if (!Array.isArray(list) || list.length === 0) return refused(key, '号码列表不能为空');
  const rows: ImportRow[] = [];
  for (const [index, item] of (list as unknown[]).entries()) {
    const row = asRow(item, switches);
    if (row === null) return refused(`${key}.${index}.${switches.importPhoneKey}`, '必须是字符串');
    rows.push(row);
  }
  return { ok: true, rows };
}

function asRow(item: unknown, switches: Switches): ImportRow | null {
  if (typeof item === 'string') return { phone: item, name: null };
  if (typeof item !== 'object' || item === null) return null;
  const record = item as Record<string, unknown>;
  const phone = record[switches.importPhoneKey];
  const name = record[switches.importNameKey];
  if (typeof phone !== 'string') return null;
  return { phone, name: typeof name === 'string' ? name : null };
}

/** `key[0][phone]=…&key[0][name]=…`, the way PHP reads nested forms. */
function formList(raw: string, switches: Switches): unknown {
  const rows: Record<string, string>[] = [];
  for (const [field, value] of new URLSearchParams(raw)) {
    const [, key, index, item] = /^(\w+)\[(\d+)\](?:\[(\w+)\])?$/.exec(field) ?? [];
    const expected = switches.importKey === null ? knownKeys : [switches.importKey];
    if (key === undefined || !expected.includes(key)) continue;
    const position = Number(index);
    if (position > 100_000) continue;
    const row = rows[position] ?? {};
    row[item ?? switches.importPhoneKey] = value;
    rows[position] = row;
  }
  return rows;
}

/** The first file in the form: one row per line, `phone` or `phone,name`; a first line without digits is a header. */
function fileRows(raw: Buffer, contentType: string): ImportRows {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  const parts = boundary === undefined ? [] : raw.toString('utf8').split(`--${boundary}`);
  const file = parts.find((part) => /content-disposition:[^\r\n]*filename=/i.test(part));
  const content = file?.slice(file.indexOf('\r\n\r\n') + 4).replace(/\r\n$/, '');
  const lines = (content ?? '').split(/\r?\n/).filter((line) => line.trim() !== '');
  const rows = lines
    .filter((line, index) => index > 0 || /\d/.test(line))
    .map((line) => {
      const [phone = '', name] = line.split(',');
      return { phone: phone.trim(), name: name?.trim() ?? null };
    });
  return rows.length === 0 ? refused('file', '号码列表不能为空') : { ok: true, rows };
}

function refused(field: string, sentence: string): ImportRows {
  return { ok: false, refusal: { status: 422, message: `${field} ${sentence}`, errors: { [field]: [sentence] } } };
}
