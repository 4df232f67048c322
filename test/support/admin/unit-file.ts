import { existsSync, readFileSync } from 'node:fs';

/** One unit file of systemd (systemd.syntax, systemd.unit): `Section` → its settings in their order. */
export interface UnitFile {
  path: string;
  /** What follows `@` in its name; '' for a unit that is no instance. */
  instance: string;
  /** Every value of a setting, in order; an empty one forgets those before it. */
  values(section: string, key: string): string[];
  /** The last of them. */
  value(section: string, key: string): string | undefined;
}

/** Reads `name` (`dialdeck.service`, `dialdeck@acme.service`) from a folder; null when there is none. */
export function readUnit(folder: string, name: string): UnitFile | null {
  const [, base = '', instance = '', type = ''] = /^([^@]+)(?:@(.*))?\.(service|timer|socket|target)$/.exec(name) ?? [];
  const path = `${folder}/${base}${name.includes('@') ? '@' : ''}.${type}`;
  if (base === '' || !existsSync(path)) return null;
  const settings = settingsOf(readFileSync(path, 'utf8'));
  const values = (section: string, key: string): string[] => {
    const given = settings.filter((one) => one.section === section && one.key === key).map(({ value }) => value);
    return given.slice(given.lastIndexOf('') + 1).map((value) => specified(value, { name, base, instance }));
  };
  return { path, instance, values, value: (section, key) => values(section, key).at(-1) };
}

interface Setting {
  section: string;
  key: string;
  value: string;
}

function settingsOf(text: string): Setting[] {
  const settings: Setting[] = [];
  let section = '';
  for (const line of text.replaceAll(/\\\n\s*/g, ' ').split('\n')) {
    const [, title] = /^\[(.+)\]$/.exec(line.trim()) ?? [];
    if (title !== undefined) section = title;
    else if (line.trim() !== '' && !/^\s*[#;]/.test(line)) {
      const [, key, value = ''] = /^([A-Za-z]+)\s*=\s*(.*)$/.exec(line.trim()) ?? [];
      if (key === undefined) throw new Error(`this is no setting of a unit: ${line}`);
      settings.push({ section, key, value });
    }
  }
  return settings;
}

/** Specifiers that a system's unit may use (systemd.unit, Specifiers). */
function specified(value: string, { name, base, instance }: { name: string; base: string; instance: string }): string {
  const meanings: Record<string, string> = {
    i: instance,
    I: instance,
    j: base,
    n: name,
    N: name.replace(/\.\w+$/, ''),
    p: base,
    E: '/etc',
    S: '/var/lib',
    t: '/run',
    L: '/var/log',
    d: `/run/credentials/${name}`,
    '%': '%',
  };
  return value.replaceAll(/%(.)/g, (all, letter: string) => {
    const meaning = meanings[letter];
    if (meaning === undefined) throw new Error(`the specifier ${all} is not known here`);
    return meaning;
  });
}

/** A file of variables as systemd reads it (systemd.exec, EnvironmentFile). */
export function variablesIn(text: string): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const line of text.split('\n')) {
    if (line.trim() === '' || /^\s*[#;]/.test(line)) continue;
    const [, name, value = ''] = /^\s*([A-Za-z_]\w*)=(.*)$/.exec(line) ?? [];
    if (name === undefined) continue;
    variables[name] = unquoted(value);
  }
  return variables;
}

/** Words of a command line or of `Environment=`. */
export function wordsOf(text: string): string[] {
  return [...text.matchAll(/"((?:\\.|[^"\\])*)"|'([^']*)'|((?:[^\s"'\\]|\\.|"(?:\\.|[^"\\])*"|'[^']*')+)/g)].map(
    ([, double, single, bare]) => double?.replaceAll(/\\(.)/g, '$1') ?? single ?? (bare ?? '').replaceAll(/["']/g, ''),
  );
}

function unquoted(value: string): string {
  const trimmed = value.trim();
  const [, double] = /^"((?:\\.|[^"\\])*)"$/.exec(trimmed) ?? [];
  if (double !== undefined) return double.replaceAll(/\\(["\\$`])/g, '$1');
  const [, single] = /^'([^']*)'$/.exec(trimmed) ?? [];
  return single ?? trimmed;
}
