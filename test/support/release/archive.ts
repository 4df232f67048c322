import { execFile } from 'node:child_process';
import { cp, lstat, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** The archives that releases consist of: building them, and what is in them. */

const exec = promisify(execFile);

/** A folder from which programs may be run, and which another user may enter. */
export async function makePlace(name: string): Promise<string> {
  const place = await mkdtemp(`/tmp/dialdeck-${name}-`);
  await exec('chmod', ['755', place]);
  return place;
}

export interface Archive {
  file: string;
  /** Of all its bytes, as the file beside it says. */
  checksum: string;
  /** The folder that it holds: `dialdeck-<version>`. */
  folder: string;
  version: string;
}

/** The archive in a folder that `packaging/release.sh` has written to. */
async function archiveIn(folder: string): Promise<Archive> {
  const names = await readdir(folder);
  const name = names.find((one) => one.endsWith('.tar.gz'));
  const version = /^dialdeck-(\d+\.\d+\.\d+)-/.exec(name ?? '')?.[1];
  if (name === undefined || version === undefined) throw new Error(`no archive among ${names.join(', ')}`);
  const [checksum = ''] = (await readFile(join(folder, `${name}.sha256`), 'utf8')).split(' ');
  return { file: join(folder, name), checksum, folder: `dialdeck-${version}`, version };
}

/** The one that was built for all tests of this run. */
export function thisRelease(): Promise<Archive> {
  const folder = process.env.TEST_RELEASE;
  if (folder === undefined) throw new Error('run the tests of releases with npm run test:release');
  return archiveIn(folder);
}

/** Builds an archive of the project in that folder. */
export async function buildArchive(
  project: string,
  into: string,
  environment: Record<string, string> = {},
): Promise<Archive> {
  await mkdir(into, { recursive: true });
  await exec(join(project, 'packaging/release.sh'), ['--out', into], {
    cwd: project,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...environment },
  });
  return archiveIn(into);
}

/** Copies this project's own files, as they are, with its packages, to where no checkout is. */
export async function copyProject(into: string): Promise<void> {
  const { stdout } = await exec('git', ['ls-files', '-z'], { maxBuffer: 16 * 1024 * 1024 });
  const kept = stdout.split('\0').filter((name) => name !== '' && !/^(?:test|bench|sandbox)\//.test(name));
  for (const name of kept) {
    await mkdir(join(into, dirname(name)), { recursive: true });
    await cp(name, join(into, name));
  }
  await symlink(await realpath('node_modules'), join(into, 'node_modules'));
}

/** Unpacks an archive; answers the program's folder. */
export async function unpack(archive: Archive, into: string): Promise<string> {
  await mkdir(into, { recursive: true });
  await exec('tar', ['--extract', '--gzip', '--file', archive.file, '--directory', into]);
  return join(into, archive.folder);
}

/** Every file below, by its path within the folder; not the links. */
export async function filesBelow(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const kinds = await Promise.all(
    names.map(async (name) => ({ name, isFile: (await lstat(join(folder, name))).isFile() })),
  );
  return kinds
    .filter(({ isFile }) => isFile)
    .map(({ name }) => name)
    .sort();
}

/** Removes it also where it is read-only. */
export async function removePlace(place: string): Promise<void> {
  await exec('chmod', ['-R', 'u+w', resolve(place)]).catch(() => undefined);
  await rm(place, { recursive: true, force: true });
}
