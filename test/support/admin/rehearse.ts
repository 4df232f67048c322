import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { eventually } from '../eventually.ts';
import { putArchive } from './archive.ts';
import { createMachine, type Edit, type Machine, type MachineOptions } from './machine.ts';
import { type Block, blocksOf, missingLines, readPage } from './pages.ts';

/**
 * Follows a page as its reader does: types each of its commands into one terminal, in order, and compares what it shows
 * with what the page says it does. What is under a heading may need hands: what the reader enters in an editor or is asked
 * for, and what has happened before.
 */
export interface Rehearsal {
  /** What is there before the page begins: an archive in the home folder, or the service installed from it and running. */
  from: 'archive' | 'service';
  machine?: MachineOptions;
  /** By heading. */
  at?: Readonly<Record<string, Stage>>;
  /** Commands that go on in the foreground, by their text, with what they say when they have got there. */
  goesOn?: Readonly<Record<string, RegExp>>;
  /** Blocks that are not typed, by their first line, and why. */
  notRun?: Readonly<Record<string, string>>;
  /** Headings under which nothing is typed where that is missing. */
  needs?: Readonly<Record<string, boolean>>;
}

interface Stage {
  before?(machine: Machine): Promise<void> | void;
  /** One for each editor that is opened, in order; asked for when it is. */
  edits?: readonly ((machine: Machine) => Edit)[];
  /** What is typed when something asks. */
  input?: string;
  /** `shown`: everything that the blocks under the heading showed. */
  after?(machine: Machine, shown: string): Promise<void> | void;
}

const channel = 'outbound-calls';

export function rehearse(page: string, rehearsal: Rehearsal): void {
  const blocks = blocksOf(readPage('en', page));
  const typed = blocks.filter(({ language }) => language === 'sh');

  // Each block may start processes, on a machine that other tests keep busy.
  jest.setTimeout(400_000);

  describe(`every command of ${page}`, () => {
    let machine: Machine;
    let failed = false;
    const shownUnder = new Map<string, string>();
    beforeAll(async () => {
      machine = await createMachine(rehearsal.machine);
      await putArchive(machine.place('/home/admin'));
      if (rehearsal.from === 'service') await installService(machine);
    });
    afterAll(() => machine.close());

    test('what this test says about the page is about what it contains', () => {
      const headings = new Set(typed.map(({ heading }) => heading));
      const named = [...Object.keys(rehearsal.at ?? {}), ...Object.keys(rehearsal.needs ?? {})];
      expect(named.filter((heading) => !headings.has(heading))).toEqual([]);
      const lines = new Set(typed.map(({ text }) => firstLine(text)));
      const told = [...Object.keys(rehearsal.goesOn ?? {}), ...Object.keys(rehearsal.notRun ?? {})];
      expect(told.filter((line) => !lines.has(line))).toEqual([]);
      expect(typed.length).toBeGreaterThan(0);
    });

    for (const [at, block] of blocks.entries()) {
      if (block.language !== 'sh') continue;
      const { heading, text, line } = block;
      const first = firstLine(text);
      const reason = rehearsal.notRun?.[first];
      const isHere = rehearsal.needs?.[heading] ?? true;
      const stage = rehearsal.at?.[heading] ?? {};
      const under = typed.filter((one) => one.heading === heading);
      const title = `line ${line}: ${first}`;
      if (reason !== undefined || !isHere) {
        test.skip(`${title} (${reason ?? 'needs what is missing here'})`, () => undefined);
        continue;
      }
      test(title, async () => {
        if (failed) throw new Error('a command before this one failed');
        failed = true;
        if (block === under[0]) {
          await stage.before?.(machine);
          for (const edit of stage.edits ?? []) machine.willEdit(() => edit(machine));
        }
        const until = rehearsal.goesOn?.[first];
        const { code, shown } = await machine.type(text, {
          ...(stage.input === undefined ? {} : { input: stage.input }),
          ...(until === undefined ? {} : { until }),
        });
        shownUnder.set(heading, (shownUnder.get(heading) ?? '') + shown);
        if (code !== 0) throw new Error(`exit status ${code}:\n${shown}`);
        expect(missingLines(expectedAfter(blocks, at), shown)).toEqual([]);
        if (block === under.at(-1)) await stage.after?.(machine, shownUnder.get(heading) ?? '');
        failed = false;
      });
    }
  });
}

const firstLine = (text: string): string => text.split('\n')[0] ?? '';

/** What the page says the terminal shows: the `text` right after a block. */
function expectedAfter(blocks: readonly Block[], at: number): string {
  const next = blocks[at + 1];
  return next?.language === 'text' ? next.text : '';
}

/** The settings that a reader enters: those of the stand-ins. */
export function neededSettings({ slack, dialer }: Machine): Edit {
  return {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    DIALER_URL: dialer.url,
    DIALER_TOKEN: dialer.token,
  };
}

/** Follows the page on installing up to the running service, and has it watch one task. */
async function installService(machine: Machine): Promise<void> {
  machine.willEdit(() => neededSettings(machine));
  for (const { language, heading, text } of blocksOf(readPage('en', 'install.md'))) {
    if (language !== 'sh' || heading !== 'As a service') continue;
    const { code, shown } = await machine.type(text);
    if (code !== 0)
      throw new Error(`could not be installed (${code}):\n${text}\n${shown}\n${machine.services.output('dialdeck')}`);
  }
  await watchOne(machine);
  await machine.type('cd ~');
}

/** Moves the store of the service to the machine's server, as the page on moving says. */
export async function moveToPostgres(machine: Machine): Promise<void> {
  machine.willEdit(() => ({ DATABASE_URL: machine.database }));
  const { code, shown } = await machine.type(`sudo systemctl stop dialdeck
sudo -u postgres createuser dialdeck
sudo -u postgres createdb --owner=dialdeck dialdeck
sudoedit /etc/dialdeck/dialdeck.env
sudo dialdeck move to-postgres
sudo systemctl start dialdeck`);
  if (code !== 0) throw new Error(shown);
}

/** Watches a task, and waits for its card. */
export async function watchOne({ slack }: Machine, name = 'Clinic'): Promise<void> {
  const alice = slack.as('alice').in(channel);
  await alice.command(`/dial watch ${name}`);
  await alice.expectCard(channel, name);
}

/** Which of the tasks that these tests watch are watched in the channel, by the first words of their names. */
export async function watches({ slack, ready }: Machine): Promise<string[]> {
  await ready();
  const alice = slack.as('alice').in(channel);
  const answers = () => alice.snapshot().channels.flatMap(({ messages }) => messages.filter((one) => one.ephemeral));
  const before = new Set(answers().map(({ ts }) => ts));
  await alice.command('/dial watch list');
  const answer = await eventually(() => answers().find(({ ts }) => !before.has(ts)));
  const text = JSON.stringify(answer);
  return ['Clinic', 'Spring'].filter((name) => text.includes(name));
}
