import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Builds the archive of this release once for all tests of it (test/support/release/archive.ts). `TEST_RELEASE` may name
 * the folder of one that is there. */
export default async function releaseOnce() {
  if (process.env.TEST_RELEASE !== undefined) return;
  // Not the folder in memory, from which no program may be run on some machines.
  const folder = mkdtempSync(join('/tmp', 'dialdeck-release-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  await promisify(execFile)('packaging/release.sh', ['--out', folder]);
  process.env.TEST_RELEASE = folder;
}
