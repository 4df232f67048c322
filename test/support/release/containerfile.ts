import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, stat } from 'node:fs/promises';
import { basename, join, posix } from 'node:path';
import { promisify } from 'node:util';

/**
 * Carries out the steps of a Containerfile without a container engine: each stage is a clean folder that stands for the
 * root of its image, and the programs are those of this machine. What is not understood fails.
 */

const exec = promisify(execFile);

interface Instruction {
  name: string;
  rest: string;
}

/** What an image says about running it; paths are those of this machine. */
export interface Image {
  root: string;
  env: Record<string, string>;
  workingDirectory: string;
  volumes: string[];
  user: { uid: number; gid: number };
  stopSignal: string;
  health: { command: string[]; options: Record<string, string> };
  entrypoint: string[];
  command: string[];
}

export interface BuildOptions {
  /** What is sent to an engine: the files that `.dockerignore` leaves. */
  context: string;
  /** A folder for the stages. */
  into: string;
  args: Record<string, string>;
  /** What programs of this machine need, such as where npm keeps its cache. */
  host: Record<string, string>;
}

export function instructionsIn(text: string): Instruction[] {
  return text
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
      if (name === '') throw new Error(`not an instruction: ${line}`);
      return { name, rest };
    });
}

/** Copies what `.dockerignore` leaves: it excludes everything, and then names what is sent. */
export async function makeContext(project: string, into: string): Promise<void> {
  const lines = (await readFile(join(project, '.dockerignore'), 'utf8'))
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const [first, ...kept] = lines;
  if (first !== '*' || kept.some((line) => !/^!\w?[\w./-]*$/.test(line))) throw new Error('not a list of what is sent');
  for (const line of kept) await cp(join(project, line.slice(1)), join(into, line.slice(1)), { recursive: true });
}

export async function buildImage(text: string, options: BuildOptions): Promise<Image> {
  const stages = new Map<string, Image>();
  let current: Image | null = null;
  const args: Record<string, string> = {};
  for (const { name, rest } of instructionsIn(text)) {
    if (name === 'ARG') {
      const [key = '', value = ''] = rest.split(/=(.*)/s);
      args[key] = options.args[key] ?? value;
      continue;
    }
    if (name === 'FROM') {
      const [, as = 'final'] = /\sAS\s+(\w+)$/.exec(rest) ?? [];
      current = emptyImage(join(options.into, as), options.host);
      stages.set(as, current);
      await mkdir(current.root, { recursive: true });
      continue;
    }
    if (current === null) throw new Error(`${name} before FROM`);
    await carryOut({ name, rest }, { image: current, stages, args, options });
  }
  if (current === null) throw new Error('no stage');
  return current;
}

function emptyImage(root: string, host: Record<string, string>): Image {
  return {
    root,
    env: { PATH: host.PATH ?? '' },
    workingDirectory: root,
    volumes: [],
    user: { uid: 0, gid: 0 },
    stopSignal: 'SIGTERM',
    health: { command: [], options: {} },
    entrypoint: [],
    command: [],
  };
}

interface Build {
  image: Image;
  stages: Map<string, Image>;
  args: Record<string, string>;
  options: BuildOptions;
}

async function carryOut({ name, rest }: Instruction, build: Build): Promise<void> {
  const { image, args, options } = build;
  const within = (path: string): string => join(image.root, path);
  switch (name) {
    case 'ENV': {
      const [key = '', value = ''] = rest.split(/=(.*)/s);
      image.env[key] = value
        .split(':')
        .map((part) =>
          part.startsWith('/') ? within(part) : part.replace(/^\$(\w+)$/, (_, of) => image.env[of] ?? ''),
        )
        .join(':');
      return;
    }
    case 'WORKDIR':
      image.workingDirectory = within(rest);
      await mkdir(image.workingDirectory, { recursive: true });
      return;
    case 'COPY':
      return copy(rest, build);
    case 'RUN':
      await exec('/bin/sh', ['-c', rest], {
        cwd: image.workingDirectory,
        env: { ...options.host, ...args, ...image.env },
        maxBuffer: 16 * 1024 * 1024,
      });
      return;
    case 'USER': {
      const [uid, gid] = rest.split(':').map(Number);
      if (!Number.isInteger(uid) || !Number.isInteger(gid)) throw new Error(`USER must be numbers: ${rest}`);
      image.user = { uid: uid ?? 0, gid: gid ?? 0 };
      return;
    }
    case 'VOLUME':
      image.volumes = wordsOf(rest).map(within);
      return;
    case 'STOPSIGNAL':
      image.stopSignal = rest;
      return;
    case 'HEALTHCHECK': {
      const [flags = '', command = ''] = rest.split(' CMD ');
      const given = [...flags.matchAll(/--([\w-]+)=(\S+)/g)].map(([, key = '', value = '']) => [key, value] as const);
      image.health = { command: wordsOf(command), options: Object.fromEntries(given) };
      return;
    }
    case 'ENTRYPOINT':
      image.entrypoint = wordsOf(rest);
      return;
    case 'CMD':
      image.command = wordsOf(rest);
      return;
    default:
      throw new Error(`${name} is not understood`);
  }
}

const wordsOf = (json: string): string[] => JSON.parse(json) as string[];

/** A folder's contents are copied, not the folder; several files, and a target with a slash at its end, go into it. */
async function copy(rest: string, { image, stages, options }: Build): Promise<void> {
  const [, from] = /^--from=(\w+)\s/.exec(rest) ?? [];
  const words = rest.split(/\s+/).filter((word) => !word.startsWith('--'));
  const target = words.at(-1) ?? '';
  const origin = from === undefined ? options.context : stages.get(from)?.root;
  if (origin === undefined) throw new Error(`there is no stage ${from}`);
  const to = posix.isAbsolute(target) ? join(image.root, target) : join(image.workingDirectory, target);
  for (const source of words.slice(0, -1)) {
    const path = join(origin, source);
    const isFolder = (await stat(path)).isDirectory();
    const into = isFolder || !(target.endsWith('/') || words.length > 2) ? to : join(to, basename(source));
    await cp(path, into, { recursive: true, verbatimSymlinks: true });
  }
}
