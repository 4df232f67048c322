import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import type { Answer } from './service-manager.ts';
import { variablesIn } from './unit-file.ts';

/**
 * What `docker compose` does with the shipped compose file where no engine is: it checks what it is given against that file
 * and its settings. What the service `bot` runs really runs, in a process instead of a container, and with SQLite.
 */

export interface ContainerParts {
  place(path: string): string;
  /** Runs the program; resolves with what it said when it has ended. */
  run(words: readonly string[], environment: Record<string, string>): Promise<Answer>;
  /** Starts the bot, and resolves when it responds. */
  start(environment: Record<string, string>): Promise<Answer>;
  stop(): Promise<Answer>;
  log(): string;
}

const said = (out: string): Answer => ({ code: 0, out: out === '' ? '' : `${out}\n`, err: '' });
const refused = (err: string): Answer => ({ code: 1, out: '', err: `${err}\n` });

export function createContainers({ place, run, start, stop, log }: ContainerParts) {
  let isBuilt = false;

  async function compose(words: readonly string[], folder: string): Promise<Answer> {
    const file = `${folder}/compose.yaml`;
    if (!existsSync(file)) return refused('no configuration file provided: not found');
    const text = await readFile(file, 'utf8');
    const services = [...text.slice(0, text.indexOf('\nvolumes:')).matchAll(/^ {2}([a-z]+):$/gm)].map(
      ([, name]) => name,
    );
    const variables = variablesIn(await readFile(`${folder}/.env`, 'utf8').catch(() => ''));
    const unset = [...text.matchAll(/\$\{(\w+):\?/g)].find(([, name = '']) => !variables[name]);
    if (unset !== undefined) return refused(`required variable ${unset[1]} is missing a value`);
    const volume = place('/srv/volume');
    await mkdir(volume, { recursive: true, mode: 0o700 });
    const environment = { ...variables, DATABASE_URL: '', DATA_DIR: volume, NODE_ENV: 'production' };
    const has = (service: string | undefined): boolean => services.includes(service);

    const [verb, ...rest] = words;
    const given = rest.join(' ');
    switch (verb) {
      case 'build':
        if (rest.length > 0 || !existsSync(`${folder}/Containerfile`))
          return refused(`build: not understood: ${given}`);
        isBuilt = true;
        return said('');
      case 'run': {
        const [remove, service, ...command] = rest;
        if (remove !== '--rm' || !has(service) || !isBuilt) return refused(`run: not understood: ${given}`);
        return run(command, environment);
      }
      case 'up':
        if (given !== '--detach --wait' || !isBuilt) return refused(`up: not understood: ${given}`);
        return start(environment);
      case 'stop':
        return has(rest[0]) ? stop() : refused(`stop: not understood: ${given}`);
      case 'exec': {
        const [service, program, ...command] = rest;
        if (!has(service) || program !== 'dialdeck') return refused(`exec: not understood: ${given}`);
        return run(command, environment);
      }
      case 'logs':
        return has(rest[0]) ? said(log().trimEnd()) : refused(`logs: not understood: ${given}`);
      case 'down':
        if (!/^(--volumes|--rmi all| )*$/.test(given)) return refused(`down: not understood: ${given}`);
        return stop();
      default:
        return refused(`docker compose ${verb}: not known here`);
    }
  }

  return async ([first, ...words]: readonly string[], folder: string): Promise<Answer> =>
    first === 'compose' ? compose(words, folder) : refused(`docker ${first}: not known here`);
}
