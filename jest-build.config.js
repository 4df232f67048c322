import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

/** Makes the production build once for all tests that run it; each test file takes a copy (test/support/built.ts). */
export default async function buildOnce() {
  await mkdir('.cache', { recursive: true });
  const folder = resolve(await mkdtemp(join('.cache', 'shared-')));
  // Its types are checked by `npm run check`.
  const options = ['-p', 'tsconfig.build.json', '--noCheck', '--outDir', join(folder, 'dist')];
  await promisify(execFile)('node_modules/.bin/tsc', options);
  await bundleBot(folder);
  process.env.TEST_BUILD = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
}

/** The packages that are not written as ES modules ask for this. */
const banner =
  "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);";

/**
 * Writes `bot/main.js` beside `dist`: the same program with its packages in a few modules, which starts at a third of the
 * cost. Tests that start bots again and again run it.
 * @param {string} folder where `dist` is
 */
async function bundleBot(folder) {
  await build({
    entryPoints: [join(folder, 'dist', 'main.js')],
    outdir: join(folder, 'bot'),
    bundle: true,
    // A command that needs little loads little.
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: { js: banner },
    // It loads a library of its platform.
    external: ['libsql', 'pg-native'],
    logLevel: 'error',
  });
  // What is bundled looks for the program of its worker beside itself.
  await writeFile(join(folder, 'bot', 'worker.js'), "import '../dist/reader/worker.js';\n");
}
