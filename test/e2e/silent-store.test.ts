import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import Libsql from 'libsql';
import type { PersonClient } from '../../sandbox/slack/client.ts';
import { eventually } from '../support/eventually.ts';
import { engines, makeDatabase, type TestDatabase } from '../support/store/databases.ts';
import { reportSkipped } from '../support/store/report-skipped.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { channel, startWorld, taskNamed, type World } from '../support/world.ts';

reportSkipped();

const spring = 'Spring renewal reminder';
const clinic = 'Clinic appointment check';
const patience = { timeoutMs: 30_000 };

let world: World;
let lock: Libsql.Database | null = null;
let network: TcpProxy | null = null;
let database: TestDatabase | null = null;
afterEach(async () => {
  if (lock?.inTransaction) lock.exec('ROLLBACK');
  lock?.close();
  lock = null;
  network?.thaw();
  await world.close();
  await network?.close();
  network = null;
  await database?.drop();
  database = null;
});

/** A world whose store can be taken away: what does so, and what brings it back. */
interface Outage {
  begin(): Promise<void>;
  down(): Promise<void>;
  up(): void;
}

const sqliteLocked: Outage = {
  async begin() {
    world = await startWorld();
  },
  async down() {
    lock = new Libsql(join(world.config.dataDir, 'dialdeck.db'));
    lock.exec('BEGIN IMMEDIATE');
  },
  up: () => lock?.exec('ROLLBACK'),
};

async function behindNetwork(): Promise<void> {
  database = await makeDatabase('postgres');
  const url = new URL(database.location.databaseUrl ?? '');
  network = await startTcpProxy({ host: url.hostname, port: Number(url.port || 5432) });
  url.host = `127.0.0.1:${network.port}`;
  world = await startWorld({ config: { databaseUrl: url.href } });
}

const postgresFrozen: Outage = { begin: behindNetwork, down: async () => network?.freeze(), up: () => network?.thaw() };
const postgresGone: Outage = { begin: behindNetwork, down: async () => network?.close(), up: () => undefined };

const outages: [string, Outage][] = [
  ['locked by another process', sqliteLocked],
  ...(engines.includes('postgres')
    ? ([
        ['a PostgreSQL that does not answer', postgresFrozen],
        ['a PostgreSQL that is gone', postgresGone],
      ] as [string, Outage][])
    : []),
];

/** What a person does, and how they see that it worked. */
const ways: [string, (alice: PersonClient, taskId: string) => Promise<unknown>][] = [
  ['by name', (alice) => alice.command('/dial pause Spring')],
  ['by id', (alice, taskId) => alice.command(`/dial pause ${taskId}`)],
  ['by a button on its card', async (alice) => (await alice.expectCard(channel, spring)).press('task_pause')],
];

describe.each(outages)('with a store that is %s', (_, outage) => {
  test.each(ways)(
    'a pause %s reaches the platform within 3 s, and says so',
    async (way, act) => {
      await outage.begin();
      const { alice, dialer } = world;
      const { uuid } = taskNamed(dialer, spring);
      await world.app.pollNow();
      await alice.command('/dial watch Spring');
      const card = await alice.expectCard(channel, spring, patience);
      await outage.down();
      const began = performance.now();
      const acting = act(alice, uuid);
      await eventually(() => dialer.effects('stop', uuid) > 0);
      const took = performance.now() - began;
      if (way.includes('card')) await card.expectText('Paused', patience);
      else await alice.expectEphemeral(/Spring.*is paused/, patience);
      outage.up();
      await acting;
      expect(took).toBeLessThan(3_000);
      expect(dialer.effects('stop', uuid)).toBe(1);
    },
    90_000,
  );

  test('a start and a deletion are refused, and nothing is sent', async () => {
    await outage.begin();
    const { alice, dialer } = world;
    await world.app.pollNow();
    await alice.command('/dial delete Clinic');
    const form = await alice.expectModal('task_delete', patience);
    await outage.down();
    const starting = alice.command('/dial start Clinic');
    await alice.expectEphemeral('cannot be read or written', { timeoutMs: 60_000 });
    await form.fill({ confirm_name: clinic }).submit();
    await form.expectText('cannot be read or written', { timeoutMs: 60_000 });
    outage.up();
    await starting;
    expect(dialer.effects('start') + dialer.effects('destroy')).toBe(0);
  }, 180_000);

  test('a pause by a number of the last list is refused rather than guessed, where the list is not known', async () => {
    await outage.begin();
    const { alice, dialer } = world;
    await world.app.pollNow();
    await outage.down();
    const acting = alice.command('/dial pause 1');
    await alice.expectEphemeral(/cannot be read or written|No task matches/, { timeoutMs: 60_000 });
    outage.up();
    await acting;
    expect(dialer.effects('stop')).toBe(0);
  });
});

test('what was paused while the store took no writes is announced as nobody else’s once it does', async () => {
  await sqliteLocked.begin();
  const { alice } = world;
  await world.app.pollNow();
  await alice.command('/dial watch Spring');
  await alice.expectCard(channel, spring, patience);
  await sqliteLocked.down();
  const acting = alice.command('/dial pause Spring');
  await alice.expectEphemeral(/Spring.*is paused/, patience);
  sqliteLocked.up();
  await acting;
  for (let polls = 0; polls < 3; polls += 1) await world.app.pollNow();
  const said = alice.snapshot().channels.flatMap(({ messages }) => messages.map(({ text }) => text));
  expect(said.filter((text) => text.includes('outside Dialdeck'))).toEqual([]);
});
