import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Program } from './program.ts';
import type { Given, Run, Terminal } from './terminal.ts';

interface Command {
  name: string;
  /** Options and words as they are shown. */
  usage?: string;
  summary: string;
  options?: NonNullable<ParseArgsConfig['options']>;
  maxWords?: number;
  load(): Promise<Run>;
}

/** The first one is run when none is named. A command loads what it needs: `health` starts in a moment. */
const commands: readonly Command[] = [
  {
    name: 'start',
    usage: '[--adopt]',
    summary: 'runs the bot; --adopt takes over the store of another workspace, app, platform or account',
    options: { adopt: { type: 'boolean' } },
    load: async () => (await import('./start.ts')).start,
  },
  {
    name: 'doctor',
    summary: 'checks settings, tokens, the platform, the store and the port; changes nothing',
    load: async () => (await import('./doctor.ts')).doctor,
  },
  {
    name: 'manifest',
    usage: '[--http https://…] [--out FILE]',
    summary: 'prints the manifest of the Slack app, and a link that fills it in',
    options: { http: { type: 'string' }, out: { type: 'string' } },
    load: async () => (await import('./manifest.ts')).manifest,
  },
  {
    name: 'migrate',
    summary: 'creates the store or brings it to this version, as a start does',
    load: async () => (await import('./migrate.ts')).migrateStore,
  },
  {
    name: 'backup',
    usage: '[--to FOLDER] [--keep N]',
    summary: 'writes a dated, checked copy of the store while the bot runs, and keeps the newest N (14)',
    options: { to: { type: 'string' }, keep: { type: 'string' } },
    load: async () => (await import('./backup.ts')).backup,
  },
  {
    name: 'restore',
    usage: 'FILE',
    summary: 'puts a copy in the place of the store and keeps the former one; the bot must be stopped',
    maxWords: 1,
    load: async () => (await import('./restore.ts')).restore,
  },
  {
    name: 'settle',
    summary: 'prepares a store that was put back by other means: open imports wait for their people',
    load: async () => (await import('./restore.ts')).settle,
  },
  {
    name: 'move',
    usage: 'to-postgres | to-sqlite',
    summary: 'copies the store from DATA_DIR to DATABASE_URL, or back, and compares the counts',
    maxWords: 1,
    load: async () => (await import('./move.ts')).move,
  },
  {
    name: 'health',
    usage: '[--ready]',
    summary: 'asks the bot on this machine whether it responds, or is ready; exit status 0 if so',
    options: { ready: { type: 'boolean' } },
    load: async () => (await import('./health.ts')).health,
  },
  {
    name: 'version',
    summary: 'prints the version, and the commit it was built from',
    load: async () => async (_given, terminal) => {
      const { version, commit } = terminal.program.release;
      const built = commit === null ? '' : `commit ${commit}, `;
      terminal.say(`dialdeck ${version} (${built}Node.js ${process.version})`);
      return 0;
    },
  },
  {
    name: 'help',
    summary: 'prints this',
    load: async () => async (_given, terminal) => {
      terminal.say(helpOf(terminal.program));
      return 0;
    },
  },
];

/** Runs what the command line names. A command line that is not understood is explained, with the exit status 2. */
export async function runCommand(words: readonly string[], terminal: Terminal): Promise<number | null> {
  const { program } = terminal;
  const [first = ''] = words;
  const named = first !== '' && !first.startsWith('-');
  const asked = first === '--help' || first === '-h' ? 'help' : first === '--version' ? 'version' : null;
  const name = asked ?? (named ? first : commands[0]?.name);
  const command = commands.find((one) => one.name === name);
  if (command === undefined) {
    terminal.complain(`There is no command ${JSON.stringify(first)}.\n\n${helpOf(program)}`);
    return 2;
  }
  const rest = asked !== null ? [] : named ? words.slice(1) : [...words];
  let given: Given;
  try {
    const { values, positionals } = parseArgs({
      args: [...rest],
      options: command.options ?? {},
      allowPositionals: (command.maxWords ?? 0) > 0,
    });
    if (positionals.length > (command.maxWords ?? 0)) throw new Error('too many words');
    given = { flags: values as Given['flags'], words: positionals };
  } catch {
    terminal.complain(`Usage: ${[program.call, command.name, command.usage].filter(Boolean).join(' ')}`);
    return 2;
  }
  return (await command.load())(given, terminal);
}

function helpOf(program: Program): string {
  const shown = commands.map(({ name, usage, summary }) => ({
    left: [name, usage].filter(Boolean).join(' '),
    summary,
  }));
  const width = Math.max(...shown.map(({ left }) => left.length));
  const lines = shown.map(({ left, summary }) => `  ${left.padEnd(width)}  ${summary}`);
  const demo = program.demo === null ? [] : ['', `To try Dialdeck without an account: ${program.demo}`];
  return [`Dialdeck ${program.release.version}`, '', `${program.call} <command>`, '', ...lines, ...demo].join('\n');
}
