import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { mkdir, rename, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Archive, makePlace, removePlace, unpack } from '../release/archive.ts';
import { processesWith, type Ran, type Running, run, serviceUser, startInstalled } from '../release/program.ts';
import { assertSame } from './same.ts';

const exec = promisify(execFile);

/** A machine with Dialdeck as the documents install it: versions side by side, a link to the current one, a service. */
export interface Machine {
  /** `opt` belongs to root, `var` and `tmp` to the user of the service. */
  place: string;
  /** Checks and unpacks an archive beside what is installed. */
  install(archive: Archive): Promise<void>;
  /** Makes a version the current one, in one step. */
  switchTo(version: string): Promise<void>;
  /** A service that has its own settings and its own folder. */
  service(name: string, settings: Record<string, string>): Promise<Service>;
  remove(): Promise<void>;
}

export interface Service {
  /** What is in its settings file; changes count from the next start on. */
  settings: Record<string, string>;
  dataDir: string;
  /** Runs a command as the service's user; of the current version unless another is named. */
  dialdeck(words: readonly string[], version?: string): Promise<Ran>;
  /** The same, and fails unless it succeeds; answers what it printed. */
  succeeds(words: readonly string[], version?: string): Promise<string>;
  /** Starts the bot, and resolves once it is ready. */
  start(): Promise<void>;
  /** SIGTERM; fails unless the bot ends by itself with status 0 and leaves no process. */
  stop(): Promise<void>;
  /** SIGKILL. */
  crash(): Promise<void>;
  restart(): Promise<void>;
  /** Lines of the log, of all starts. */
  log(): string;
  healthz(): Promise<Record<string, unknown>>;
}

export async function makeMachine(): Promise<Machine> {
  const place = await makePlace('years');
  const owned = async (folder: string, mode: string): Promise<void> => {
    await mkdir(folder, { recursive: true });
    if (serviceUser.uid !== undefined) await exec('chown', [`${serviceUser.uid}:${serviceUser.gid}`, folder]);
    await exec('chmod', [mode, folder]);
  };
  const opt = join(place, 'opt');
  await mkdir(opt);
  await owned(join(place, 'tmp'), '700');
  await mkdir(join(place, 'var'));
  const running = new Set<Running>();

  return {
    place,
    async install(archive) {
      const [{ stdout: sum }] = [await exec('sha256sum', [archive.file])];
      assert.equal(sum.split(' ')[0], archive.checksum);
      const folder = await unpack(archive, place);
      await exec('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], { cwd: folder });
      await exec('chmod', ['-R', 'a-w', folder]);
      await rename(folder, join(opt, archive.version));
    },
    async switchTo(version) {
      await symlink(version, join(opt, 'next'));
      await rename(join(opt, 'next'), join(opt, 'current'));
    },
    async service(name, given) {
      const dataDir = join(place, 'var', name);
      await owned(dataDir, '700');
      return makeService({ place, dataDir, settings: { ...given }, running });
    },
    async remove() {
      for (const { child, ended } of running) {
        child.kill('SIGKILL');
        await ended;
      }
      await removePlace(place);
    },
  };
}

interface ServiceParts {
  place: string;
  dataDir: string;
  settings: Record<string, string>;
  running: Set<Running>;
}

function makeService({ place, dataDir, settings, running }: ServiceParts): Service {
  let bot: Running | null = null;
  let before = '';
  const programOf = (version: string): string => join(place, 'opt', version, 'bin/dialdeck');
  const options = () => ({
    cwd: dataDir,
    env: { PATH: process.env.PATH ?? '', TMPDIR: join(place, 'tmp'), DATA_DIR: dataDir, ...settings },
  });
  const must = (): Running => {
    if (bot === null) throw new Error('the bot does not run');
    return bot;
  };
  const over = (ended: Running): void => {
    before += ended.output();
    running.delete(ended);
    bot = null;
  };
  const portOf = (one: Running): number => Number(one.line('Dialdeck is running')?.port);

  const service: Service = {
    settings,
    dataDir,
    dialdeck: (words, version = 'current') => run(programOf(version), words, options()),
    async succeeds(words, version) {
      const ran = await service.dialdeck(words, version);
      assertSame([words, ran.code, ran.err], [words, 0, '']);
      return ran.out;
    },
    async start() {
      assert.equal(bot, null);
      const started = await startInstalled(programOf('current'), ['start'], options());
      running.add(started);
      bot = started;
      const until = performance.now() + readyWithinMs;
      const url = `http://127.0.0.1:${portOf(started)}/readyz`;
      for (;;) {
        const answer = await fetch(url);
        if (answer.ok) return;
        if (performance.now() > until) throw new Error(`not ready: ${await answer.text()}`);
        await new Promise((next) => setTimeout(next, 50));
      }
    },
    async stop() {
      const stopping = must();
      stopping.child.kill('SIGTERM');
      assert.equal(await stopping.ended, 0);
      over(stopping);
      // Of this service: the folder is its own, and commands have ended.
      assertSame(await processesWith(`DATA_DIR=${settings.DATA_DIR ?? dataDir}`), []);
    },
    async crash() {
      const killed = must();
      killed.child.kill('SIGKILL');
      await killed.ended;
      over(killed);
    },
    async restart() {
      await service.stop();
      await service.start();
    },
    log: () => before + (bot?.output() ?? ''),
    async healthz() {
      const answer = await fetch(`http://127.0.0.1:${portOf(must())}/healthz`);
      return (await answer.json()) as Record<string, unknown>;
    },
  };
  return service;
}

const readyWithinMs = 30_000;
