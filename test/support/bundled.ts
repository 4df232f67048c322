import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

/** An entry and all its sources as one module: several processes that start at once would each compile all of them. */
export function bundled(entry: URL): string {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  return outputFiles.map(({ text }) => text).join('\n');
}
