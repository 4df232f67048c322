import { afterEach, expect, test } from '@jest/globals';
import { startWorld, taskNamed, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const patience = { timeoutMs: 10_000 };

/** The lines of acts so far. */
const acts = () => world.logLines.map((line) => JSON.parse(line)).filter(({ message }) => message === 'act');

test('whatever a person does leaves one line with who, what, which task, where and what became of it', async () => {
  world = await startWorld({ config: { dialer: { timeoutMs: 1_000 } } });
  const { alice, dialer } = world;
  const clinic = taskNamed(dialer, 'Clinic appointment check');
  const line = { person: 'U0ALICE001', channel: 'C0CALLS001', task: clinic.uuid, ms: expect.any(Number) };

  await alice.command('/dial watch Clinic');
  await alice.expectEphemeral('is now watched');
  await alice.command('/dial pause Clinic');
  await alice.expectEphemeral('is paused', patience);
  await alice.command('/dial edit Clinic');
  await (await alice.expectModal('task_edit', patience)).fill({ remark: 'new remark' }).submit();
  await (await alice.expectModal('task_edit_save', patience)).submit();
  await (await alice.expectModal('Task saved', patience)).close({ all: true });
  await alice.command('/dial import Clinic');
  await (await alice.expectModal('task_import', patience)).fill({ numbers: '13800138000' }).submit();
  await (await alice.expectModal('task_import_send', patience)).submit();
  await (await alice.expectModal('Import result', patience)).close({ all: true });
  await alice.command('/dial unwatch Clinic');
  await alice.expectEphemeral('no longer watched', patience);
  await alice.command('/dial delete Clinic');
  await (await alice.expectModal('task_delete', patience)).fill({ confirm_name: clinic.name }).submit();
  await alice.expectModal('Task deleted', patience);

  expect(acts()).toMatchObject([
    { act: 'watch', ...line, outcome: 'done' },
    { act: 'pause', ...line, outcome: 'done' },
    { act: 'save', ...line, outcome: 'done' },
    { act: 'import', ...line, outcome: 'done', ready: 1 },
    { act: 'unwatch', ...line, outcome: 'done' },
    { act: 'delete', ...line, outcome: 'done' },
  ]);
  expect(JSON.stringify(acts())).not.toMatch(/Clinic|13800138000|138\*/);
});
