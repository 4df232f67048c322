import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parse } from 'csv-parse';
import { systemClock } from '../src/clock.ts';
import { readGiven } from '../src/reader/read.ts';
import { createReader } from '../src/reader/reader.ts';
import { csvOf, encoded } from '../test/support/core/list-files.ts';
import { workbookOf } from '../test/support/core/workbook.ts';
import { columns, median } from './measure.ts';

/**
 * What reading long lists costs, each in a fresh process beside one that only parses the same file with csv-parse: CPU,
 * memory above that of the idle process, and how long nothing else has its turn in the process that answers people
 * (99th percentile). Fails when a list costs more than 1/0.55 of the parsing, or stops others for more than 25 ms.
 * `ROWS` (1,000,000; 300,000 in a workbook) and `ROUNDS` (3) may be set.
 */
const rows = Math.min(1_000_000, Number(process.env.ROWS ?? 1_000_000));
const rounds = Math.min(20, Number(process.env.ROUNDS ?? 3));
const minRatio = 0.55;
const maxStopMs = 25;

interface Cost {
  /** ms */
  cpu: number;
  /** MB */
  memory: number;
}

type Work = 'parse' | 'read';

async function cost(file: string, work: Work): Promise<Cost> {
  const bytes = readFileSync(file);
  const idle = process.resourceUsage().maxRSS;
  const before = process.cpuUsage();
  if (work === 'read') await readGiven({ bytes });
  else await parsed(bytes);
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1000, memory: (process.resourceUsage().maxRSS - idle) / 1024 };
}

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

const [, , asked, given] = process.argv;
if (given !== undefined) {
  process.send?.(await cost(given, asked === 'read' ? 'read' : 'parse'));
  process.disconnect?.();
} else await bench();

async function inProcess(file: string, work: Work): Promise<Cost> {
  const child = fork(new URL(import.meta.url), [work, file], {
    execArgv: [...process.execArgv, '--max-old-space-size=1024'],
  });
  const [answer] = await once(child, 'message');
  return answer as Cost;
}

function tableOf(count: number, quoted: boolean): string[][] {
  const data = Array.from({ length: count }, (_, index) => [
    `客户${index}`,
    String(13_000_000_000 + ((index * 7_919) % 999_999_999)),
    '上海',
    quoted && index % 20 === 0 ? '说明，"甲", 乙' : '无',
    `A${index}`,
  ]);
  return [['姓名', '手机号', '城市', '备注', '订单'], ...data];
}

/** The longest stop of all but one in a hundred, ms, while the process that reads lists reads this one. */
async function stopMs(file: string): Promise<number> {
  const reader = createReader(systemClock, { maxMs: 120_000 });
  await reader.readList({ text: '13800138000' });
  const bytes = readFileSync(file);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  await systemClock.sleep(200);
  delay.enable();
  await reader.readList({ bytes });
  delay.disable();
  await reader.close();
  return delay.percentile(99) / 1e6;
}

async function bench(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'dialdeck-bench-'));
  const shapes: [name: string, bytes: () => Uint8Array, isText: boolean][] = [
    [`${rows} rows, UTF-8`, () => encoded(csvOf(tableOf(rows, false), ',', '\r\n'), 'utf-8 with a mark'), true],
    [`${rows} rows, GB18030`, () => encoded(csvOf(tableOf(rows, false), ',', '\r\n'), 'gb18030'), true],
    [`${rows} rows, 5 % quoted`, () => encoded(csvOf(tableOf(rows, true), ',', '\r\n'), 'utf-8'), true],
    [
      `${Math.min(300_000, rows)} rows, XLSX`,
      () => workbookOf([{ rows: tableOf(Math.min(300_000, rows), false) }]),
      false,
    ],
  ];
  const lines = [['', 'csv-parse', 'read', 'ratio', 'memory', 'stop p99']];
  let holds = true;
  try {
    for (const [name, bytes, isText] of shapes) {
      const file = join(folder, 'list');
      await writeFile(file, bytes());
      const parsing: number[] = [];
      const reading: Cost[] = [];
      for (let round = 0; round < rounds; round += 1) {
        if (isText) parsing.push((await inProcess(file, 'parse')).cpu);
        reading.push(await inProcess(file, 'read'));
      }
      const stop = await stopMs(file);
      const [parse, read] = [median(parsing), median(reading.map(({ cpu }) => cpu))];
      const memory = Math.max(...reading.map((one) => one.memory));
      holds &&= stop <= maxStopMs && (!isText || parse / read >= minRatio);
      lines.push([
        name,
        isText ? `${parse.toFixed(0)} ms` : '–',
        `${read.toFixed(0)} ms`,
        isText ? `${(parse / read).toFixed(2)}×` : '–',
        `${memory.toFixed(0)} MB`,
        `${stop.toFixed(1)} ms`,
      ]);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  console.log(columns(lines));
  if (!holds) {
    console.log(`a bar does not hold: at least ${minRatio}× csv-parse, stops of at most ${maxStopMs} ms`);
    process.exitCode = 1;
  }
}
