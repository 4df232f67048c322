import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

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
  const { version } = packageSchema.parse(readJson(`${programFolder}package.json`));
  return { version, commit: existsSync(stampFile) ? stampSchema.parse(readJson(stampFile)).commit : null };
}

const packageSchema = z.object({ version: z.string() });
const stampSchema = z.object({ commit: z.string().nullable() });

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
