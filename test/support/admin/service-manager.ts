import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, copyFile, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readUnit, type UnitFile, variablesIn, wordsOf } from './unit-file.ts';

/**
 * What systemd does with units that Dialdeck ships, without being root: it reads the unit files for real, and what they
 * start runs. The sandbox of a service (ProtectSystem and the like) is not part of it.
 */
export interface ServiceManager {
  /** `systemctl <words>` */
  control(words: readonly string[]): Promise<Answer>;
  /** `systemd-run <words>`: how the command would be run, or why it is refused. */
  transient(words: readonly string[]): Promise<Transient | Answer>;
  /** `journalctl <words>` */
  journal(words: readonly string[]): Answer;
  /** Everything that units have written. */
  output(unit: string): string;
  /** The process of a unit; null while it does not run. */
  pid(unit: string): number | null;
  close(): Promise<void>;
}

export interface Answer {
  code: number;
  out: string;
  err: string;
}

/** A command to run in the terminal. */
interface Transient {
  program: string;
  words: string[];
  folder: string;
  environment: Record<string, string>;
}

interface Machinery {
  /** Where a path of the machine really is. */
  place(path: string): string;
  /** A text in which such paths occur, with the real ones. */
  rewritten(text: string): string;
  /** Whether there is a user of that name. */
  hasUser(name: string): boolean;
  path: string;
}

/** What a service is run with, from its unit or from a command line. */
interface Settings {
  value(key: string): string | undefined;
  values(key: string): string[];
}

const serviceOf = (unit: UnitFile): Settings => ({
  value: (key) => unit.value('Service', key),
  values: (key) => unit.values('Service', key),
});

interface Running {
  child: ChildProcess;
  ended: Promise<number | null>;
}

const stopWithinMs = 15_000;
const said = (out: string): Answer => ({ code: 0, out: out === '' ? '' : `${out}\n`, err: '' });
const refused = (err: string, code = 1): Answer => ({ code, out: '', err: `${err}\n` });

export function createServiceManager(machine: Machinery): ServiceManager {
  const units = machine.place('/etc/systemd/system');
  const running = new Map<string, Running>();
  const enabled = new Set<string>();
  const outputs = new Map<string, string>();
  const fullName = (name: string): string => (/\.(service|timer)$/.test(name) ? name : `${name}.service`);

  async function environmentOf({ value, values }: Settings, name: string): Promise<Record<string, string>> {
    const environment: Record<string, string> = { PATH: machine.path, LANG: 'C.UTF-8' };
    for (const folder of (value('StateDirectory') ?? '').split(' ').filter(Boolean)) {
      const path = machine.place(`/var/lib/${folder}`);
      await mkdir(path, { recursive: true });
      await chmod(path, Number.parseInt(value('StateDirectoryMode') ?? '0755', 8));
    }
    for (const credential of values('LoadCredential')) {
      const [id = '', from = ''] = credential.split(':');
      const folder = machine.place(`/run/credentials/${name}`);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await copyFile(machine.place(from), `${folder}/${id}`);
      environment.CREDENTIALS_DIRECTORY = folder;
    }
    for (const line of values('Environment'))
      for (const word of wordsOf(line))
        environment[word.slice(0, word.indexOf('='))] = word.slice(word.indexOf('=') + 1);
    for (const file of values('EnvironmentFile')) {
      const text = await readFile(machine.place(file.replace(/^-/, '')), 'utf8').catch((error) => {
        if (file.startsWith('-')) return '';
        throw error;
      });
      Object.assign(environment, variablesIn(text));
    }
    return Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, machine.rewritten(value)]));
  }

  async function start(name: string): Promise<Answer> {
    if (running.has(name)) return said('');
    const unit = readUnit(units, name);
    if (unit === null) return refused(`Failed to start ${name}: Unit ${name} not found.`, 5);
    if (name.endsWith('.timer')) {
      const target = unit.value('Timer', 'Unit') ?? name.replace(/\.timer$/, '.service');
      if (readUnit(units, target) === null) return refused(`Failed to start ${name}: Unit ${target} not found.`, 5);
      return said('');
    }
    const user = unit.value('Service', 'User');
    if (user !== undefined && unit.value('Service', 'DynamicUser') !== 'yes' && !machine.hasUser(user))
      return refused(`Job for ${name} failed: there is no user ${user} (status=217/USER).`);
    let environment: Record<string, string>;
    try {
      environment = await environmentOf(serviceOf(unit), name);
    } catch (error) {
      return refused(`Job for ${name} failed because of unavailable resources: ${String(error)}`);
    }
    const [program = '', ...words] = wordsOf((unit.value('Service', 'ExecStart') ?? '').replace(/^[-@:+!|]*/, ''));
    const folder = unit.value('Service', 'WorkingDirectory') ?? '/';
    const child = spawn(
      program.endsWith('/node') ? process.execPath : machine.place(program),
      words.map(machine.rewritten),
      {
        cwd: machine.place(folder.replace(/^-/, '')),
        env: environment,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part) => outputs.set(name, (outputs.get(name) ?? '') + String(part)));
    const ended = new Promise<number | null>((resolve) => {
      child.once('error', (error) => {
        outputs.set(name, `${outputs.get(name) ?? ''}${error.message}\n`);
        resolve(203);
      });
      child.once('close', (code) => resolve(code));
    });
    if (unit.value('Service', 'Type') === 'oneshot') {
      const code = await ended;
      return code === 0 ? said('') : refused(`Job for ${name} failed (status=${code}).`);
    }
    running.set(name, { child, ended });
    void ended.then(() => running.delete(name));
    return said('');
  }

  async function stop(name: string): Promise<Answer> {
    const process = running.get(name);
    if (process === undefined) return said('');
    process.child.kill('SIGTERM');
    const ended = await Promise.race([process.ended, sleep(stopWithinMs, 'late' as const, { ref: false })]);
    // 0, or null for one that the signal ended before it had begun to handle it: systemd counts both as a clean end.
    if (ended === 0 || ended === null) return said('');
    process.child.kill('SIGKILL');
    await process.ended;
    return refused(`${name}: stopped with ${ended}`);
  }

  async function reload(name: string): Promise<Answer> {
    const process = running.get(name);
    if (process === undefined) return refused(`Job for ${name} failed: it does not run.`);
    process.child.kill('SIGHUP');
    return said('');
  }

  async function transient(words: readonly string[]): Promise<Transient | Answer> {
    const given: [key: string, value: string][] = [];
    const at = words.findIndex((word) => !word.startsWith('--'));
    for (const word of words.slice(0, at)) {
      const [, flag = '', value = ''] = /^--([a-z]+)(?:=(.*))?$/.exec(word) ?? [];
      if (flag === 'property') given.push([value.slice(0, value.indexOf('=')), value.slice(value.indexOf('=') + 1)]);
      else if (flag === 'setenv') given.push(['Environment', value]);
      else if (flag === 'uid' && !machine.hasUser(value)) return refused(`Failed to start: there is no user ${value}`);
      else if (!['quiet', 'pipe', 'wait', 'collect', 'uid', 'gid'].includes(flag))
        return refused(`systemd-run: unrecognized option '${word}'`);
    }
    const values = (key: string): string[] => given.filter(([name]) => name === key).map(([, value]) => value);
    const settings: Settings = { values, value: (key) => values(key).at(-1) };
    const { PATH = '', ...environment } = await environmentOf(settings, 'transient.service');
    return {
      program: words[at] ?? '',
      words: words.slice(at + 1),
      folder: settings.value('WorkingDirectory') ?? '/',
      environment: { ...environment, PATH: `${PATH}:${dirname(process.execPath)}` },
    };
  }

  const known = (name: string): boolean => readUnit(units, name) !== null;

  async function each(names: readonly string[], act: (name: string) => Promise<Answer> | Answer): Promise<Answer> {
    const answers: Answer[] = [];
    for (const name of names) answers.push(await act(fullName(name)));
    return (
      answers.find(({ code }) => code !== 0) ??
      said(
        answers
          .map(({ out }) => out.trimEnd())
          .filter(Boolean)
          .join('\n'),
      )
    );
  }

  const verbs: Record<string, (names: readonly string[], flags: readonly string[]) => Promise<Answer>> = {
    'daemon-reload': async () => said(''),
    start: (names) => each(names, start),
    stop: (names) => each(names, stop),
    reload: (names) => each(names, reload),
    restart: (names) =>
      each(names, async (name) => {
        const stopped = await stop(name);
        return stopped.code === 0 ? start(name) : stopped;
      }),
    enable: (names, flags) =>
      each(names, async (name) => {
        if (!known(name)) return refused(`Failed to enable unit: Unit file ${name} does not exist.`);
        enabled.add(name);
        return flags.includes('--now') ? start(name) : said('');
      }),
    disable: (names, flags) =>
      each(names, async (name) => {
        if (!known(name)) return refused(`Failed to disable unit: Unit file ${name} does not exist.`);
        enabled.delete(name);
        return flags.includes('--now') ? stop(name) : said('');
      }),
    'is-active': (names) =>
      each(names, (name) => (running.has(name) ? said('active') : { code: 3, out: 'inactive\n', err: '' })),
    'is-enabled': (names) =>
      each(names, (name) => (enabled.has(name) ? said('enabled') : { code: 1, out: 'disabled\n', err: '' })),
  };

  return {
    async control(words) {
      const flags = words.filter((word) => word.startsWith('-'));
      const [verb = '', ...names] = words.filter((word) => !word.startsWith('-'));
      const unknown = flags.find((flag) => !['--now', '--quiet', '--no-pager'].includes(flag));
      if (unknown !== undefined) return refused(`systemctl: unrecognized option '${unknown}'`);
      return verbs[verb]?.(names, flags) ?? refused(`Unknown command verb ${verb}.`);
    },
    transient,
    journal(words) {
      const units = words.flatMap((word, at) => (words[at - 1] === '-u' ? [fullName(word)] : []));
      const rest = words.filter((word, at) => word !== '-u' && words[at - 1] !== '-u');
      const understood = /^(-o cat|--no-pager|-n \d+|--since \S+|-b|\s)*$/.test(rest.join(' '));
      if (!understood || units.length === 0) return refused(`journalctl: not understood: ${words.join(' ')}`);
      return said(units.map((name) => (outputs.get(name) ?? '').trimEnd()).join('\n'));
    },
    output: (unit) => outputs.get(fullName(unit)) ?? '',
    pid: (unit) => running.get(fullName(unit))?.child.pid ?? null,
    async close() {
      for (const { child, ended } of running.values()) {
        child.kill('SIGKILL');
        await ended;
      }
      await rm(machine.place('/run'), { recursive: true, force: true });
    },
  };
}
