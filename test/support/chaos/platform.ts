import { z } from 'zod';
import type { DialerSandboxOptions } from '../../../sandbox/dialer/options.ts';
import { chance } from '../../../sandbox/dialer/random.ts';
import { seededQuietIds } from '../../../sandbox/dialer/seed-ids.ts';
import { createDialerSandbox, type DialerSandbox } from '../../../sandbox/dialer/server.ts';
import type { Course } from './courses.ts';

/** One task of a chaos run. */
export interface Subject {
  id: string;
  name: string;
  course: Course;
  lineId: string;
  /** Imported at first. */
  numbers: number;
}

const callSeconds = 20;
const callsAtOnce = 2;
const perImport = 100;

/** How long a task dials so many numbers, minutes. */
export function dialingMinutes(numbers: number): number {
  return (Math.ceil(numbers / callsAtOnce) * callSeconds) / 60;
}

/** The platform with the tasks of a run, each on a line of its own. Its clock stands still until it is set going. */
export async function startPlatform({
  seed,
  tasks,
  courses,
  numbers: [fewest, most],
  switches = {},
  now,
}: {
  seed: number;
  tasks: number;
  /** One after the other, and again. */
  courses: readonly Course[];
  /** The least and the most numbers of a task. */
  numbers: readonly [number, number];
  switches?: DialerSandboxOptions['switches'];
  now: () => number;
}): Promise<{ dialer: DialerSandbox; subjects: Subject[] }> {
  const dialer = await createDialerSandbox({
    account: 'fresh',
    extra: { lines: tasks },
    seed,
    wall: now,
    speed: 0,
    callSeconds,
    switches,
  });
  const lines = await linesOf(dialer);
  const subjects: Subject[] = [];
  for (let index = 0; index < tasks; index += 1) {
    const course = courses[index % courses.length];
    const lineId = lines[index];
    if (course === undefined || lineId === undefined) throw new Error('more tasks than lines');
    const name = `Task ${String(index + 1).padStart(2, '0')} ${course.name}`;
    const id = await createTask(dialer, { name, lineId, rule: course.rule });
    const numbers = fewest + Math.floor(chance(seed, 11, index) * (most - fewest + 1));
    await importNumbers(dialer, id, { from: 0, count: numbers });
    if (course.on) dialer.rival(id, { start: true });
    subjects.push({ id, name, course, lineId, numbers });
  }
  return { dialer, subjects };
}

const meta = z.object({
  meta: z.object({ caller_line_list: z.array(z.object({ name: z.string(), value: z.string() })) }),
});

/** The lines that the stand-in added for the tasks. */
async function linesOf(dialer: DialerSandbox): Promise<string[]> {
  const { meta: found } = meta.parse(await ask(dialer, 'GET', '/v1/task/create'));
  return found.caller_line_list.filter(({ name }) => name.startsWith('分机线路')).map(({ value }) => value);
}

async function createTask(
  dialer: DialerSandbox,
  { name, lineId, rule }: { name: string; lineId: string; rule: number },
): Promise<string> {
  const created = await ask(dialer, 'POST', '/v1/task', {
    name,
    caller_line_id: lineId,
    destination_extension: 297,
    disable_dial_timegroup: seededQuietIds.none,
    auto_recycle_rule_id: rule,
    maximumcall: callsAtOnce,
    _originate_timeout: 60,
    call_pause_second: 0,
    random_assignment_number: 0,
    recycle_limit: 0,
  });
  return z.object({ uuid: z.string() }).parse(created).uuid;
}

/** Imports numbers as another client of the account does: `count` of them, counted from `from`. */
export async function importNumbers(
  dialer: DialerSandbox,
  taskId: string,
  { from, count }: { from: number; count: number },
): Promise<void> {
  const phones = Array.from({ length: count }, (_, index) => ({
    phone: `138${String(from + index).padStart(8, '0')}`,
  }));
  for (let at = 0; at < count; at += perImport) {
    const body = { customer_info_list: phones.slice(at, at + perImport) };
    await ask(dialer, 'POST', `/v1/task/import_task_customer/${taskId}`, body);
  }
}

async function ask(dialer: DialerSandbox, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(dialer.url + path, {
    method,
    headers: { authorization: `Bearer ${dialer.token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}
