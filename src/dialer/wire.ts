import { z } from 'zod';
import type { TaskDraft } from '../core/model/fields.ts';
import type { Metadata } from '../core/model/metadata.ts';
import type { PhoneEntry } from '../core/model/numbers.ts';
import { isTaskId, type Progress, type Task } from '../core/model/task.ts';
import { redials } from '../core/text/redials.ts';
import { flag, flagOrNull, id, listOf, moment, orNull, remark, requiredId, text, whole } from './lenient.ts';
import { isRecord } from './unwrap.ts';

/**
 * The vocabulary of the task API, after the task API document. Its field names, its fixed values and its quirks
 * (numbers as text, flags as 0 and 1, missing nested objects) appear in this file only. A field that is not read here
 * does not enter the product: the entity also contains callback addresses, dial strings, node addresses and owners.
 */

/** Reads a datetime of the platform as epoch ms; null when it is not one. */
export type WallClockReader = (text: string | null) => number | null;

const metadataSchema = z.object({
  /** Quiet-hours groups. The platform reports only id and name, not the hours. */
  enum_disable_dial_timegroup: listOf(z.object({ uuid: requiredId, name: text })),
  /** Lines. `value` is the id, `residue` the free concurrency, `call_line` the total concurrency. */
  caller_line_list: listOf(
    z.object({ value: requiredId, name: text, residue: whole, call_line: whole, call_number: text }),
  ),
  /** Redial rules; `status` false means turned off. */
  auto_recycle_rules: listOf(z.object({ id: requiredId, name: text, remark, status: flag })),
  /** Agent groups. Usable only with a transfer line (`caller_line_id`) and `status` 1. */
  customer_service: listOf(z.object({ id: requiredId, name: text, caller_line_id: id, status: flag })),
  /** Scripts. With `debug` every prompt is spoken by text-to-speech. */
  outbound_group: listOf(z.object({ id: requiredId, name: text, debug: flag, deleted_at: moment })),
});

/**
 * The init metadata from the `meta` of `GET /v1/task/create`; null when the value is not an object of that kind. A
 * missing name is replaced by the id, so that the entry remains distinguishable.
 */
export function metadataOf(value: unknown): Metadata | null {
  const parsed = metadataSchema.safeParse(value);
  if (!parsed.success || !isRecord(value) || !Object.keys(metadataSchema.shape).some((key) => key in value))
    return null;
  const meta = parsed.data;
  return {
    lines: meta.caller_line_list.map((line) => ({
      id: line.value,
      name: line.name ?? line.value,
      free: line.residue ?? 0,
      total: line.call_line,
      callerNumber: line.call_number,
    })),
    scripts: meta.outbound_group.map((script) => ({
      id: script.id,
      name: script.name ?? script.id,
      debug: script.debug,
      deleted: script.deleted_at !== null,
    })),
    quietHours: meta.enum_disable_dial_timegroup.map((group) => ({ id: group.uuid, name: group.name ?? group.uuid })),
    redialRules: meta.auto_recycle_rules.map((rule) => ({
      id: rule.id,
      name: rule.name ?? rule.id,
      remark: rule.remark,
      enabled: rule.status,
    })),
    agentGroups: meta.customer_service.map((group) => ({
      id: group.id,
      name: group.name ?? group.id,
      lineId: group.caller_line_id,
      enabled: group.status,
    })),
  };
}

/** How far a task has progressed: `total` numbers, `progress` of them dialed. */
const progressBar = z.object({ total: whole, progress: whole });

const taskSchema = z.object({
  /** The id, as used in every path. */
  uuid: requiredId.refine(isTaskId),
  name: text,
  remark,
  /** 1 on, 0 paused. The label beside it (`start_str`) is for display and not read. */
  start: flag,
  /** Wall-clock times without a zone. */
  create_datetime: moment,
  alter_datetime: moment,
  /** Maximum number of simultaneous calls. */
  maximumcall: whole,
  /** Seconds between calls. */
  call_pause_second: whole,
  /** Seconds a number may ring. */
  _originate_timeout: whole,
  caller_line_id: id,
  disable_dial_timegroup: id,
  /** Id of the script. */
  destination_extension: id,
  auto_recycle_rule_id: id,
  /** Agent group; null when calls are not transferred to agents. */
  customer_service_id: id,
  /** Name of the script. */
  group_str: text,
  /** The document calls it deprecated, in favor of a separate progress interface; it is always present. */
  progress_bar: orNull(progressBar),
  // The nested objects are for display. Their ids may differ from the flat ones, which are what the task is set to.
  group: orNull(z.object({ id: requiredId, name: text, debug: flag, deleted_at: moment })),
  caller_line: orNull(
    z.object({ id: requiredId, name: text, call_line: whole, call_line_used: whole, deadline_at: moment }),
  ),
  disable_time_group: orNull(z.object({ uuid: requiredId, name: text })),
  auto_recycle_rule: orNull(z.object({ id: requiredId, name: text, remark, status: flagOrNull })),
});

/**
 * A task from the platform's entity; null when it has no `uuid`. A nested object is ignored when its id is not the one
 * the task is set to.
 */
export function taskOf(entity: unknown, readClock: WallClockReader): Task | null {
  const parsed = taskSchema.safeParse(entity);
  if (!parsed.success) return null;
  const wire = parsed.data;
  const script = wire.group?.id === wire.destination_extension ? wire.group : null;
  const line = wire.caller_line?.id === wire.caller_line_id ? wire.caller_line : null;
  const quietHours = wire.disable_time_group?.uuid === wire.disable_dial_timegroup ? wire.disable_time_group : null;
  const rule = wire.auto_recycle_rule?.id === wire.auto_recycle_rule_id ? wire.auto_recycle_rule : null;
  const agentGroup = wire.customer_service_id;
  return {
    id: wire.uuid,
    name: wire.name ?? '',
    remark: wire.remark,
    started: wire.start,
    script: {
      id: wire.destination_extension ?? '',
      name: script?.name ?? wire.group_str,
      debug: script?.debug ?? false,
      deleted: (script?.deleted_at ?? null) !== null,
    },
    line: {
      id: wire.caller_line_id ?? '',
      name: line?.name ?? null,
      total: line?.call_line ?? null,
      used: line?.call_line_used ?? null,
      expiresAt: readClock(line?.deadline_at ?? null),
    },
    concurrency: Math.max(1, wire.maximumcall ?? 1),
    pauseSeconds: Math.max(0, wire.call_pause_second ?? 0),
    ringTimeout: wire._originate_timeout ?? 60,
    quietHours: { id: wire.disable_dial_timegroup ?? '', name: quietHours?.name ?? null },
    redialRule: {
      id: wire.auto_recycle_rule_id ?? '',
      name: rule?.name ?? null,
      redials: rule === null || rule.status === null ? null : redials({ ...rule, enabled: rule.status }),
    },
    // 0 is how some tables write "none".
    agentGroup: agentGroup === null || agentGroup === '0' ? null : { id: agentGroup, name: null },
    progress: wire.progress_bar && figures(wire.progress_bar.total, wire.progress_bar.progress, 'progress_bar'),
    createdAt: readClock(wire.create_datetime),
    alteredAt: readClock(wire.alter_datetime),
  };
}

function figures(total: number | null, done: number | null, source: Progress['source']): Progress | null {
  if (total === null || done === null) return null;
  const all = Math.max(0, total);
  return { total: all, done: Math.min(Math.max(0, done), all), source };
}

/** Numbers by status; status 0 is "not dialed yet", everything else has been dialed. */
const statusCounts = z.object({ number_status: z.array(z.object({ status: whole, count: whole })) });

/** The response of a progress interface, shaped like the progress bar or as counts by status; null for neither. */
export function progressOf(payload: unknown): Progress | null {
  const bar = progressBar.safeParse(payload);
  const direct = bar.success ? figures(bar.data.total, bar.data.progress, 'endpoint') : null;
  if (direct) return direct;
  const counts = statusCounts.safeParse(payload);
  if (!counts.success) return null;
  let total = 0;
  let waiting = 0;
  for (const { status, count } of counts.data.number_status) {
    if (count === null || status === null) return null;
    total += count;
    if (status === 0) waiting += count;
  }
  return figures(total, total - waiting, 'endpoint');
}

/** Where an answer is within the list. Both null when the response does not say. */
export interface Paging {
  currentPage: number | null;
  lastPage: number | null;
}

const pageMeta = z.object({ current_page: whole, last_page: whole, total: whole });

/**
 * The place of the list's response, whose tasks are under `data`, in a bare array, or in a paginator inside `data`.
 * null when it contains no list: a response without a list must not pass for an account without tasks.
 */
export function pagingOf(payload: unknown, meta: unknown): Paging | null {
  const paginator = isRecord(payload) && Array.isArray(payload.data) ? payload : null;
  const parsed = pageMeta.safeParse(isRecord(meta) ? meta : paginator);
  const paging = parsed.success ? parsed.data : null;
  if (paginator === null && !Array.isArray(payload) && paging?.total !== 0) return null;
  return { currentPage: paging?.current_page ?? null, lastPage: paging?.last_page ?? null };
}

/** An id that the document declares as an int; text where a number cannot hold it exactly. */
type IntId = number | string;

/** The parameters of create and modify: all twelve in the document, with its names and types. */
interface CreateBody {
  caller_line_id: string;
  customer_service_id?: IntId;
  destination_extension: IntId;
  disable_dial_timegroup: string;
  maximumcall: number;
  name: string;
  random_assignment_number: 0;
  recycle_limit: 0;
  remark?: string;
  _originate_timeout: number;
  call_pause_second: number;
  auto_recycle_rule_id: IntId;
}

/**
 * The body of create and modify (modify replaces the whole definition). The number of repeat calls and the random order
 * are not settings: the document fixes both at 0.
 */
export function toWire({
  name,
  script,
  line,
  concurrency,
  pauseSeconds,
  ringTimeout,
  quietHours,
  redialRule,
  agentGroup,
  remark,
  ...unsent
}: TaskDraft): CreateBody {
  // A form field that is not sent does not compile.
  unsent satisfies Record<string, never>;
  return {
    caller_line_id: line,
    ...(agentGroup !== null && { customer_service_id: intOf(agentGroup) }),
    destination_extension: intOf(script),
    disable_dial_timegroup: quietHours,
    maximumcall: concurrency,
    name,
    random_assignment_number: 0,
    recycle_limit: 0,
    ...(remark !== null && { remark }),
    _originate_timeout: ringTimeout,
    call_pause_second: pauseSeconds,
    auto_recycle_rule_id: intOf(redialRule),
  };
}

function intOf(text: string): IntId {
  const number = Number(text);
  return Number.isSafeInteger(number) && String(number) === text ? number : text;
}

/** How the numbers of an import are encoded. The document does not specify the body. */
export interface ImportShape {
  /** Key of the list in the body; `[]` sends the list itself. */
  importKey: string;
}

export function importBody(batch: readonly PhoneEntry[], shape: ImportShape): unknown {
  const { importKey } = shape;
  const rows = batch.map((entry) => ({
    phone: entry.phone,
    ...(entry.name !== null && { name: entry.name }),
  }));
  return importKey === '[]' ? rows : { [importKey]: rows };
}

const importCounts = z.object({
  success: whole,
  success_count: whole,
  failed: whole,
  fail: whole,
  failed_count: whole,
  fail_count: whole,
  filtered: whole,
});

/**
 * How many numbers were accepted according to the response to an import; null when it does not say. The document
 * specifies no counts, and `success: 1` may as well be a flag: counts are trusted only when together they account for
 * the whole batch.
 */
export function acceptedOf(payload: unknown, sent: number): number | null {
  const parsed = importCounts.safeParse(payload);
  if (!parsed.success) return null;
  const counts = parsed.data;
  const taken = counts.success ?? counts.success_count;
  const failed = counts.failed ?? counts.fail ?? counts.failed_count ?? counts.fail_count;
  if (taken === null || (failed === null && counts.filtered === null)) return null;
  const others = (failed ?? 0) + (counts.filtered ?? 0);
  return taken >= 0 && others >= 0 && taken + others === sent ? taken : null;
}
