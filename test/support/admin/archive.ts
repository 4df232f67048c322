import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { thisRelease, unpack } from '../release/archive.ts';

const run = promisify(execFile);

/** The version after the given one, to which an upgrade leads. */
const nextOf = (version: string): string =>
  version.replace(/\.(\d+)\.\d+$/, (_, minor: string) => `.${Number(minor) + 1}.0`);

/** Puts the archive of this release into a folder, with its checksum beside it; answers its name. */
export async function putArchive(folder: string): Promise<string> {
  const { file } = await thisRelease();
  for (const suffix of ['', '.sha256']) await copyFile(`${file}${suffix}`, join(folder, basename(file) + suffix));
  return basename(file);
}

/** The same of a release that differs from this one in its version only. */
export async function putNextArchive(folder: string): Promise<void> {
  const archive = await thisRelease();
  const next = nextOf(archive.version);
  const stage = await mkdtemp('/tmp/dialdeck-next-');
  try {
    const root = join(stage, `dialdeck-${next}`);
    await rename(await unpack(archive, stage), root);
    const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    await writeFile(join(root, 'package.json'), JSON.stringify({ ...manifest, version: next }));
    await run('bash', ['-c', 'find . -type f ! -name SHA256SUMS -printf "%P\\0" | xargs -0 sha256sum > SHA256SUMS'], {
      cwd: root,
    });
    const name = basename(archive.file).replace(archive.version, next);
    await run('tar', ['-czf', join(folder, name), '-C', stage, `dialdeck-${next}`]);
    await writeFile(join(folder, `${name}.sha256`), (await run('sha256sum', [name], { cwd: folder })).stdout);
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}
