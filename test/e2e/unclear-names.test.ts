import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { allBlocks, elementsOf } from '../../sandbox/slack/block-tree.ts';
import { commandNames } from '../../src/slack/command-words.ts';
import { eventually } from '../support/eventually.ts';
import { create } from '../support/sandbox/dialer-call.ts';
import { channel, startWorld, taskNamed, type World } from '../support/world.ts';

/**
 * A name that fits several tasks leads to a choice. Whatever else was typed with it goes with the choice: every command
 * that names a task is tried with all that it takes besides.
 */
const patience = { timeoutMs: 60_000 };
const clinic = 'Clinic appointment check';
const [first, second] = ['Wave north', 'Wave south'];

let world: World;
beforeAll(async () => {
  world = await startWorld({
    dialer: { speed: 0 },
    config: { access: { allowGuests: false, share: { interactions: 10_000, windowMs: 1_000 } } },
  });
  // The first poll may have read the list before there were these tasks.
  await world.app.pollNow();
  for (const name of [first, second]) await create(world.dialer, { name });
  for (const name of [first, clinic]) world.dialer.rival(taskNamed(world.dialer, name).uuid, { start: true });
  await world.app.pollNow();
});
afterAll(() => world.close());

const isOn = (name: string): boolean => taskNamed(world.dialer, name).started;

/** Types the words, and chooses the first of the tasks that are offered: in a message, or in the modal that a command opens in time where the list takes longer. */
async function choose(words: string): Promise<void> {
  const { alice, slack } = world;
  const { ts: before } = await alice.say('now');
  await alice.command(`/dial ${words}`);
  const isPicker = ({ ts, blocks }: { ts: string; blocks: unknown }): boolean =>
    Number(ts) > Number(before) && isChoice(blocks);
  const isAbove = (): boolean => isChoice(slack.snapshot('alice').views.at(-1)?.view.blocks);
  const isBelow = (): boolean =>
    slack.snapshot('alice').channels.some(({ messages }) => messages.some((one) => one.ephemeral && isPicker(one)));
  await eventually(() => isAbove() || isBelow(), patience.timeoutMs);
  const picker = isAbove() ? await alice.expectModal() : await alice.expectEphemeral(isPicker);
  const shown = 'view' in picker ? picker.view().blocks : picker.message().blocks;
  const { uuid } = taskNamed(world.dialer, first);
  const chosen = allBlocks(shown)
    .flatMap(elementsOf)
    .find(({ value }) => String(value).includes(uuid));
  await picker.press(String(chosen?.action_id));
}

const isChoice = (blocks: unknown): boolean => JSON.stringify(blocks ?? []).includes('pick:1');

interface Tried {
  words: string;
  /** Shows that nothing of them was lost. */
  shows(): Promise<unknown>;
}

const tried: Partial<Record<(typeof commandNames)[number], Tried>> = {
  new: {
    words: 'new Autumn --from Wave',
    shows: async () => {
      const form = await world.alice.expectModal('task_create', patience);
      expect(form.value('name')).toBe('Autumn');
      await form.close({ all: true });
    },
  },
  show: { words: 'show Wave', shows: () => world.alice.expectEphemeral(first, patience) },
  edit: { words: 'edit Wave', shows: () => formOf('task_edit') },
  pause: {
    words: `pause "${clinic}" Wave`,
    shows: () => eventually(() => !isOn(first) && !isOn(clinic), patience.timeoutMs),
  },
  start: {
    words: `start "${clinic}" Wave`,
    // Both are asked about together.
    shows: () => world.alice.expectEphemeral(new RegExp(`${clinic}.*${first}|${first}.*${clinic}`, 's'), patience),
  },
  resume: {
    words: `resume "${clinic}" Wave`,
    shows: () => world.alice.expectEphemeral(new RegExp(`${clinic}.*${first}|${first}.*${clinic}`, 's'), patience),
  },
  delete: { words: 'delete Wave', shows: () => formOf('task_delete') },
  import: { words: 'import Wave', shows: () => formOf('task_import') },
  imports: { words: 'imports Wave', shows: () => world.alice.expectEphemeral(/import/i, patience) },
  watch: {
    words: 'watch Wave to #general',
    shows: () => world.alice.expectCard('general', first, patience),
  },
  schedule: { words: 'schedule Wave', shows: () => formOf('schedule') },
  report: {
    words: 'report yesterday Wave',
    shows: () => world.alice.expectEphemeral(({ blocks }) => isOfYesterday(JSON.stringify(blocks)), patience),
  },
  history: { words: 'history Wave', shows: () => world.alice.expectEphemeral(/History.*Wave north/s, patience) },
};

/** A report offers the other periods. */
const isOfYesterday = (blocks: string): boolean =>
  blocks.includes(first) && blocks.includes('report:today') && !blocks.includes('report:yesterday');

async function formOf(callbackId: string): Promise<void> {
  const form = await world.alice.expectModal(callbackId, patience);
  expect(form.text() + JSON.stringify(form.value('name') ?? '')).toContain(first);
  await form.close({ all: true });
}

/** They name no task, or one of those that a channel watches. */
const others: readonly string[] = ['unwatch', 'list', 'panic', 'dnc', 'mute', 'quiet', 'lines', 'digest', 'help'];

test('every command is tried', () => {
  expect([...Object.keys(tried), ...others].sort()).toEqual([...commandNames].sort());
});

test.each(Object.entries(tried))(
  'the choice of a task for %s loses nothing that was typed',
  async (_, { words, shows }) => {
    await choose(words);
    await shows();
  },
  180_000,
);

test('nor does the choice of quiet hours', async () => {
  const { alice } = world;
  await alice.command('/dial quiet 时间 21:00-08:30');
  const which = await alice.expectEphemeral(({ blocks }) => JSON.stringify(blocks).includes('quiet_hours:1'), patience);
  await which.press('quiet_hours:0');
  const form = await alice.expectModal('quiet_hours_save', patience);
  expect(form.value('hours')).toContain('21:00-08:30');
  await form.close({ all: true });
});

test('a number without a list shows the list, whose numbers count from then on', async () => {
  const bob = world.slack.as('bob').in(channel);
  await bob.command('/dial show 1');
  const list = await bob.expectEphemeral(/have not opened a list yet.*1/, patience);
  expect(list.text()).toContain(first);
  await bob.command('/dial start 999999');
  await bob.expectEphemeral(/no task/i, patience);
  await bob.command('/dial show 1');
  await bob.expectEphemeral(({ blocks }) => JSON.stringify(blocks).includes('card_post'), patience);
});
