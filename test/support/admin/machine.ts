import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { createDialerSandbox, type DialerSandbox } from '../../../sandbox/dialer/server.ts';
import { appFromManifest } from '../../../sandbox/slack/seed.ts';
import { createSlackSandbox, type SlackSandbox } from '../../../sandbox/slack/server.ts';
import { manifestOf } from '../../../src/slack/manifest.ts';
import { longestMs } from '../eventually.ts';
import { startOwnPostgres } from '../store/own-postgres.ts';
import { createContainers } from './containers.ts';
import { type Answer, createServiceManager, type ServiceManager } from './service-manager.ts';
import { startShims } from './shims.ts';
import { variablesIn } from './unit-file.ts';

/**
 * A folder that stands for a machine of an administrator, and a terminal on it. What is typed runs in bash, for real; only
 * absolute paths lead into the folder, the documented ports are free ones, Slack is the stand-in, and what would need
 * root or systemd is answered by this process (`shims.ts`).
 */
export interface Machine {
  slack: SlackSandbox;
  dialer: DialerSandbox;
  services: ServiceManager;
  /** Address of a database on this machine's own server; null without one. */
  database: string | null;
  /** Where an absolute path of the machine really is. */
  place(path: string): string;
  /** The port that stands for a documented one. */
  port(documented: number): number;
  /** What the person types into the next file that they open in an editor. */
  willEdit(change: () => Edit): void;
  /** Types a block of commands; resolves when they have ended, or said what is waited for. */
  type(commands: string, how?: { input?: string; until?: RegExp }): Promise<Typed>;
  /** Everything that was shown so far. */
  shown(): string;
  /** A setting of the service. */
  setting(name: string): string;
  /** Resolves when the bot at the first port is ready. */
  ready(): Promise<void>;
  /** Ends what goes on in the foreground, and the container. */
  end(): Promise<void>;
  /** Ends what still runs, and removes everything. Rejects when something goes on after SIGTERM. */
  close(): Promise<void>;
}

/** Settings to write into the file, null to remove one. What the test itself needs (ports, the stand-in) is added. */
export type Edit = Readonly<Record<string, string | null>>;

interface Typed {
  code: number;
  /** Both streams, as a terminal shows them. */
  shown: string;
}

export interface MachineOptions {
  slack?: Parameters<typeof createSlackSandbox>[0];
  /** With a PostgreSQL server. */
  postgres?: boolean;
}

/** The ports that the pages name. */
const documentedPorts = [3000, 3001, 3002];
/** The top folders of absolute paths that lead into the machine's own. */
const machineFolders = 'opt|etc|var|srv|run|usr/local';
const folders = ['etc/systemd/system', 'etc/nginx/conf.d', 'usr/local/bin', 'var/lib', 'var/backups', 'home/admin'];
const endWithinMs = 15_000;

export async function createMachine(options: MachineOptions = {}): Promise<Machine> {
  const root = await mkdtemp('/tmp/dialdeck-machine-');
  await chmod(root, 0o755);
  for (const folder of [...folders, 'shims', 'opt', 'run', 'srv']) await mkdir(join(root, folder), { recursive: true });
  const slack = await createSlackSandbox({
    waitMs: longestMs,
    ...options.slack,
    seed: { app: appFromManifest(manifestOf({ command: '/dial', publicUrl: null })), ...options.slack?.seed },
  });
  const dialer = await createDialerSandbox();
  const postgres = options.postgres === true ? await startOwnPostgres() : null;
  const ports = await freePorts(documentedPorts.length);
  const port = (documented: number): number => ports[documentedPorts.indexOf(documented)] ?? 0;

  const place = (path: string): string => (path.startsWith('/') && !path.startsWith(root) ? join(root, path) : path);
  const inMachine = new RegExp(`(?<![\\w.~}$/])/(?=(?:${machineFolders})(?![\\w-]))|(?<=--directory=)/(?=\\s)`, 'g');
  const rewritten = (text: string): string =>
    documentedPorts.reduce(
      (changed, documented) =>
        changed.replaceAll(new RegExp(`(?<=:|PORT=)${documented}\\b`, 'g'), String(port(documented))),
      text
        .replaceAll(inMachine, `${root}/`)
        .replaceAll('https://slack.com/api/', slack.apiUrl)
        // Other tests keep this machine busier than one that runs a bot.
        .replaceAll('--retry 60 ', '--retry 240 '),
    );

  const path = [join(root, 'shims'), join(root, 'usr/local/bin'), dirname(process.execPath), process.env.PATH].join(
    ':',
  );
  const users = new Set<string>();
  const services = createServiceManager({ place, rewritten, hasUser: (name) => users.has(name), path });

  const edits: (() => Edit)[] = [];
  async function edit(file: string): Promise<Answer> {
    const change = edits.shift()?.();
    // Nothing to change in it here.
    if (change !== undefined && Object.keys(change).length === 0) return { code: 0, out: '', err: '' };
    if (change === undefined) return { code: 1, out: '', err: 'nobody knows what to type into this file\n' };
    const before = rewritten(await readFile(file, 'utf8').catch(() => ''));
    const own = { SLACK_API_URL: slack.apiUrl, ...(/^PORT=/m.test(before) ? {} : { PORT: String(port(3000)) }) };
    await writeFile(file, withSettings(before, { ...own, ...change }));
    return { code: 0, out: '', err: '' };
  }

  let containerLog = '';
  const foreground = new Set<Running>();
  let container: Running | null = null;
  const program = join(root, 'opt/dialdeck/current/bin/dialdeck');
  const docker = createContainers({
    place,
    log: () => containerLog,
    run: (words, environment) =>
      new Promise((resolve) => {
        const child = spawn(program, words, { cwd: place('/srv'), env: { PATH: path, ...environment } });
        const answer = { code: 1, out: '', err: '' };
        child.stdout.on('data', (part) => (answer.out += String(part)));
        child.stderr.on('data', (part) => (answer.err += String(part)));
        child.once('close', (code) => resolve({ ...answer, code: code ?? 1 }));
      }),
    async start(environment) {
      await stopContainer();
      const child = spawn(program, ['start'], {
        cwd: place('/srv'),
        env: { PATH: path, ...environment },
        detached: true,
      });
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (containerLog += String(part)));
      container = { child, ended: endOf(child) };
      foreground.add(container);
      for (let tries = 0; tries < 300 && !containerLog.includes('Dialdeck is running'); tries += 1)
        await new Promise((next) => setTimeout(next, 100));
      const code = containerLog.includes('Dialdeck is running') ? 0 : 1;
      return { code, out: '', err: code === 0 ? '' : containerLog };
    },
    stop: stopContainer,
  });
  async function stopContainer(): Promise<Answer> {
    if (container !== null) await end(container);
    container = null;
    containerLog = '';
    return { code: 0, out: '', err: '' };
  }

  async function end(running: Running): Promise<void> {
    foreground.delete(running);
    const { child, ended } = running;
    if (child.pid === undefined || child.exitCode !== null) return;
    const group = -child.pid;
    process.kill(group, 'SIGTERM');
    let wasLate = false;
    const late = setTimeout(() => {
      wasLate = true;
      process.kill(group, 'SIGKILL');
    }, endWithinMs);
    await ended;
    clearTimeout(late);
    if (wasLate) throw new Error('what ran in the foreground went on after SIGTERM');
  }

  const commands = await startShims(join(root, 'shims'), { services, users, place, edit, docker });

  /** A script that was installed has the paths of the machine. */
  async function rewritePrograms(): Promise<void> {
    const folder = join(root, 'usr/local/bin');
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(folder, entry.name);
      await writeFile(file, rewritten(await readFile(file, 'utf8')));
    }
  }

  const state = join(root, 'home/terminal');
  await writeFile(state, `cd ${join(root, 'home/admin')}\n`);
  const environment = {
    PATH: path,
    HOME: join(root, 'home/admin'),
    LANG: 'C.UTF-8',
    TERM: 'dumb',
    EDITOR: 'nano',
    ...(postgres === null ? {} : { PGHOST: '127.0.0.1', PGPORT: new URL(postgres.url).port }),
  };
  let everShown = '';

  function type(typed: string, { input, until }: { input?: string; until?: RegExp } = {}): Promise<Typed> {
    const script = [
      `. ${state} 2>/dev/null`,
      // What the next block of the same terminal finds: the folder and the variables.
      `trap '{ declare -p; echo "cd $(printf %q "$PWD")"; } > ${state}' EXIT`,
      'set -euo pipefail',
      rewritten(typed),
    ].join('\n');
    const child = spawn('bash', ['-c', script], {
      cwd: root,
      env: environment,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      // Without a terminal of its own, what asks for a password reads it from here.
      detached: true,
    });
    child.stdin?.end(input);
    let shown = '';
    const running = { child, ended: endOf(child) };
    return new Promise((resolve) => {
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (part) => {
          shown += String(part);
          everShown += String(part);
          if (until?.test(shown) !== true) return;
          foreground.add(running);
          resolve({ code: 0, shown });
        });
      void running.ended.then(async (code) => {
        await rewritePrograms();
        resolve({ code: code ?? 1, shown });
      });
    });
  }

  return {
    slack,
    dialer,
    services,
    database:
      postgres === null ? null : `postgres://dialdeck:password@127.0.0.1:${new URL(postgres.url).port}/dialdeck`,
    place,
    port,
    willEdit: (change) => void edits.push(change),
    type,
    shown: () => everShown,
    setting(name) {
      const text = readFileSync(place('/etc/dialdeck/dialdeck.env'), 'utf8');
      return variablesIn(text)[name] ?? '';
    },
    async ready() {
      const url = 'http://127.0.0.1:3000/readyz';
      const { code, shown } = await type(`curl -s --fail --retry 240 --retry-delay 1 --retry-all-errors ${url}`);
      if (code !== 0) throw new Error(`the bot does not get ready:\n${shown}\n${services.output('dialdeck')}`);
    },
    async end() {
      for (const running of foreground) await end(running);
    },
    async close() {
      try {
        for (const running of foreground) await end(running);
        if (edits.length > 0) throw new Error(`${edits.length} edits were never made`);
      } finally {
        await services.close();
        await commands.close();
        await slack.close();
        await dialer.close();
        await postgres?.stop();
        await rm(root, { recursive: true, force: true });
      }
    },
  };
}

interface Running {
  child: ChildProcess;
  /** The exit status; null when a signal ended it. */
  ended: Promise<number | null>;
}

const endOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once('close', (code) => resolve(code)));

/** Replaces `NAME=…`, also where it is commented out, or appends it. */
function withSettings(text: string, change: Edit): string {
  return Object.entries(change).reduce((changed, [name, value]) => {
    const line = value === null ? `#${name}=` : `${name}=${value}`;
    const present = new RegExp(`^#?${name}=.*$`, 'm');
    return present.test(changed) ? changed.replace(present, () => line) : `${changed.replace(/\n?$/, '\n')}${line}\n`;
  }, text);
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
