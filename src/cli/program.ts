import { existsSync } from 'node:fs';
import { basename, delimiter, dirname, isAbsolute, relative } from 'node:path';
import { programFolder, type Release, readRelease } from '../release.ts';

/** How this program is called where it runs, so that it never recommends a command that does not exist there. */
export interface Program {
  /** What to type before the name of a command. */
  call: string;
  /** What to type for the demo; null without its sources and packages. */
  demo: string | null;
  release: Release;
}

/**
 * @param script the path with which Node was started (`process.argv[1]`)
 * @param at the working directory, and the folders in which a shell looks for programs (`PATH`)
 */
export function programAt(script: string, at: { workingDirectory: string; path: string }): Program {
  const hasDemo = existsSync(`${programFolder}sandbox/demo.ts`) && existsSync(`${programFolder}node_modules/tsx`);
  return { call: callOf(script, at), demo: hasDemo ? 'npm run demo' : null, release: readRelease() };
}

function callOf(
  script: string,
  { workingDirectory, path: folders }: { workingDirectory: string; path: string },
): string {
  const name = basename(script);
  if (name === 'dialdeck' && folders.split(delimiter).includes(dirname(script))) return name;
  const near = relative(workingDirectory, script);
  const path = near.startsWith('..') || isAbsolute(near) ? script : near;
  const quoted = /^[\w./@-]+$/.test(path) ? path : `"${path}"`;
  // The link to the program is executable; a path without a slash would be looked for elsewhere.
  if (name === 'dialdeck') return path.includes('/') ? quoted : `./${quoted}`;
  return `${name.endsWith('.ts') ? 'npx tsx' : 'node'} ${quoted}`;
}
