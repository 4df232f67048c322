import { z } from 'zod';
import { shortScriptId } from './noise.ts';
import type { Switches } from './options.ts';
import type { Refusal } from './replies.ts';
import { type Account, type CallTask, heldByLine, residueOf, type TaskDefinition } from './state.ts';

const text = (max: number) => z.string('必须是字符串').max(max, `不能超过 ${max} 个字符`);
const required = (max: number) => text(max).refine((value) => value.trim() !== '', '不能为空');
const int = (min: number, max: number) => z.int('必须是整数').min(min, `不能小于 ${min}`).max(max, `不能大于 ${max}`);

/**
 * The parameters of create and modify, strictly as the task API document types them: a client that sends a number as
 * a string or null for an absent key is refused here, so that its tests notice.
 */
const parameters = z.object({
  name: required(100),
  remark: text(255).optional(),
  caller_line_id: required(100),
  destination_extension: z.union([z.int(), z.string().regex(/^\d{18}$/)], '必须是整数'),
  disable_dial_timegroup: required(100),
  auto_recycle_rule_id: z.int('必须是整数'),
  customer_service_id: z.int('必须是整数').optional(),
  maximumcall: int(1, 10_000),
  _originate_timeout: int(1, 600),
  call_pause_second: int(0, 86_400),
  random_assignment_number: z.literal(0, '只能为 0'),
  recycle_limit: z.literal(0, '只能为 0'),
});

export type Checked = { ok: true; definition: TaskDefinition } | { ok: false; refusal: Refusal };

/** Checks the body of a create, or of a modify when `current` is given: what that task holds is then free to it. */
export function checkTask(raw: string, account: Account, switches: Switches, current?: CallTask): Checked {
  const body = parseJson(raw);
  if (body === undefined) return { ok: false, refusal: { status: 400, message: '请求体不是合法的 JSON' } };
  const parsed = parameters.safeParse(switches.bodyUnderData && isRecord(body) ? body.data : body);
  if (!parsed.success) return refused(issuesByField(parsed.error));

  const given = parsed.data;
  const errors: Record<string, string[]> = {};
  const scriptId = shortScriptId(given.destination_extension, switches.noise);
  const script = scriptId === null ? undefined : account.scripts.get(scriptId);
  if (script === undefined || script.deletedAt !== null) errors.destination_extension = ['话术分组不存在'];
  if (!account.quietGroups.has(given.disable_dial_timegroup)) errors.disable_dial_timegroup = ['禁呼时间不存在'];
  const rule = account.rules.get(given.auto_recycle_rule_id);
  if (rule === undefined) errors.auto_recycle_rule_id = ['重呼规则不存在'];
  else if (switches.strict && !rule.enabled) errors.auto_recycle_rule_id = ['重呼规则未启用'];
  const group = given.customer_service_id === undefined ? null : account.agentGroups.get(given.customer_service_id);
  if (group === undefined || (group !== null && (group.status !== 1 || group.lineId === null))) {
    errors.customer_service_id = ['客服组不可用'];
  }
  Object.assign(errors, lineErrors(given.caller_line_id, given.maximumcall, account, switches, current));
  if (Object.keys(errors).length > 0 || script === undefined) return refused(errors);

  return {
    ok: true,
    definition: {
      name: given.name,
      remark: given.remark ?? null,
      lineId: given.caller_line_id,
      scriptId: script.id,
      quietId: given.disable_dial_timegroup,
      ruleId: given.auto_recycle_rule_id,
      agentGroupId: given.customer_service_id ?? null,
      maximumCall: given.maximumcall,
      originateTimeout: given._originate_timeout,
      callPauseSecond: given.call_pause_second,
    },
  };
}

function lineErrors(
  lineId: string,
  maximumCall: number,
  account: Account,
  switches: Switches,
  current: CallTask | undefined,
): Record<string, string[]> {
  const line = account.lines.get(lineId);
  if (line === undefined) return { caller_line_id: ['线路不存在'] };
  const residue = residueOf(line, heldByLine(account, switches.holding, current));
  if (switches.strict && residue <= 1) return { caller_line_id: ['线路剩余并发不足,只能使用剩余并发大于 1 的线路'] };
  if (maximumCall > residue) return { maximumcall: [`并发数不得超过线路剩余并发 ${residue}`] };
  return {};
}

function refused(errors: Record<string, string[]>): Checked {
  const [field, sentences] = Object.entries(errors)[0] ?? ['', []];
  return { ok: false, refusal: { status: 422, message: `${field} ${sentences[0] ?? ''}`.trim(), errors } };
}

function issuesByField(error: z.ZodError): Record<string, string[]> {
  const errors: Record<string, string[]> = {};
  for (const issue of error.issues) {
    const field = String(issue.path[0] ?? 'data');
    errors[field] = [...(errors[field] ?? []), issue.message];
  }
  return errors;
}

/** `undefined` when it is not JSON. */
export function parseJson(raw: string): unknown {
  try {
    return JSON.parse(raw) as unknown;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
