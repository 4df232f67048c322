import { afterEach, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { hasPostgres, type OwnPostgres, startOwnPostgres } from '../support/store/own-postgres.ts';
import { startWorld, taskNamed, type World } from '../support/world.ts';

const patience = { timeoutMs: 60_000 };
const clinic = 'Clinic appointment check';

let world: World | null = null;
let server: OwnPostgres | null = null;
afterEach(async () => {
  await world?.close();
  await server?.stop();
  [world, server] = [null, null];
});

const withPostgres = hasPostgres ? test : test.skip;

withPostgres(
  'PostgreSQL crashes in the middle of an import: it waits, says so, and goes on from where it was',
  async () => {
    server = await startOwnPostgres();
    world = await startWorld({ config: { databaseUrl: server.url, dialer: { importBatch: 20 } } });
    const { alice, dialer, slack } = world;
    // One of the last batch: of a batch that is cut off and had some refused, the total cannot tell what became of it.
    dialer.setSwitches({ importDuplicates: 'accept', importRefusedEnding: '1999', importNamesRows: false });
    dialer.faults.add({ kind: 'delay', route: 'import', ms: 30 });
    const { uuid } = taskNamed(dialer, clinic);
    const before = dialer.numbers(uuid).length;
    const phones = Array.from({ length: 2_000 }, (_, index) => String(13_900_000_000 + index));
    await alice.command('/dial import Clinic');
    const form = await alice.expectModal('task_import', patience);
    await form.fill({ file: { name: 'list.csv', content: ['phone', ...phones].join('\n') } }).submit();
    await (await alice.expectModal('task_import_send', patience)).submit();
    const requests = () => dialer.requests.filter(({ route }) => route === 'import').length;

    // Twice: at rest between two batches, and as it happens.
    for (const sent of [10, 40]) {
      // What the crash interrupted is tried again after a wait that grows with each failure.
      await eventually(() => requests() >= sent, patience.timeoutMs);
      await server.crash();
      const during = requests();
      const modal = await alice.expectModal('Importing', patience);
      await modal.expectText('The import waits and goes on by itself', patience);
      // One batch at most was under way.
      expect(requests() - during).toBeLessThanOrEqual(1);
      await server.up();
    }
    const result = await alice.expectModal('Import result', patience);
    expect(result.text()).toContain('1,999 numbers imported');
    expect(result.text()).toContain('1 number was refused by the platform');
    expect(result.text()).not.toContain('unknown');
    const good = phones.filter((phone) => !phone.endsWith('1999'));
    expect(
      dialer
        .numbers(uuid)
        .slice(before)
        .map(({ phone }) => phone)
        .sort(),
    ).toEqual(good);
    await eventually(() => [...slack.workspace.files.values()].some(({ name }) => name.startsWith('not-imported')));
  },
  180_000,
);
