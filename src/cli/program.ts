import { existsSync, readFileSync } from 'node:fs';
import { basename, isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How this program is called where it runs, so that it never recommends a command that does not exist there. */
export interface Program {
  /** What to type before the name of a command. */
  call: string;
  /** What to type for the demo; null without its sources and packages. */
  demo: string | null;
  version: string;
}

/** The same from the sources and from the build: both are two folders below. */
const root = fileURLToPath(new URL('../../', import.meta.url));

/** @param script the path with which Node was started (`process.argv[1]`) */
export function programAt(script: string, workingDirectory: string, home = root): Program {
  const { version } = JSON.parse(readFileSync(`${home}package.json`, 'utf8')) as { version: string };
  const hasDemo = existsSync(`${home}sandbox/demo.ts`) && existsSync(`${home}node_modules/tsx`);
  return { call: callOf(script, workingDirectory), demo: hasDemo ? 'npm run demo' : null, version };
}

function callOf(script: string, workingDirectory: string): string {
  const name = basename(script);
  if (name === 'dialdeck') return name;
  const near = relative(workingDirectory, script);
  const path = near.startsWith('..') || isAbsolute(near) ? script : near;
  const quoted = /^[\w./@-]+$/.test(path) ? path : `"${path}"`;
  return `${name.endsWith('.ts') ? 'npx tsx' : 'node'} ${quoted}`;
}
