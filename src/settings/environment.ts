import { open, stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { cleaned, oneLine } from '../core/text/printable.ts';
import { withoutTrailing } from '../core/text/trailing.ts';
import { fileTroubleWords } from '../file-trouble.ts';
import { fileVariable, type SettingFault, type SettingName, secrecyOf, settingNames, settings } from './settings.ts';

/** Variables of the environment, by their names. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The settings that were given: variables, with secrets that were read from files among them. */
export interface GivenSettings {
  environment: Environment;
  /** What is wrong with those files. */
  faults: readonly SettingFault[];
}

/**
 * The value of a setting as it was meant; undefined where it is unset or blank. A shell and Node take the quotation marks
 * around a value away, Docker's `--env-file` leaves them. The names of proxies are written in lower case as well, and
 * then win, as with curl.
 */
export function valueIn(environment: Environment, name: SettingName): string | undefined {
  const value = (name.endsWith('_PROXY') && environment[name.toLowerCase()]) || environment[name];
  return value === undefined ? undefined : unquoted(value);
}

/** Without the quotation marks around the whole of it; undefined when nothing is left. */
export function unquoted(value: string): string | undefined {
  const text = value.trim();
  const quoted = text.length > 1 && /^["'`]/.test(text) && text.endsWith(text.charAt(0));
  const meant = quoted ? text.slice(1, -1) : value;
  return meant.trim() === '' ? undefined : meant;
}

/** The settings that may come from a file: those that are secret. */
export const fileSettings = settingNames.filter((name) => secrecyOf(name) !== null);

/**
 * The environment, in which each secret that is given as `NAME_FILE` (secrets of Docker, credentials of systemd) has the
 * contents of that file, without the line ends after it. A file that cannot be used is a fault that names it.
 */
export async function withSecretFiles(environment: Environment): Promise<GivenSettings> {
  const read: Record<string, string | undefined> = { ...environment };
  const faults: SettingFault[] = [];
  for (const name of fileSettings) {
    const path = fileOf(environment, name);
    if (path === undefined) continue;
    const both = valueIn(environment, name) !== undefined;
    const found = both
      ? { problem: `is set, and so is ${fileVariable(name)}: set one of them` }
      : await contentOf(path, name);
    if ('problem' in found) {
      delete read[name];
      faults.push({ name, problem: found.problem, help: settings[name].help });
    } else read[name] = found.content;
  }
  return { environment: read, faults };
}

/** The file from which a secret is to be read; undefined where none is named. */
export function fileOf(environment: Environment, name: SettingName): string | undefined {
  return unquoted(environment[fileVariable(name)] ?? '')?.trim();
}

/** No secret is longer. */
const maxBytes = 64 * 1024;

async function contentOf(path: string, name: SettingName): Promise<{ content: string } | { problem: string }> {
  const file = shownPath(path);
  const failed = (why: string) => ({
    problem: `cannot be read from ${file}, which ${fileVariable(name)} names: ${why}`,
  });
  try {
    const status = await stat(path);
    if (!status.isFile()) return failed('that is not a file');
    if (status.size > maxBytes) return failed(`it has more than ${maxBytes} bytes`);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await headOf(path));
    const content = withoutTrailing(text, '\r\n');
    if (content.trim() === '') return failed('it is empty');
    if (content !== cleaned(content) || content.includes('\n')) return failed('it holds more than one line of text');
    return { content };
  } catch (thrown) {
    return failed(fileTroubleWords(thrown));
  }
}

async function headOf(path: string): Promise<Buffer> {
  const handle = await open(path);
  try {
    const buffer = Buffer.alloc(maxBytes);
    const { bytesRead } = await handle.read(buffer, 0, maxBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** A secret that was given in place of a path must not be shown. */
function shownPath(path: string): string {
  return isAbsolute(path) || path.startsWith('.') ? oneLine(cleaned(path)) : 'the file';
}
