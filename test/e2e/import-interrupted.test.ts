import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createDialerSandbox, type DialerSandbox } from '../../sandbox/dialer/server.ts';
import type { Modal } from '../../sandbox/slack/client/modal.ts';
import type { PersonClient } from '../../sandbox/slack/client.ts';
import { createSlackSandbox, type SlackSandbox } from '../../sandbox/slack/server.ts';
import type { Config } from '../../src/settings/config.ts';
import type { Store } from '../../src/store/store.ts';
import { type BotProcess, startBot } from '../support/bot-process.ts';
import { type Built, build } from '../support/built.ts';
import { eventually, longestMs } from '../support/eventually.ts';
import { engines, makeDatabase, type TestDatabase } from '../support/store/databases.ts';
import { reportSkipped } from '../support/store/report-skipped.ts';
import { channel, configFor, taskNamed } from '../support/world.ts';

reportSkipped();

const patience = { timeoutMs: 60_000 };
const clinic = 'Clinic appointment check';
const phones = Array.from({ length: 1_000 }, (_, index) => String(13_900_000_000 + index));

let built: Built;
beforeAll(async () => {
  built = await build();
});
afterAll(() => built.remove());

describe.each(engines)('an import on %s whose bot is cut off', (engine) => {
  let slack: SlackSandbox;
  let dialer: DialerSandbox;
  let database: TestDatabase;
  let store: Store;
  let config: Config;
  let bot: BotProcess;
  let alice: PersonClient;
  let before: number;

  const begin = () => startBot(built.bot, config);
  beforeEach(async () => {
    slack = await createSlackSandbox({ waitMs: longestMs });
    dialer = await createDialerSandbox({ switches: { importDuplicates: 'accept' } });
    database = await makeDatabase(engine);
    const { dataDir, databaseUrl } = database.location;
    config = { ...configFor(slack, dialer, dataDir, { config: { pollCron: '*/2 * * * * *' } }), databaseUrl };
    before = dialer.numbers(taskNamed(dialer, clinic).uuid).length;
    bot = await begin();
    store = await database.open();
    alice = slack.as('alice').in(channel);
  });
  afterEach(async () => {
    await bot.stop();
    await slack.close();
    await dialer.close();
    await database.drop();
  });

  /** `meanwhile` comes between the form and its submission. */
  const submitted = async (meanwhile: () => void = () => undefined): Promise<Modal> => {
    await alice.command('/dial import Clinic');
    const form = await alice.expectModal('task_import', patience);
    meanwhile();
    await form.fill({ file: { name: 'list.csv', content: ['phone', ...phones].join('\n') } }).submit();
    return form;
  };
  const previewed = async (): Promise<Modal> => {
    await submitted();
    return alice.expectModal('task_import_send', patience);
  };
  const killed = async (): Promise<void> => {
    await bot.kill();
    dialer.faults.clear();
    bot = await begin();
  };
  const imported = (): string[] =>
    dialer
      .numbers(taskNamed(dialer, clinic).uuid)
      .slice(before)
      .map(({ phone }) => phone)
      .sort();
  const hanging = (route: 'list' | 'import', effect = false): string =>
    dialer.faults.add({ kind: 'hang', route, effect });
  const isSending = () => eventually(() => dialer.requests.some(({ route }) => route === 'import'));

  test('while the list is read: the modal says that nothing was sent, and offers the form again', async () => {
    await submitted(() => hanging('list'));
    const modal = await alice.expectModal('Import numbers', patience);
    await modal.expectText('Reading the numbers', patience);
    await killed();
    await modal.expectText('Nothing was sent: give the list again', patience);
    await modal.press('form_retry');
    await alice.expectModal('task_import', patience);
    expect(imported()).toEqual([]);
  });

  test('while the list is read, with the modal closed: a direct message says it', async () => {
    await submitted(() => hanging('list'));
    await (await alice.expectModal('Import numbers', patience)).close({ all: true });
    await killed();
    await alice.expectDm('Nothing was sent: give the list again', patience);
  });

  test('while the preview is shown: it is sent by the next bot', async () => {
    const preview = await previewed();
    await killed();
    await preview.submit();
    await (await alice.expectModal('Import result', patience)).expectText('1,000 numbers imported', patience);
    expect(imported()).toEqual(phones);
  });

  test('between the press and the first batch: the import goes on, and the modal and a direct message say so', async () => {
    const preview = await previewed();
    hanging('list');
    await preview.submit();
    await eventually(async () => (await store.openImports()).length === 1);
    await killed();
    await alice.expectDm('1,000 numbers imported', patience);
    await (await alice.expectModal('Import result', patience)).expectText('1,000 numbers imported', patience);
    expect(imported()).toEqual(phones);
  });

  test.each([true, false])(
    'between the ledger and the first answer, effect %s: every number is there once, or given back as not known',
    async (effect) => {
      const preview = await previewed();
      hanging('import', effect);
      await preview.submit();
      await isSending();
      await killed();
      const message = await alice.expectDm('numbers imported', patience);
      const there = imported();
      expect(new Set(there).size).toBe(there.length);
      const [run] = await store.importRuns({ taskId: null, limit: 1 });
      const ledger = await store.importLedger(run?.id ?? '');
      const unknown = ledger.reduce((sum, { state, size }) => (state === 'unknown' ? sum + size : sum), 0);
      // The total at the preview was too fresh to be believed, or one look settled it.
      expect([0, 100]).toContain(unknown);
      if (unknown > 0) expect(message.text()).toContain('100 numbers have an unknown outcome');
      expect(there.length).toBe(effect ? 1_000 : 1_000 - unknown);
    },
    120_000,
  );

  test('SIGTERM in the middle: the batch is finished, nothing is in doubt, and the next bot sends the rest', async () => {
    const preview = await previewed();
    dialer.faults.add({ kind: 'delay', route: 'import', ms: 300 });
    await preview.submit();
    await eventually(() => imported().length >= 300);
    expect(await bot.stop()).toBe(0);
    const sent = imported().length;
    const [run] = await store.importRuns({ taskId: null, limit: 1 });
    const states = (await store.importLedger(run?.id ?? '')).map(({ state }) => state);
    expect(states.filter((state) => state === 'accepted')).toHaveLength(sent / 100);
    expect(states.filter((state) => state === 'planned')).toHaveLength(10 - sent / 100);
    expect(states).toHaveLength(10);
    bot = await begin();
    await alice.expectDm('1,000 numbers imported', patience);
    expect(imported()).toEqual(phones);
  });
});
