import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import Libsql from 'libsql';
import { startWorld, taskNamed, type World } from '../support/world.ts';

let world: World;
let lock: Libsql.Database | null = null;
afterEach(async () => {
  if (lock?.inTransaction) lock.exec('ROLLBACK');
  lock?.close();
  lock = null;
  await world.close();
});

test('while the store takes no writes, a pause reaches the platform within 3 s', async () => {
  world = await startWorld();
  const { uuid } = taskNamed(world.dialer, 'Spring renewal reminder');
  await world.app.pollNow();
  lock = new Libsql(join(world.config.dataDir, 'dialdeck.db'));
  lock.exec('BEGIN IMMEDIATE');
  const began = performance.now();
  const sending = world.alice.command('/dial pause Spring');
  while (world.dialer.effects('stop', uuid) === 0 && performance.now() - began < 15_000) {
    await new Promise((next) => setTimeout(next, 20));
  }
  const took = performance.now() - began;
  lock.exec('ROLLBACK');
  await sending;
  expect(world.dialer.effects('stop', uuid)).toBe(1);
  expect(took).toBeLessThan(3_000);
}, 60_000);
