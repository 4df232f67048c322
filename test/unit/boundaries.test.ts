import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { onTheWay, startDoors, startSenders } from '../support/start-doors.ts';

/**
 * The rooms of the source, from the ground up. A file may import from its own room and from those beneath it. Which
 * packages each layer may know, and that the adapters never meet, is in biome.json.
 */
const floors: readonly (readonly string[])[] = [
  ['core/errors.ts', 'core/connection-trouble.ts', 'core/model', 'core/text'],
  ['core/ports.ts'],
  ['core/time'],
  ['core/subscriptions/ports.ts', 'core/subscriptions/audience.ts'],
  ['core/watch'],
  ['core/access'],
  ['core/imports', 'core/notices', 'core/tasks'],
  ['core/alerts', 'core/lines', 'core/quiet', 'core/reports', 'core/stop', 'core/subscriptions'],
  ['core/schedules'],
  ['core/home'],
  [
    'i18n',
    'dialer',
    'reader',
    'store',
    'jobs',
    'log.ts',
    'bot-identity.ts',
    'clock.ts',
    'health.ts',
    'listening.ts',
    'metrics.ts',
    'shutdown.ts',
    'measured.ts',
    'settings/addresses.ts',
    'settings/database-address.ts',
    'file-trouble.ts',
    'outages.ts',
    'proxy.ts',
    'release.ts',
    'working-days.ts',
  ],
  ['slack/ids.ts', 'slack/command-words.ts', 'slack/scopes.ts', 'slack/deps.ts'],
  ['slack/views', 'slack/manifest.ts'],
  ['slack/api'],
  ['slack/bolt'],
  ['slack/flows'],
  ['slack/commands'],
  ['slack/listeners', 'slack/listeners.ts'],
  ['settings', 'causes.ts'],
  ['use-cases.ts', 'act-log.ts', 'after-poll.ts', 'claim-store.ts'],
  ['polling.ts', 'readiness.ts'],
  ['app.ts', 'checkup'],
  ['cli'],
  ['main.ts'],
];

const source = resolve('src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const textOf = (file: string): string => readFileSync(join(source, file), 'utf8');

function floorOf(file: string): number {
  return floors.findIndex((rooms) => rooms.some((room) => file === room || file.startsWith(`${room}/`)));
}

/** The files of `src` that a file imports, also for types alone. */
function importsOf(file: string): string[] {
  return [...textOf(file).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, path = '']) =>
    relative(source, resolve(source, dirname(file), path)),
  );
}

describe('rooms', () => {
  test('every file is in one', () => {
    expect(files.filter((file) => floorOf(file) < 0)).toEqual([]);
    expect(files.length).toBeGreaterThan(150);
  });

  test('no import runs up', () => {
    const up = files.flatMap((file) =>
      importsOf(file)
        .filter((imported) => floorOf(imported) > floorOf(file))
        .map((imported) => `${file} → ${imported}`),
    );
    expect(up).toEqual([]);
  });

  test('no imports go in a circle', () => {
    const state = new Map<string, 'open' | 'done'>();
    const circles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (state.get(file) === 'open') circles.push([...path, file].join(' → '));
      if (state.has(file)) return;
      state.set(file, 'open');
      for (const imported of importsOf(file)) if (files.includes(imported)) visit(imported, [...path, file]);
      state.set(file, 'done');
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });
});

/** Waits for the operating system: a lock of another process, the bytes of a socket. They pass in real time only. */
const realTime = ['clock.ts', 'dialer/http.ts', 'store/failures.ts'];

test('time comes from the injected clock', () => {
  const bypassing = files.filter(
    (file) => !realTime.includes(file) && /(?<!\.)\bset(?:Timeout|Interval)\(|\bDate\.now\(/.test(textOf(file)),
  );
  expect(bypassing).toEqual([]);
});

describe('a start', () => {
  const filesWith = (pattern: RegExp): string[] => files.filter((file) => pattern.test(textOf(file))).sort();

  test('is sent by the gate alone', () => {
    expect(filesWith(/\bdialer\.start\b|\{[^{}]*\bstart\b[^{}]*\} = (?:deps\.)?dialer\b/)).toEqual(
      [...startSenders].sort(),
    );
  });

  test('is asked for by doors that are known to the test of what bars starts', () => {
    const asking = filesWith(/\btasks\.start\b|\bstartPatiently\(/);
    expect(asking).toEqual([...onTheWay, ...Object.keys(startDoors)].sort());
  });
});
