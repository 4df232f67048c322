import { execFile } from 'node:child_process';
import { chmod, copyFile, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/**
 * The production build, for these tests alone: what an operator runs, and quicker to start than the sources. Under jest it
 * is a copy of the one that was made for all.
 */
export interface Built {
  /** Absolute path of an entry, e.g. `entry('main')`. */
  entry(name: string): string;
  remove(): Promise<void>;
}

export async function build(): Promise<Built> {
  // Inside the project, so that the packages are found from there.
  await mkdir('.cache', { recursive: true });
  const folder = resolve(await mkdtemp(join('.cache', 'build-')));
  const shared = process.env.TEST_BUILD;
  if (shared !== undefined) await cp(shared, join(folder, 'dist'), { recursive: true });
  else
    await promisify(execFile)('node_modules/.bin/tsc', ['-p', 'tsconfig.build.json', '--outDir', join(folder, 'dist')]);
  // Another user may run it, too.
  await chmod(folder, 0o755);
  await copyFile('package.json', join(folder, 'package.json'));
  return {
    entry: (name) => join(folder, 'dist', `${name}.js`),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
