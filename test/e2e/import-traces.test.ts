import { afterEach, describe, expect, test } from '@jest/globals';
import type { Modal } from '../../sandbox/slack/client/modal.ts';
import { systemClock } from '../../src/clock.ts';
import { openStore } from '../../src/store/store.ts';
import { eventually } from '../support/eventually.ts';
import { recordingLog } from '../support/real-store.ts';
import { engines, makeDatabase, type TestDatabase } from '../support/store/databases.ts';
import { reportSkipped } from '../support/store/report-skipped.ts';
import { messagesOfApp, startWorld, taskNamed, type World } from '../support/world.ts';

reportSkipped();

const patience = { timeoutMs: 30_000 };
const clinic = 'Clinic appointment check';
const phones = Array.from({ length: 60 }, (_, index) => String(13_912_340_000 + index * 7));
const barred = '13712345678';
const pasted = ['13698765432', '13698765433'];
const every = [...phones, ...pasted, barred];

let world: World | null = null;
let database: TestDatabase | null = null;
afterEach(async () => {
  await world?.close();
  await database?.drop();
  [world, database] = [null, null];
});

/** Everything that the store holds: the bytes on the disk of SQLite, all rows on PostgreSQL. */
async function contentsOf({ engine, bytes, sql }: TestDatabase): Promise<string> {
  if (engine === 'sqlite') return bytes();
  const tables = await sql("select table_name as name from information_schema.tables where table_schema = 'public'");
  const rows = await Promise.all(tables.map(({ name }) => sql(`select t::text as row from "${String(name)}" t`)));
  expect(tables.length).toBeGreaterThan(15);
  return rows
    .flat()
    .map(({ row }) => String(row))
    .join('\n');
}

const foundIn = (text: string): string[] => every.filter((phone) => text.includes(phone));

describe.each(engines)('on %s', (engine) => {
  const begin = async (key: string | null, given?: TestDatabase): Promise<{ world: World; database: TestDatabase }> => {
    const made = given ?? (await makeDatabase(engine));
    database = made;
    const { dataDir, databaseUrl } = made.location;
    const started = await startWorld({
      config: { dataDir, databaseUrl, numbers: { key, previous: null }, dialer: { importBatch: 10 } },
    });
    world = started;
    return { world: started, database: made };
  };
  const previewed = async ({ alice }: World, given: Parameters<Modal['fill']>[0]): Promise<Modal> => {
    await alice.command('/dial import Clinic');
    await (await alice.expectModal('task_import', patience)).fill(given).submit();
    return alice.expectModal('task_import_send', patience);
  };

  test.each([null, 'a phrase that nobody guesses'])(
    'no number is left anywhere after imports with every outcome, key %j',
    async (key) => {
      const { world: between, database: stored } = await begin(key);
      const { alice, dialer, slack, logLines } = between;
      await alice.command(`/dial dnc add ${barred}`);
      await alice.expectEphemeral('1 number was added', patience);
      // The platform quotes the number that it refuses.
      dialer.setSwitches({ importRefusedEnding: phones[13]?.slice(-3) ?? '' });
      dialer.faults.add({ kind: 'drop', effect: true, route: 'import', skip: 2, times: 1 });
      dialer.faults.add({ kind: 'envelope', code: 6007, route: 'import', skip: 3, times: 1 });
      const rows = [...phones, barred, '1391234', `${phones[0]} ext 5`];
      await (await previewed(between, { file: { name: 'list.csv', content: ['phone', ...rows].join('\n') } })).submit();
      const halted = await alice.expectModal('Import result', patience);
      await alice.command('/dial imports Clinic');
      await alice.expectEphemeral('needs your decision', patience);
      // Open, the run has its numbers: with a key, nobody can read them.
      const open = await contentsOf(stored);
      expect(foundIn(open).length > 0).toBe(key === null);
      await halted.press('import_run:cancel:0', { confirm: true });
      const files = () => [...slack.workspace.files.values()].filter(({ name }) => name.startsWith('not-imported'));
      await eventually(() => files().length === 1);
      await halted.close({ all: true });
      await (await previewed(between, { numbers: pasted.join('\n') })).submit();
      await alice.expectModal('Import result', patience);
      expect(dialer.numbers(taskNamed(dialer, clinic).uuid).map(({ phone }) => phone)).toContain(pasted[0]);

      await eventually(async () => foundIn(await contentsOf(stored)).length === 0);
      expect(foundIn(logLines.join('\n'))).toEqual([]);
      expect(foundIn(messagesOfApp(slack).join('\n'))).toEqual([]);
      expect(foundIn([...slack.workspace.files.values()].map(({ name }) => name).join('\n'))).toEqual([]);
    },
    90_000,
  );

  test('a wrong key refuses imports and the do-not-call list in words, and everything else goes on', async () => {
    const made = await makeDatabase(engine);
    database = made;
    const { dataDir, databaseUrl } = made.location;
    const numbers = { key: 'the first', previous: null };
    const store = await openStore({ databaseUrl, dataDir, numbers, clock: systemClock, log: recordingLog() });
    await store.addDoNotCall([barred], { person: 'U1', at: 1 });
    await store.close();
    const { alice, dialer } = (await begin('another', made)).world;
    const refusal = 'NUMBERS_KEY';
    await alice.command('/dial import Clinic');
    const form = await alice.expectModal('task_import', patience);
    await form.fill({ file: { name: 'list.csv', content: [...pasted, barred].join('\n') } }).submit();
    await form.expectText(refusal, patience);
    await alice.command('/dial dnc count');
    await alice.expectEphemeral(refusal, patience);
    expect(dialer.requests.filter(({ route }) => route === 'import')).toEqual([]);
    await alice.command('/dial list');
    await alice.expectEphemeral('Clinic', patience);
    expect(foundIn(await contentsOf(made))).toEqual([]);
  });
});
