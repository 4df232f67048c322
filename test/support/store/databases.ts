import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Libsql from 'libsql';
import pg from 'pg';
import { systemClock } from '../../../src/clock.ts';
import type { Clock, Log } from '../../../src/core/ports.ts';
import type { Store } from '../../../src/store/store.ts';
import { openStore } from '../../../src/store/store.ts';

const server = process.env.TEST_DATABASE_URL;

export type EngineName = 'sqlite' | 'postgres';

/** The engines this run can reach; SQLite always. */
export const engines: EngineName[] = server === undefined ? ['sqlite'] : ['sqlite', 'postgres'];

interface LogLine {
  level: keyof Log;
  message: string;
  fields: Record<string, unknown> | undefined;
}

/** A database of its own for one test, dropped afterwards. */
export interface TestDatabase {
  engine: EngineName;
  location: { databaseUrl: string | null; dataDir: string };
  /** What all stores of this database logged. */
  lines: LogLine[];
  /** A store of this database, of the bot of that id if one is given; `onStatement` is shown what it executes. */
  open(clock?: Clock, bot?: string, onStatement?: (sql: string) => void): Promise<Store>;
  /** Lets leases run out: on SQLite by the injected clock, on PostgreSQL, whose own clock counts, by waiting. */
  pass(ms: number): Promise<void>;
  /** Runs SQL beside the stores; parameters are written into the text. */
  sql(text: string): Promise<Record<string, unknown>[]>;
  /** All bytes on disk (SQLite only). */
  bytes(): string;
  drop(): Promise<void>;
}

export async function makeDatabase(engine: EngineName): Promise<TestDatabase> {
  const parent = await mkdtemp(join(tmpdir(), 'dialdeck-store-'));
  const dataDir = join(parent, 'data');
  const file = join(dataDir, 'dialdeck.db');
  const name = `dialdeck_test_${randomUUID().replaceAll('-', '')}`;
  let databaseUrl: string | null = null;
  if (engine === 'postgres') {
    await onServer(`create database ${name}`);
    const url = new URL(server ?? '');
    url.pathname = `/${name}`;
    databaseUrl = url.href;
  }

  let now = 1_700_000_000_000;
  const shared: Clock = { now: () => now, elapsed: () => now, sleep: systemClock.sleep };
  const lines: LogLine[] = [];
  const line = (level: keyof Log) => (message: string, fields?: Record<string, unknown>) => {
    lines.push({ level, message, fields });
  };
  const log: Log = { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
  const opened: Store[] = [];

  return {
    engine,
    location: { databaseUrl, dataDir },
    lines,
    async open(clock = shared, bot, onStatement = () => undefined) {
      const ofBot = bot !== undefined && { bot };
      const store = await openStore({ databaseUrl, dataDir, clock, log, onStatement, ...ofBot });
      opened.push(store);
      return store;
    },
    async pass(ms) {
      if (engine === 'sqlite') now += ms;
      else await sleep(ms);
    },
    async sql(text) {
      if (databaseUrl !== null) return query(databaseUrl, text);
      const database = new Libsql(file);
      try {
        const statement = database.prepare(text);
        if (statement.reader) return statement.all() as Record<string, unknown>[];
        statement.run();
        return [];
      } finally {
        database.close();
      }
    },
    bytes() {
      return ['', '-wal', '-shm']
        .map((suffix) => file + suffix)
        .filter((path) => existsSync(path))
        .map((path) => readFileSync(path, 'latin1'))
        .join('');
    },
    async drop() {
      await Promise.all(opened.map((store) => store.close()));
      if (engine === 'postgres') await onServer(`drop database ${name} with (force)`);
      await rm(parent, { recursive: true, force: true });
    },
  };
}

function onServer(text: string): Promise<Record<string, unknown>[]> {
  return query(server ?? '', text);
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(text);
    return rows;
  } finally {
    await client.end();
  }
}
