import { once } from 'node:events';
import { createReadStream, readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parse } from 'csv-parse';
import { systemClock } from '../../src/clock.ts';
import { createPermission } from '../../src/core/access/permission.ts';
import { createImportUseCases } from '../../src/core/imports/importing.ts';
import type { FileSource } from '../../src/core/imports/read.ts';
import type { Dialer, Log } from '../../src/core/ports.ts';
import { createStartGate } from '../../src/core/stop/gate.ts';
import { createBoard } from '../../src/core/watch/board.ts';
import { createDialer } from '../../src/dialer/client.ts';
import { importBody } from '../../src/dialer/wire.ts';
import { readGiven } from '../../src/reader/read.ts';
import { createReader } from '../../src/reader/reader.ts';
import { readingBudget } from '../../test/support/dialer/platform.ts';
import { storeFolder } from '../../test/support/real-store.ts';
import type { Said, Work } from './words.ts';

/** One process of the bench: `<work> <file> [<address> <token> <task>]`. */

const [work, file = '', url = '', token = '', taskId = ''] = process.argv.slice(2) as [Work, ...string[]];
const say = (said: Said): void => void process.send?.(said);
const batchSize = 1_000;
const importKey = 'customer_info_list';

const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };

async function parsed(bytes: Uint8Array): Promise<void> {
  const parser = parse({ relax_column_count: true, relax_quotes: true, bom: true });
  parser.on('readable', () => {
    while (parser.read() !== null);
  });
  const ended = once(parser, 'end');
  for (let from = 0; from < bytes.length; from += 65_536) parser.write(bytes.subarray(from, from + 65_536));
  parser.end();
  await ended;
}

async function read(bytes: Uint8Array): Promise<void> {
  for await (const _ of readGiven({ bytes }));
}

async function cost(act: (bytes: Uint8Array) => Promise<void>): Promise<void> {
  const bytes = readFileSync(file);
  const before = process.cpuUsage();
  await act(bytes);
  const { user, system } = process.cpuUsage(before);
  say({ cpuMs: (user + system) / 1000 });
}

/** As a download comes. */
const source: FileSource = async (take) => {
  for await (const part of createReadStream(file)) await take(part);
};

/** What a bot needs for imports, with a store of its own. */
async function bot(dialer: Dialer) {
  const folder = await storeFolder(systemClock, quiet);
  const store = await folder.open();
  const reader = createReader(systemClock, { maxMs: 300_000 });
  const listed = await dialer.list();
  const imports = createImportUseCases({
    dialer,
    store,
    board: createBoard(systemClock),
    clock: systemClock,
    log: quiet,
    may: createPermission(),
    batchSize,
    rules: { cap: null, recentMs: 30 * 24 * 3_600_000 },
    tasks: {
      create: async () => ({ kind: 'in_progress' }),
      start: async () => ({ kind: 'busy' }),
      pause: async () => ({ kind: 'busy' }),
    },
    metadata: { peek: () => null },
    startAskAbove: batchSize,
    gate: createStartGate(store),
    giveErrorFile: async () => undefined,
    readList: reader.readList,
    newId: () => crypto.randomUUID(),
    changed: () => undefined,
    find: async () => {
      const task = listed.find(({ id }) => id === taskId) ?? listed[0];
      if (task === undefined) throw new Error('the platform has no task');
      return task;
    },
  });
  return {
    preview: (given: Parameters<typeof imports.preview>[0]['given']) =>
      imports.preview({ taskId, given, person: 'U1', channel: 'C1' }),
    send: (runId: string) => imports.send({ runId, person: 'U1', place: null }, () => undefined),
    async close() {
      await reader.close();
      await folder.remove();
    },
  };
}

function connected() {
  return createDialer(
    {
      url,
      token,
      authHeader: 'Authorization',
      authScheme: 'Bearer',
      timeZone: 'Asia/Shanghai',
      progressPath: null,
      importKey,
      timeoutMs: 30_000,
      ...readingBudget,
    },
    { log: quiet, clock: systemClock },
  );
}

async function preview(): Promise<void> {
  const { preview: show, close } = await bot(connected());
  // The worker runs, and everything is compiled once.
  await show({ text: '13800138000' });
  await systemClock.sleep(1_000);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  say({ idle: true });
  await systemClock.sleep(200);
  delay.enable();
  await show({ file: source });
  delay.disable();
  say({ stopMs: delay.percentile(99) / 1e6 });
  await close();
}

async function send(): Promise<void> {
  const dialer = connected();
  const { preview: show, send: start, close } = await bot(dialer);
  const { runId } = await show({ file: source });
  const began = performance.now();
  const { result } = await start(runId ?? '');
  say({ tookMs: performance.now() - began });
  if (result.state !== 'done') throw new Error(`the import is ${result.state}`);
  dialer.close();
  await close();
}

/** Posts the same numbers in the same batches, one after the other, and does nothing else. */
async function post(): Promise<void> {
  const bodies: string[] = [];
  let entries: Parameters<typeof importBody>[0][number][] = [];
  for await (const { ready } of readGiven({ bytes: readFileSync(file) })) {
    entries = [...entries, ...ready];
    while (entries.length >= batchSize)
      bodies.push(JSON.stringify(importBody(entries.splice(0, batchSize), { importKey })));
  }
  const agent = new Agent({ keepAlive: true });
  const began = performance.now();
  for (const body of bodies) {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const sent = request(`${url}/v1/task/import_task_customer/${taskId}`, { method: 'POST', agent, headers });
    sent.end(body);
    const [response] = await once(sent, 'response');
    response.resume();
    await once(response, 'end');
    if (response.statusCode !== 200) throw new Error(`answered with ${response.statusCode}`);
  }
  say({ tookMs: performance.now() - began });
  agent.destroy();
}

const works: Record<Work, () => Promise<void>> = {
  parse: () => cost(parsed),
  read: () => cost(read),
  preview,
  send,
  post,
};
await works[work]();
process.disconnect?.();
