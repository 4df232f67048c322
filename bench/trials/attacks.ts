import { systemClock } from '../../src/clock.ts';
import { maxReferenceLength } from '../../src/core/tasks/list-numbers.ts';
import { type Body, runningTask } from './platform-words.ts';
import type { Rig } from './rig.ts';

/** Something one person does, or the platform answers, and everybody else must not notice. */
export interface Attack {
  name: string;
  /** Tasks on the platform beside the running one. */
  tasks: number;
  /** What the platform answers the list with while it lasts. */
  body: Body;
  /** Goes on until `over` is aborted; answers how often it was done. */
  act(rig: Rig, over: AbortSignal): Promise<number>;
}

const usualTasks = 20;
/** Within the share of one person: what goes beyond it is refused, and costs nothing. */
const commandEveryMs = 600;
/** An import takes a command and a submission. */
const importEveryMs = 1_100;

const typed: Attack = {
  name: `${maxReferenceLength.toLocaleString('en-US')} typed characters, 3,000 tasks`,
  tasks: 3_000,
  body: 'tasks',
  act: repeating(`/dial start ${filled((index) => `w${index} `, maxReferenceLength)}`),
};

/** One cell of 1 MB, in a list that is otherwise fine. */
const cells: Attack[] = [
  ['quotes', '"'],
  ['dots', '.'],
  ['commas', ','],
  ['blanks', ' '],
].map(([name = '', sign = '']) =>
  list(`a cell of 1 MB of ${name}`, `13800138000,x\n1${sign.repeat(1_000_000)}1,x\n13800138001,x`),
);

const rows = 100_000;
const lists: Attack[] = [
  list(
    '100,000 landlines',
    lines((index) => `0571${88_000_000 + index * 7}`),
  ),
  list(
    '100,000 foreign numbers',
    lines((index) => `+1415${5_000_000 + index * 7}`),
  ),
  list(
    '100,000 names with landlines',
    lines((index) => `name 010-${60_000_000 + index * 7}`),
  ),
];

const bodies: Attack[] = (
  [
    ['a body of 10 MB of ","', 'commas'],
    ['a body of 1 MB of \\"', 'quotes'],
    ['endless pages', 'endless'],
  ] as const
).map(([name, body]) => ({ name, tasks: usualTasks, body, act: repeating('/dial list') }));

const flooding = 300;
const floodEveryMs = 1_500;
const flood: Attack = {
  name: `${flooding} commands at once`,
  tasks: usualTasks,
  body: 'tasks',
  async act({ attacker }, over) {
    let times = 0;
    for (; !over.aborted; times += 1) {
      await Promise.all(Array.from({ length: flooding }, () => attacker.command('/dial list')));
      await systemClock.sleep(floodEveryMs, over).catch(() => undefined);
    }
    return times;
  },
};

/** What the machine itself does to the figures: nobody does anything. */
const nothing: Attack = { name: 'nothing', tasks: usualTasks, body: 'tasks', act: async () => 0 };

export const attacks: readonly Attack[] = [nothing, typed, ...cells, ...lists, ...bodies, flood];

/** The command again and again, whether or not the one before has been answered. */
function repeating(line: string): Attack['act'] {
  return async ({ attacker }, over) => {
    const sent: Promise<unknown>[] = [];
    while (!over.aborted) {
      sent.push(attacker.command(line));
      await systemClock.sleep(commandEveryMs, over).catch(() => undefined);
    }
    await Promise.all(sent);
    return sent.length;
  };
}

/** The list as a file in the import form (Slack cuts what is pasted there short), and again once it has been read. */
function list(name: string, content: string): Attack {
  const file = { name: 'numbers.csv', content };
  return {
    name,
    tasks: usualTasks,
    body: 'tasks',
    async act(rig, over) {
      let times = 0;
      for (; !over.aborted; times += 1) {
        const soonest = systemClock.sleep(importEveryMs, over).catch(() => undefined);
        await importOnce(rig, file, over);
        await soonest;
      }
      return times;
    },
  };
}

async function importOnce({ attacker, slack }: Rig, file: { name: string; content: string }, over: AbortSignal) {
  await attacker.command(`/dial import ${runningTask.name}`);
  const form = await attacker.expectModal('task_import');
  await form.fill({ file }).submit();
  // Looked up, not waited for with the client: that draws everything the person sees after every change.
  const isRead = (): boolean => slack.workspace.stack(attacker.id).at(-1)?.view.callback_id !== undefined;
  while (!over.aborted && !isRead()) await systemClock.sleep(50, over).catch(() => undefined);
  await form.close({ all: true });
}

function lines(line: (index: number) => string): string {
  return Array.from({ length: rows }, (_, index) => line(index)).join('\n');
}

function filled(unit: (index: number) => string, length: number): string {
  let text = '';
  for (let index = 0; text.length < length; index += 1) text += unit(index);
  return text.slice(0, length);
}
