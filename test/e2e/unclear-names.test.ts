import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Posted } from '../../sandbox/slack/client/posted.ts';
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
  for (const name of [first, second]) await create(world.dialer, { name });
  for (const name of [first, clinic]) world.dialer.rival(taskNamed(world.dialer, name).uuid, { start: true });
  await world.app.pollNow();
});
afterAll(() => world.close());

const isOn = (name: string): boolean => taskNamed(world.dialer, name).started;

/** Types the words, and chooses the first of the tasks that are offered. */
async function choose(words: string): Promise<Posted> {
  const { alice } = world;
  const { ts: before } = await alice.say('now');
  await alice.command(`/dial ${words}`);
  const isPicker = ({ ts, blocks }: { ts: string; blocks: unknown }): boolean =>
    Number(ts) > Number(before) && JSON.stringify(blocks).includes('pick:1');
  const picker = await alice.expectEphemeral(isPicker, patience);
  const shown = picker.buttons().filter(({ actionId }) => actionId.startsWith('pick:'));
  const place = shown.findIndex(({ value }) => String(value).includes(taskNamed(world.dialer, first).uuid));
  await picker.press(`pick:${place}`);
  return picker;
}

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
