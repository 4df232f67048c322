import { request } from 'node:http';
import { afterEach } from '@jest/globals';
import type { DialerSandboxOptions } from '../../../sandbox/dialer/options.ts';
import type { RouteName } from '../../../sandbox/dialer/routes.ts';
import { seededLineIds, seededQuietIds } from '../../../sandbox/dialer/seed-ids.ts';
import { createDialerSandbox, type DialerSandbox } from '../../../sandbox/dialer/server.ts';

const open: DialerSandbox[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
});

/** 2026-11-23 09:20:00 in Shanghai. */
export const morning = Date.UTC(2026, 10, 23, 1, 20);

/** A stand-in that is closed after the test. Its clock stands still unless the options say otherwise. */
export async function start(options: DialerSandboxOptions = {}): Promise<DialerSandbox> {
  const sandbox = await createDialerSandbox({ account: 'fresh', speed: 0, startAt: morning, ...options });
  open.push(sandbox);
  return sandbox;
}

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read responses of many shapes.
  json: any;
}

export interface Asked {
  body?: unknown;
  headers?: Record<string, string>;
  /** Sent as is, instead of `body` as JSON. */
  raw?: string | Buffer;
  timeoutMs?: number;
}

/** One request on its own connection, with the token, sent once and followed nowhere. */
export function call(sandbox: DialerSandbox, method: string, path: string, asked: Asked = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `${sandbox.url}${path}`,
      {
        method,
        agent: false,
        headers: {
          authorization: `Bearer ${sandbox.token}`,
          ...(asked.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...asked.headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: parse(text) });
        });
      },
    );
    outgoing.on('error', reject);
    if (asked.timeoutMs !== undefined) {
      outgoing.setTimeout(asked.timeoutMs, () => outgoing.destroy(new Error('timed out')));
    }
    outgoing.end(asked.raw ?? (asked.body === undefined ? undefined : JSON.stringify(asked.body)));
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A complete and acceptable body of create. */
export function definition(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name: '测试任务',
    caller_line_id: seededLineIds.hangzhou,
    destination_extension: 297,
    disable_dial_timegroup: seededQuietIds.none,
    auto_recycle_rule_id: 103,
    maximumcall: 2,
    _originate_timeout: 60,
    call_pause_second: 0,
    random_assignment_number: 0,
    recycle_limit: 0,
    ...change,
  };
}

/** Creates a task and returns its id. */
export async function create(sandbox: DialerSandbox, change: Record<string, unknown> = {}): Promise<string> {
  const answer = await call(sandbox, 'POST', '/v1/task', { body: definition(change) });
  if (answer.status !== 200 || typeof answer.json.uuid !== 'string') throw new Error(`create: ${answer.text}`);
  return answer.json.uuid;
}

/** `count` different mobile numbers. */
export function phones(count: number, from = 0): { phone: string }[] {
  return Array.from({ length: count }, (_, index) => ({ phone: `138${String(from + index).padStart(8, '0')}` }));
}

/** Imports numbers in batches of the row limit. */
export async function fill(sandbox: DialerSandbox, taskId: string, count: number): Promise<void> {
  const list = phones(count);
  for (let from = 0; from < count; from += 100) {
    const body = { customer_info_list: list.slice(from, from + 100) };
    const answer = await call(sandbox, 'POST', `/v1/task/import_task_customer/${taskId}`, { body });
    if (answer.status !== 200) throw new Error(`import: ${answer.text}`);
  }
}

/** The list item of a task, undefined when it is not listed. */
// biome-ignore lint/suspicious/noExplicitAny: see above.
export async function item(sandbox: DialerSandbox, taskId: string): Promise<any> {
  const { json } = await call(sandbox, 'GET', '/v1/task');
  return json.data.find((task: { uuid: string }) => task.uuid === taskId);
}

/** Free concurrency of a line as the init metadata gives it. */
export async function residue(sandbox: DialerSandbox, lineId: string): Promise<number> {
  const { json } = await call(sandbox, 'GET', '/v1/task/create');
  return json.meta.caller_line_list.find((line: { value: string }) => line.value === lineId).residue;
}

/** Asks a route about a task, as a client would. */
export function ask(sandbox: DialerSandbox, route: RouteName, id: string, timeoutMs = 15_000): Promise<Answer> {
  switch (route) {
    case 'init':
      return call(sandbox, 'GET', '/v1/task/create', { timeoutMs });
    case 'list':
      return call(sandbox, 'GET', '/v1/task', { timeoutMs });
    case 'create':
      return call(sandbox, 'POST', '/v1/task', { body: definition(), timeoutMs });
    case 'update':
      return call(sandbox, 'PUT', `/v1/task/${id}`, { body: definition({ name: 'Changed' }), timeoutMs });
    case 'import':
      return call(sandbox, 'POST', `/v1/task/import_task_customer/${id}`, { body: phones(2), timeoutMs });
    default:
      return call(sandbox, 'GET', `/v1/task/${route}/${id}`, { timeoutMs });
  }
}
