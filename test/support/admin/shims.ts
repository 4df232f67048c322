import { existsSync } from 'node:fs';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import type { Answer, ServiceManager } from './service-manager.ts';

/** Commands that need root, systemd, an engine or an editor: what they are given is checked here, and noted. */

export interface ShimParts {
  services: ServiceManager;
  users: Set<string>;
  place(path: string): string;
  edit(file: string): Promise<Answer>;
  docker(words: readonly string[], folder: string): Promise<Answer>;
}

type Shim = (words: string[], folder: string) => Promise<Answer>;

const done: Answer = { code: 0, out: '', err: '' };
const refused = (err: string): Answer => ({ code: 1, out: '', err: `${err}\n` });

function shims({ services, users, place, edit, docker }: ShimParts): Record<string, Shim> {
  const editor: Shim = async ([file = ''], folder) => edit(file.startsWith('/') ? file : join(folder, file));
  return {
    systemctl: (words) => services.control(words),
    journalctl: async (words) => services.journal(words),
    docker,
    nano: editor,
    sudoedit: editor,
    async useradd(words) {
      const name = words.at(-1) ?? '';
      const flags = words.slice(0, -1).join(' ');
      if (users.has(name)) return refused(`useradd: user '${name}' already exists`);
      if (!/^--system --no-create-home --shell \/usr\/sbin\/nologin$/.test(flags))
        return refused(`useradd: not understood: ${flags}`);
      users.add(name);
      return done;
    },
    async userdel([name = '', ...rest]) {
      const isGone = rest.length === 0 && users.delete(name);
      return isGone ? done : refused(`userdel: user '${name}' does not exist`);
    },
    async chown(words) {
      const [owner = '', ...paths] = words.filter((word) => !word.startsWith('-'));
      if (!owner.split(':').every((name) => users.has(name))) return refused(`chown: invalid user: '${owner}'`);
      const missing = paths.find((path) => !existsSync(path));
      return missing === undefined && paths.length > 0 ? done : refused(`chown: cannot access '${missing}'`);
    },
    /** No more than that the file is the one that is shipped, and that its blocks are closed. */
    async nginx(words) {
      if (!['-t', '-s reload'].includes(words.join(' '))) return refused(`nginx: not understood: ${words.join(' ')}`);
      const given = await readFile(place('/etc/nginx/conf.d/dialdeck.conf'), 'utf8').catch(() => '');
      const isWhole = given.includes('location = /slack/events') && count(given, '{') === count(given, '}');
      return isWhole ? done : refused('nginx: configuration file test failed');
    },
  };
}

const count = (text: string, sign: string): number => text.split(sign).length - 1;

/** Puts the commands into a folder. Each asks this process what to do, and does it. */
export async function startShims(folder: string, parts: ShimParts): Promise<{ close(): Promise<void> }> {
  const answers = shims(parts);
  async function answer(name: string, words: string[], at: string): Promise<unknown> {
    try {
      if (name === 'systemd-run') return await parts.services.transient(words);
      return (await answers[name]?.(words, at)) ?? refused(`${name}: not on this machine`);
    } catch (error) {
      return refused(String(error));
    }
  }
  const server = createServer((request, response) => {
    void textOf(request).then(async (body) => {
      const { name, words, folder: at } = JSON.parse(body) as { name: string; words: string[]; folder: string };
      response.end(JSON.stringify(await answer(name, words, at)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  for (const name of [...Object.keys(answers), 'systemd-run'])
    await executable(join(folder, name), asking(name, `http://127.0.0.1:${address.port}`));
  await executable(join(folder, 'sudo'), sudo);
  return {
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function executable(file: string, text: string): Promise<void> {
  await writeFile(file, text);
  await chmod(file, 0o755);
}

const asking = (name: string, url: string): string => `#!${process.execPath}
const asked = { name: '${name}', words: process.argv.slice(2), folder: process.cwd() };
fetch('${url}', { method: 'POST', body: JSON.stringify(asked) })
  .then((response) => response.json())
  .then(async ({ code, out, err, program, words, folder, environment }) => {
    if (program !== undefined) {
      const { spawnSync } = await import('node:child_process');
      const { status, error } = spawnSync(program, words, { cwd: folder, env: environment, stdio: 'inherit' });
      if (error !== undefined) console.error(error.message);
      process.exitCode = status ?? 1;
      return;
    }
    process.stderr.write(err);
    process.stdout.write(out);
    process.exitCode = code;
  });
`;

/** Runs the command as the same user, with the few variables that sudo keeps. */
const sudo = `#!/bin/bash
user=root
while [[ "\${1:-}" == -* ]]; do
  case "$1" in
    -u) user="$2"; shift 2 ;;
    *) echo "sudo: $1 is not known here" >&2; exit 1 ;;
  esac
done
keep=(PATH="$PATH" HOME="$HOME" LANG="$LANG" TERM="$TERM" EDITOR="$EDITOR")
if [ "$user" = postgres ]; then keep+=(PGHOST="$PGHOST" PGPORT="$PGPORT" PGUSER=postgres PGDATABASE=postgres); fi
exec env -i "\${keep[@]}" "$@"
`;
