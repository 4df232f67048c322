import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startWorld, taskNamed, type World } from '../support/world.ts';

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

test('with every route ten seconds late, each command shows something within three', async () => {
  const { alice, dialer } = world;
  dialer.faults.add({ kind: 'delay', route: '*', ms: 10_000 });
  for (const command of ['new', 'edit Clinic', 'delete Clinic', 'import Clinic']) {
    const took = await within(async () => {
      await alice.command(`/dial ${command}`);
      await alice.expectModal(undefined, { timeoutMs: deadlineMs });
    });
    expect(took).toBeLessThan(deadlineMs);
    for (const open of alice.snapshot().views) await (await alice.expectModal()).close({ all: open !== undefined });
  }
  for (const command of ['', 'list', 'show Clinic', 'start Clinic', 'pause Clinic', 'watch Clinic', 'help']) {
    const before = alice.snapshot().channels.flatMap((seen) => seen.messages).length;
    const took = await within(async () => {
      await alice.command(`/dial ${command}`.trim());
      await alice.expectEphemeral(() => alice.snapshot().channels.flatMap((seen) => seen.messages).length > before, {
        timeoutMs: deadlineMs,
      });
    });
    expect(took).toBeLessThan(deadlineMs);
  }
  // Whatever the pause made of the start: neither went out twice.
  const { uuid } = taskNamed(dialer, 'Clinic appointment check');
  for (const route of ['start', 'stop']) {
    const sent = dialer.requests.filter((request) => request.route === route && request.taskId === uuid);
    expect(sent.length).toBeLessThan(2);
  }
}, 120_000);

test('a form opened from a loading view is filled when the platform answers, and creates one task', async () => {
  const { alice, dialer } = world;
  dialer.faults.add({ kind: 'delay', route: '*', ms: 3_200 });
  await alice.command('/dial new Patience');
  const form = await alice.expectModal('task_create', { timeoutMs: 15_000 });
  await form
    .fill({ script: 'Renewal reminder v3', line: 'Beijing Outbound A', quiet_hours: '午休时间', redial_rule: '默认' })
    .submit();
  await alice.expectModal('Task created', { timeoutMs: 60_000 });
  expect(dialer.effects('create')).toBe(1);
  expect(dialer.requests.filter((request) => request.route === 'create')).toHaveLength(1);
}, 120_000);
