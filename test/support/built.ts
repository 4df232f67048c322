import { execFile } from 'node:child_process';
import { chmod, copyFile, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/**
 * The production build, for these tests alone: what an operator runs, and quicker to start than the sources. Under jest it
 * is a copy of the one that was made for all.
 */
export interface Built {
  /** Absolute path of a file of the build, e.g. `entry('main')`. */
  entry(name: string): string;
  /** The same program as `main`, as one module where that was made: for tests that start it again and again. */
  bot: string;
  remove(): Promise<void>;
}

export async function build(): Promise<Built> {
  // Inside the project, so that the packages are found from there.
  await mkdir('.cache', { recursive: true });
  const folder = resolve(await mkdtemp(join('.cache', 'build-')));
  const dist = join(folder, 'dist');
  const shared = process.env.TEST_BUILD;
  if (shared !== undefined) await cp(shared, folder, { recursive: true });
  else await promisify(execFile)('node_modules/.bin/tsc', ['-p', 'tsconfig.build.json', '--outDir', dist]);
  // Another user may run it, too.
  await chmod(folder, 0o755);
  await copyFile('package.json', join(folder, 'package.json'));
  const entry = (name: string): string => join(dist, `${name}.js`);
  return {
    entry,
    bot: shared === undefined ? entry('main') : join(folder, 'bot', 'main.js'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
