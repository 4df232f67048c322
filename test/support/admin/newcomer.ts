import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmod, copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { createDialerSandbox } from '../../../sandbox/dialer/server.ts';
import { appFromManifest } from '../../../sandbox/slack/seed.ts';
import { createSlackSandbox } from '../../../sandbox/slack/server.ts';
import { manifestOf } from '../../../src/slack/manifest.ts';
import { longestMs } from '../eventually.ts';
import { blocksOf, missingLines, readPage } from './pages.ts';

/**
 * Someone who has never seen Dialdeck follows the page on installing, on an account that was just made for it: from the
 * archive to the first card. The account has no privileges, an empty home, and nothing in its environment.
 */

const run = promisify(execFile);

export interface Step {
  what: string;
  /** How long the machine took, ms. */
  ms: number;
  /** How long a person takes besides: reading, clicking and typing, ms. Assumed, see `personMs`. */
  personMs: number;
}

/** The part of the page that ends with the first card. */
const headings = ['Unpack', 'Create the Slack app', 'Enter the settings', 'Check, and start'];

/** A person reads 200 words a minute, takes 10 s to copy a block, 2 minutes for Slack's pages and 1 for four values. */
const personMs = { word: 300, block: 10_000, slackPages: 120_000, values: 60_000 };

/** Throws where the page leads nowhere. `archive` is the file, with its checksum beside it. */
export async function followAsNewcomer(archive: string, onStep: (step: Step) => void): Promise<void> {
  const slack = await createSlackSandbox({
    waitMs: longestMs,
    seed: { app: appFromManifest(manifestOf({ command: '/dial', publicUrl: null })) },
  });
  const dialer = await createDialerSandbox();
  const account = await makeAccount();
  const values = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    DIALER_URL: dialer.url,
    DIALER_TOKEN: dialer.token,
    NUMBERS_KEY: 'sixteencharactersormore',
    // Only because there are stand-ins, and perhaps another bot on this machine.
    SLACK_API_URL: slack.apiUrl,
    PORT: '0',
  };
  let bot: Terminal | null = null;
  try {
    for (const suffix of ['', '.sha256']) {
      const file = join(account.home, basename(archive) + suffix);
      await copyFile(archive + suffix, file);
      await chmod(file, 0o644);
    }
    await writeEditor(account.tools, values);
    const page = readPage('en', 'install.md');
    const blocks = blocksOf(page);
    let folder = account.home;
    for (const heading of headings) {
      const reading = wordsUnder(page, heading) * personMs.word;
      onStep({ what: `reads “${heading}”`, ms: 0, personMs: reading });
      if (heading === 'Enter the settings') onStep({ what: 'enters the values', ms: 0, personMs: personMs.values });
      for (const [at, { text, language, heading: under }] of blocks.entries()) {
        if (language !== 'sh' || under !== heading) continue;
        const began = performance.now();
        const isStart = text.endsWith(' start');
        const typed = await account.type(text, folder, isStart ? /Dialdeck is running/ : null);
        const next = blocks[at + 1];
        const missing = next?.language === 'text' ? missingLines(next.text, typed.shown) : [];
        if (typed.code !== 0 || missing.length > 0) throw new Error(`${text}\n${typed.shown}\nmissing: ${missing}`);
        if (isStart) bot = typed;
        folder = typed.folder;
        onStep({ what: `$ ${text.replaceAll('\n', '; ')}`, ms: performance.now() - began, personMs: personMs.block });
      }
      if (heading === 'Create the Slack app')
        onStep({ what: 'goes through Slack’s pages', ms: 0, personMs: personMs.slackPages });
    }
    const began = performance.now();
    const person = slack.as('alice').in('outbound-calls');
    await person.command('/dial watch Clinic');
    await person.expectCard('outbound-calls', 'Clinic');
    onStep({ what: '/dial watch Clinic: the first card', ms: performance.now() - began, personMs: personMs.block });
  } finally {
    if (bot !== null) await bot.end();
    await account.remove();
    await slack.close();
    await dialer.close();
  }
}

function wordsUnder(page: string, heading: string): number {
  const [, part = ''] = page.split(`\n## ${heading}\n`);
  return (part.split('\n## ')[0] ?? '').split(/\s+/).length;
}

interface Terminal {
  code: number;
  shown: string;
  /** The folder that it is in afterwards. */
  folder: string;
  end(): Promise<void>;
}

interface Account {
  home: string;
  /** A folder of programs: the editor. */
  tools: string;
  type(commands: string, folder: string, until: RegExp | null): Promise<Terminal>;
  remove(): Promise<void>;
}

/** As root, a user that is made for this and removed again; otherwise the same user, with an empty home. */
async function makeAccount(): Promise<Account> {
  const place = await mkdtemp('/tmp/dialdeck-newcomer-');
  const [home, tools] = [join(place, 'home'), join(place, 'tools')];
  await chmod(place, 0o755);
  await run('mkdir', [home, tools]);
  const isRoot = process.getuid?.() === 0;
  const name = `newcomer${process.pid}`;
  if (isRoot) {
    await run('useradd', ['--home-dir', home, '--shell', '/bin/bash', '--user-group', name]);
    await run('chown', [`${name}:${name}`, home]);
  }
  const ids = isRoot
    ? { uid: Number((await run('id', ['-u', name])).stdout), gid: Number((await run('id', ['-g', name])).stdout) }
    : {};
  const path = [tools, dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(':');
  return {
    home,
    tools,
    type(commands, folder, until) {
      const script = `cd ${JSON.stringify(folder)}\nset -euo pipefail\n${commands}\necho "in $PWD"`;
      const child = spawn('bash', ['-c', script], {
        cwd: home,
        ...ids,
        env: { PATH: path, HOME: home, USER: name, LANG: 'C.UTF-8', TERM: 'dumb' },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      });
      return new Promise((resolve) => {
        let shown = '';
        const ended = new Promise<number>((close) => child.once('close', (code) => close(code ?? 1)));
        const result = (code: number): Terminal => ({
          code,
          shown: shown.replace(/\nin [^\n]*\n$/, '\n'),
          folder: /(?:^|\n)in ([^\n]*)\n$/.exec(shown)?.[1] ?? folder,
          end: () => endGroup(child, ended),
        });
        for (const stream of [child.stdout, child.stderr])
          stream.on('data', (part) => {
            shown += String(part);
            if (until?.test(shown)) resolve(result(0));
          });
        void ended.then((code) => resolve(result(code)));
      });
    },
    async remove() {
      if (isRoot) await run('userdel', [name]);
      await rm(place, { recursive: true, force: true });
    },
  };
}

async function endGroup(child: ChildProcess, ended: Promise<number>): Promise<void> {
  if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
  await ended;
}

/** `nano FILE`, which enters the values into their lines. */
async function writeEditor(folder: string, values: Record<string, string>): Promise<void> {
  const file = join(folder, 'nano');
  await writeFile(
    file,
    `#!/bin/bash
set -eu
${Object.entries(values)
  .map(([name, value]) => `sed -i 's|^${name}=.*|${name}=${value}|' "$1"`)
  .join('\n')}
`,
  );
  await chmod(file, 0o755);
}
