import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** Makes the production build once for all tests that run it; each test file takes a copy (test/support/built.ts). */
export default async function buildOnce() {
  await mkdir('.cache', { recursive: true });
  const folder = resolve(await mkdtemp(join('.cache', 'shared-')));
  await promisify(execFile)('node_modules/.bin/tsc', ['-p', 'tsconfig.build.json', '--outDir', folder]);
  process.env.TEST_BUILD = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
}
