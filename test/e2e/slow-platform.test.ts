import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { PersonClient } from '../../sandbox/slack/client.ts';
import { channel, startWorld, taskNamed, type World } from '../support/world.ts';

/** Slack gives three seconds from the click. */
const deadlineMs = 3_000;

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const within = async (act: () => Promise<unknown>): Promise<number> => {
  const from = Date.now();
  await act();
  return Date.now() - from;
};

/** How long each of these commands took to show a modal, one after the other, ms. */
async function untilModal(person: PersonClient, commands: string[]): Promise<number[]> {
  const times: number[] = [];
  for (const command of commands) {
    times.push(
      await within(async () => {
        await person.command(`/dial ${command}`);
        await person.expectModal(undefined, { timeoutMs: deadlineMs });
      }),
    );
    await (await person.expectModal()).close({ all: true });
  }
  return times;
}

/** The same, for commands that answer by a private message. */
async function untilAnswer(person: PersonClient, commands: string[]): Promise<number[]> {
  const answers = () => person.snapshot().channels.flatMap(({ messages }) => messages.filter((one) => one.ephemeral));
  const times: number[] = [];
  for (const command of commands) {
    const before = answers().length;
    times.push(
      await within(async () => {
        await person.command(`/dial ${command}`.trim());
        await person.expectEphemeral(() => answers().length > before, { timeoutMs: deadlineMs });
      }),
    );
  }
  return times;
}

test('with every route later than Slack waits, each command shows something within three seconds', async () => {
  const { alice, limei, slack, dialer } = world;
  // Later than everything below: no command finds what an earlier one has read.
  dialer.faults.add({ kind: 'delay', route: '*', ms: 6_000 });
  const took = await Promise.all([
    untilModal(alice, ['new', 'edit Clinic', 'delete Clinic', 'import Clinic']),
    untilAnswer(limei, ['start Clinic', 'pause Clinic', 'list']),
    untilAnswer(slack.as('bob').in(channel), ['', 'show Clinic', 'watch Clinic', 'help']),
  ]);
  expect(took.flat()).toHaveLength(11);
  for (const ms of took.flat()) expect(ms).toBeLessThan(deadlineMs);
  // Whatever the pause made of the start: neither went out twice.
  const { uuid } = taskNamed(dialer, 'Clinic appointment check');
  for (const route of ['start', 'stop']) {
    const sent = dialer.requests.filter((request) => request.route === route && request.taskId === uuid);
    expect(sent.length).toBeLessThan(2);
  }
  dialer.faults.clear();
});

test('a form opened from a loading view is filled when the platform answers, and creates one task', async () => {
  const { alice, dialer } = world;
  const late = dialer.faults.add({ kind: 'delay', route: '*', ms: 3_200 });
  await alice.command('/dial new Patience');
  const form = await alice.expectModal('task_create', { timeoutMs: 15_000 });
  dialer.faults.clear(late);
  dialer.faults.add({ kind: 'delay', route: 'create', ms: 3_200 });
  await form
    .fill({ script: 'Renewal reminder v3', line: 'Beijing Outbound A', quiet_hours: '午休时间', redial_rule: '默认' })
    .submit();
  await alice.expectModal('Task created', { timeoutMs: 60_000 });
  expect(dialer.effects('create')).toBe(1);
  expect(dialer.requests.filter((request) => request.route === 'create')).toHaveLength(1);
});
