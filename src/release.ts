import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What runs: the version, and the commit it was built from. */
export interface Release {
  version: string;
  /** The hash of the commit, followed by `-changed` if its files had been changed; null where the build knew of none. */
  commit: string | null;
}

/** The folder above this one holds package.json, both in the sources and in the build. */
export const programFolder = fileURLToPath(new URL('../', import.meta.url));

/** Written beside this file by packaging/stamp.mjs; there is none in the sources. */
const stampFile = fileURLToPath(new URL('build.json', import.meta.url));

export function readRelease(): Release {
  const { version } = readOwn<Pick<Release, 'version'>>(`${programFolder}package.json`);
  const { commit } = existsSync(stampFile) ? readOwn<Pick<Release, 'commit'>>(stampFile) : { commit: null };
  return { version, commit };
}

/** Both files are part of the program, so nothing has to be checked, and no package loaded to print a version. */
function readOwn<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
