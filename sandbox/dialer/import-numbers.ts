import { type ImportRow, readImportBody } from './import-body.ts';
import type { Switches } from './options.ts';
import type { Refusal } from './replies.ts';
import { addNumber, type CallTask } from './state.ts';

/** Mainland mobiles, landlines with area code, and international numbers with `+`. */
const phonePattern = /^(1[3-9]\d{9}|0\d{9,11}|\+[1-9]\d{5,14})$/;

export type Imported = { ok: true; total: number; success: number; failed: number } | { ok: false; refusal: Refusal };

/**
 * Imports one request into a task: all of it or nothing, except for duplicates under `skip` and `accept`. A number is a duplicate
 * when the task already has it or when it appears earlier in the same request.
 */
export function importNumbers(task: CallTask, raw: Buffer, contentType: string, switches: Switches): Imported {
  if (task.started && switches.importWhileRunning === 'refuse') {
    return { ok: false, refusal: { status: 422, code: 6007, message: '任务正在运行中,请先暂停任务' } };
  }
  const read = readImportBody(raw, contentType, switches);
  if (!read.ok) return read;
  const { rows } = read;
  if (rows.length > switches.importLimit) {
    return refused('customer_info_list', `单次最多导入 ${switches.importLimit} 个号码`);
  }
  const fresh: ImportRow[] = [];
  const seen = new Set<string>();
  for (const [index, row] of rows.entries()) {
    const field = `customer_info_list.${index}.phone`;
    if (!phonePattern.test(row.phone)) return refused(field, `号码格式错误: ${row.phone}`);
    if (switches.importRefusedEnding !== null && row.phone.endsWith(switches.importRefusedEnding)) {
      return switches.importNamesRows
        ? refused(field, `号码不可用: ${row.phone}`)
        : { ok: false, refusal: { status: 422, message: '有号码不可用' } };
    }
    const repeated = task.calls.known.has(row.phone) || seen.has(row.phone);
    if (repeated && switches.importDuplicates === 'abort') return refused(field, `号码已存在: ${row.phone}`);
    if (!repeated || switches.importDuplicates === 'accept') fresh.push(row);
    seen.add(row.phone);
  }
  for (const row of fresh) addNumber(task.calls, row.phone, row.name);
  return { ok: true, total: rows.length, success: fresh.length, failed: rows.length - fresh.length };
}

function refused(field: string, message: string): Imported {
  return { ok: false, refusal: { status: 422, message, errors: { [field]: [message] } } };
}
