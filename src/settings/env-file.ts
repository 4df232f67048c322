import { closeSync, openSync, readSync } from 'node:fs';
import util from 'node:util';
import { fileTroubleWords } from '../file-trouble.ts';
import { fileSettings, unquoted } from './environment.ts';
import type { Caution } from './exposure.ts';
import { fileVariable, settingNames } from './settings.ts';

/** Where settings are read from beside the environment, in the working directory. */
export const envFile = '.env';

/** What Node reads as it starts, and never again. */
const readByNode = ['NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS', 'NODE_USE_ENV_PROXY', 'NODE_USE_SYSTEM_CA'] as const;

const ourNames: ReadonlySet<string> = new Set([...settingNames, ...fileSettings.map(fileVariable)]);

/** No file of settings is longer; what is longer is another kind of file. */
const maxBytes = 1024 * 1024;

/**
 * Loads `.env` from the working directory, if there is one; variables that are already set keep their values.
 * @param environment that of this process, into which they go
 * @returns what to point out about the file: why it cannot be read, and lines without the effect they look to have
 */
export function loadEnvFile(environment: Record<string, string | undefined>): Caution[] {
  let bytes: Buffer;
  try {
    bytes = headOf(envFile);
  } catch (thrown) {
    return isMissing(thrown) ? [] : [notRead(fileTroubleWords(thrown), 'Make it a file that this user may read.')];
  }
  if (bytes.length > maxBytes) return [notRead('it is far too long for settings', 'Keep nothing but settings in it.')];
  if (isUtf16(bytes)) return [notRead('it is not written in UTF-8', 'Save it anew, in UTF-8.')];
  if (typeof util.parseEnv !== 'function') {
    return [notRead('that needs Node 20.12', 'Put the settings into the environment instead.')];
  }
  // A byte order mark, which Node would take for a part of the first name, is removed with the decoding.
  const text = new TextDecoder().decode(bytes);
  const { values, misread } = readVariables(text);
  const overruled = [...values].filter(([name, value]) => unquoted(environment[name] ?? value) !== unquoted(value));
  const tooLate = readByNode.filter((name) => environment[name] === undefined && values.has(name));
  for (const [name, value] of values) environment[name] ??= value;
  return [
    ...misread.map(noVariable),
    ...repeatedIn(text).map(givenTwice),
    ...overruled.filter(([name]) => ourNames.has(name)).map(([name]) => givenElsewhere(name)),
    ...tooLate.map(givenTooLate),
  ];
}

/**
 * The variables of a file in Node's way. A line without = is taken by Node 20 and 22 for a part of the next name, which
 * would then be missing, and is ignored by later ones: it is left out, and `misread` holds what it seems to set.
 */
function readVariables(text: string): { values: Map<string, string>; misread: (string | null)[] } {
  const values = new Map<string, string>();
  for (const [read, value] of Object.entries(util.parseEnv(text)))
    values.set((read.split('\n').at(-1) ?? '').trim(), value ?? '');
  const misread = withoutValue(text).map((line) => /^\s*(?:export\s+)?(\w{1,60})/.exec(line)?.[1] ?? null);
  return { values, misread };
}

/** The lines that give nothing a value, but for comments and what quotation marks hold over several lines. */
function withoutValue(text: string): string[] {
  const found: string[] = [];
  for (let from = 0; from < text.length; ) {
    const end = endOfLine(text, from);
    const line = text.slice(from, end);
    from = end + 1;
    if (/^\s*(?:#|$)/.test(line)) continue;
    const [, quote] = /=[ \t]*(["'`])/.exec(line) ?? [];
    if (!line.includes('=')) found.push(line);
    else if (quote !== undefined && line.split(quote).length === 2) {
      const closing = text.indexOf(quote, from);
      if (closing !== -1) from = endOfLine(text, closing) + 1;
    }
  }
  return found;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

/** Names of ours to which more than one line gives a value. */
function repeatedIn(text: string): string[] {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const [, name = ''] of text.matchAll(/^[ \t]*(?:export[ \t]+)?(\w+)[ \t]*=/gm)) {
    if (seen.has(name) && ourNames.has(name)) repeated.add(name);
    seen.add(name);
  }
  return [...repeated];
}

const notRead = (why: string, fix: string): Caution => ({
  what: `File ${envFile}`,
  seen: `is not read: ${why}`,
  fix,
});

/** What follows its first word may be a secret. */
const noVariable = (name: string | null): Caution => ({
  what: `File ${envFile}`,
  seen: `has a line without =, which is ignored${name !== null && ourNames.has(name) ? `: it begins with ${name}` : ''}`,
  fix: 'Write NAME=value, or begin the line with # if it is a comment.',
});

const givenTwice = (name: string): Caution => ({
  what: `Setting ${name}`,
  seen: `is given more than once in ${envFile}, and the last one counts`,
  fix: 'Remove the others.',
});

const givenElsewhere = (name: string): Caution => ({
  what: `Setting ${name}`,
  seen: `is set in the environment of the process, and differently in ${envFile}, which has no effect`,
  fix: 'Remove it from one of them.',
});

const givenTooLate = (name: string): Caution => ({
  what: `Setting ${name}`,
  seen: `has no effect in ${envFile}: Node reads it before`,
  fix: 'Set it in the environment of the process (in systemd by Environment=, in a container by its environment).',
});

/** Windows writes it as "Unicode". Text in UTF-8 holds no null bytes. */
function isUtf16(bytes: Buffer): boolean {
  const mark = bytes.subarray(0, 2).toString('hex');
  return mark === 'fffe' || mark === 'feff' || bytes.includes(0);
}

/** One byte more than may be, at most. Also of a pipe, which password managers put in the place of a file. */
function headOf(path: string): Buffer {
  const descriptor = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(maxBytes + 1);
    let length = 0;
    for (let count = -1; count !== 0 && length < buffer.length; length += count)
      count = readSync(descriptor, buffer, length, buffer.length - length, null);
    return buffer.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}

function isMissing(thrown: unknown): boolean {
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : null;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
