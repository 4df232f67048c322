import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { rawDraft } from '../../../src/core/model/fields.ts';
import { outboxItem } from '../../../src/core/model/outbox.ts';
import type { Store } from '../../../src/store/store.ts';
import { engines, makeDatabase, type TestDatabase } from '../../support/store/databases.ts';
import { reportSkipped } from '../../support/store/report-skipped.ts';
import {
  batchesOf,
  cardItem,
  importBatch,
  importRun,
  noticeItem,
  reading,
  submission,
} from '../../support/store/samples.ts';

reportSkipped();

describe.each(engines)('store on %s', (engine) => {
  let database: TestDatabase;
  let store: Store;

  beforeEach(async () => {
    database = await makeDatabase(engine);
    store = await database.open();
  });
  afterEach(() => database.drop());

  test('answers a ping while it is open', async () => {
    await expect(store.ping()).resolves.toBeUndefined();
  });

  describe('watches', () => {
    const wanted = { taskId: 't1', channel: 'C1', owner: 'U1', createdAt: 1_000 };

    test('are one per task and channel', async () => {
      const watch = await store.addWatch(wanted);
      expect(watch).toEqual({ ...wanted, id: watch.id, cardRef: null, cardHash: null, brokenBy: null });
      const elsewhere = await store.addWatch({ ...wanted, channel: 'C2', createdAt: 1_001 });
      const other = await store.addWatch({ ...wanted, taskId: 't2', createdAt: 1_002 });
      expect(await store.watches()).toEqual([watch, elsewhere, other]);
      expect(await store.watchesOf('t1')).toEqual([watch, elsewhere]);
    });

    test('can be asked for one by one', async () => {
      const watch = await store.addWatch(wanted);
      await store.addWatch({ ...wanted, channel: 'C2' });
      expect(await store.watchOf('t1', 'C1')).toEqual(watch);
      expect(await store.watchOf('t1', 'C3')).toBeNull();
      expect(await store.watchOf('t2', 'C1')).toBeNull();
    });

    test('raise their version when they are added, removed or taken up again, not when their card is edited', async () => {
      const raises = async (change: () => Promise<unknown>): Promise<boolean> => {
        const before = (await store.versions()).watches;
        await change();
        return (await store.versions()).watches > before;
      };
      expect(await raises(() => store.addWatch(wanted))).toBe(true);
      const watch = await store.watchOf('t1', 'C1');
      expect(await raises(() => store.updateWatch(watch?.id ?? '', { cardRef: '1.2', cardHash: 'h' }))).toBe(false);
      expect(await raises(() => store.addWatch(wanted))).toBe(true);
      expect(await raises(() => store.removeWatch('t1', 'C1'))).toBe(true);
    });

    test('added again are the same, and no longer broken', async () => {
      const watch = await store.addWatch(wanted);
      await store.updateWatch(watch.id, { cardRef: '1.2', cardHash: 'h', brokenBy: 'is_archived' });
      expect(await store.watchesOf('t1')).toEqual([
        { ...watch, cardRef: '1.2', cardHash: 'h', brokenBy: 'is_archived' },
      ]);
      const again = await store.addWatch({ ...wanted, owner: 'U2', createdAt: 9_000 });
      expect(again).toEqual({ ...watch, cardRef: '1.2', cardHash: 'h', brokenBy: null });
      expect(await store.watches()).toEqual([again]);
    });

    test('change only what is named', async () => {
      const watch = await store.addWatch(wanted);
      await store.updateWatch(watch.id, { cardRef: '1.2' });
      await store.updateWatch(watch.id, {});
      await store.updateWatch(watch.id, { cardHash: 'h' });
      expect(await store.watches()).toEqual([{ ...watch, cardRef: '1.2', cardHash: 'h' }]);
    });

    test('are removed once', async () => {
      await store.addWatch(wanted);
      expect(await store.removeWatch('t1', 'C2')).toBe(false);
      expect(await store.removeWatch('t1', 'C1')).toBe(true);
      expect(await store.removeWatch('t1', 'C1')).toBe(false);
      expect(await store.watches()).toEqual([]);
    });

    test('leave what closes their card, if they have one, and once', async () => {
      const closed = { taskId: 't1', name: 'Spring', state: null, why: 'unwatched', by: 'U2', at: 5_000 } as const;
      await store.addWatch(wanted);
      await store.removeWatch('t1', 'C1', closed);
      expect(await store.openItems()).toEqual([]);

      const watch = await store.addWatch(wanted);
      await store.updateWatch(watch.id, { cardRef: '1.2', cardHash: 'h' });
      await store.closeCard({ ...watch, cardRef: '1.1' }, closed);
      expect(await store.watchOf('t1', 'C1')).toMatchObject({ cardRef: '1.2' });
      await store.closeCard({ ...watch, cardRef: '1.2' }, closed);
      await store.closeCard({ ...watch, cardRef: '1.2' }, closed);
      expect(await store.watchOf('t1', 'C1')).toEqual({ ...watch, cardRef: null, cardHash: null });
      await store.updateWatch(watch.id, { cardRef: '1.3' });
      await store.removeWatch('t1', 'C1', closed);
      expect((await store.openItems()).map(({ body }) => body)).toEqual(
        ['1.2', '1.3'].map((message) => ({ type: 'closed', message, card: closed })),
      );
    });
  });

  describe('outbox', () => {
    test('keeps items in the order in which they were added, whatever time is on them', async () => {
      await store.enqueue([cardItem('z', 2_000), noticeItem('y', 1_000), cardItem('x', 1_000)]);
      await store.enqueue([cardItem('a', 1_000)]);
      expect((await store.openItems()).map(({ key }) => key)).toEqual(['z', 'y', 'x', 'a']);
    });

    test('gives items back whole', async () => {
      await store.enqueue([noticeItem('a', 1_000)]);
      const [item] = await store.openItems();
      expect(item).toEqual({
        ...noticeItem('a', 1_000),
        body: outboxItem.shape.body.parse(noticeItem('a').body),
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        state: 'pending',
        messageRef: null,
        notBefore: 1_000,
        attempts: 0,
      });
    });

    test('sets the message of an item, whatever its state, and of one that never was', async () => {
      await store.enqueue([noticeItem('a'), noticeItem('b')]);
      const [a] = await store.openItems();
      await store.updateItem(a?.id ?? '', { state: 'dead' });
      for (const key of ['a', 'b', 'c']) await store.setMessageOf(noticeItem(key), `${key}.1`);
      await store.setMessageOf(noticeItem('c'), 'c.2');
      expect(await Promise.all(['a', 'b', 'c'].map((key) => store.messageOf(key)))).toEqual(['a.1', 'b.1', 'c.2']);
      expect((await store.openItems()).map(({ key }) => key)).toEqual(['b']);
      await store.enqueue([noticeItem('c')]);
      expect((await store.openItems()).map(({ key }) => key)).toEqual(['b']);
    });

    test('leaves an item alone whose key exists, whatever its state', async () => {
      await store.enqueue([cardItem('a'), cardItem('a')]);
      const [item] = await store.openItems();
      await store.updateItem(item?.id ?? '', { state: 'attempting', attempts: 1, notBefore: 5_000 });
      await store.enqueue([noticeItem('a', 9_000), cardItem('b', 9_000)]);
      expect(await store.openItems()).toEqual([
        { ...item, state: 'attempting', attempts: 1, notBefore: 5_000 },
        expect.objectContaining({ key: 'b' }),
      ]);
      await store.updateItem(item?.id ?? '', { state: 'sent', messageRef: '1.2' });
      await store.enqueue([cardItem('a')]);
      expect((await store.openItems()).map(({ key }) => key)).toEqual(['b']);
    });

    test('gives one open item as it is now', async () => {
      await store.enqueue([noticeItem('a'), noticeItem('b')]);
      const [a] = await store.openItems();
      const id = a?.id ?? '';
      expect(await store.openItem(id)).toEqual(a);
      await store.updateItem(id, { state: 'attempting', attempts: 2 });
      expect(await store.openItem(id)).toEqual({ ...a, state: 'attempting', attempts: 2 });
      await store.updateItem(id, { state: 'sent', messageRef: '1.2' });
      expect(await store.openItem(id)).toBeNull();
      expect(await store.openItem('unknown')).toBeNull();
    });

    test('lists neither sent nor dead items', async () => {
      await store.enqueue([cardItem('a'), cardItem('b'), cardItem('c')]);
      const [a, b] = await store.openItems();
      await store.updateItem(a?.id ?? '', { state: 'sent', messageRef: '1.2' });
      await store.updateItem(b?.id ?? '', { state: 'dead' });
      expect((await store.openItems()).map(({ key }) => key)).toEqual(['c']);
    });

    test('takes nothing, and 10,000 at once', async () => {
      await store.enqueue([]);
      await store.enqueue(Array.from({ length: 10_000 }, (_, i) => cardItem(`k${i}`)));
      expect((await store.openItems()).map(({ key }) => key)).toEqual(
        Array.from({ length: 10_000 }, (_, i) => `k${i}`),
      );
    });
  });

  describe('submissions', () => {
    test('are claimed once', async () => {
      expect(await store.claim(submission('k'))).toBe(true);
      expect(await store.claim(submission('k', { person: 'U2' }))).toBe(false);
      expect(await store.claim(submission('other'))).toBe(true);
      expect(await store.submission('k')).toEqual(submission('k'));
      expect(await store.submission('none')).toBeNull();
    });

    test('keep what was typed through their changes', async () => {
      await store.claim(submission('k'));
      await store.claim(submission('button', { raw: null, taskId: 't9' }));
      await store.updateSubmission('k', { sentAt: 2_000 });
      await store.updateSubmission('k', {});
      await store.updateSubmission('k', { state: 'done', taskId: 't1' });
      expect(await store.submission('k')).toEqual(submission('k', { sentAt: 2_000, state: 'done', taskId: 't1' }));
      expect(await store.submission('button')).toEqual(submission('button', { raw: null, taskId: 't9' }));
      expect(await store.claimedTaskIds()).toEqual(new Set(['t1', 't9']));
    });

    test('of a form that had fewer fields are still read', async () => {
      await store.claim(submission('k'));
      await database.sql(`update submissions set raw = '{"name":"x","was_a_field":"y"}'`);
      const raw = (await store.submission('k'))?.raw;
      expect(raw).toMatchObject({ name: 'x', remark: '' });
      expect(raw).not.toHaveProperty('was_a_field');
    });
  });

  test('the last list of a person is remembered', async () => {
    expect(await store.lastList('U1')).toEqual([]);
    await store.rememberList('U1', ['t3', 't1', 't2']);
    await store.rememberList('U2', ['t9']);
    expect(await store.lastList('U1')).toEqual(['t3', 't1', 't2']);
    await store.rememberList('U1', []);
    expect(await store.lastList('U1')).toEqual([]);
    expect(await store.lastList('U2')).toEqual(['t9']);
  });

  test('a task is known by anything stored of it, and by its whole id only', async () => {
    const known = (...ids: string[]) => Promise.all(ids.map((id) => store.knowsTask(id)));
    expect(await known('t_1', 't_2', 't_3')).toEqual([false, false, false]);
    await store.rememberList('U1', ['t_1', 'a-long-one']);
    await store.addWatch({ taskId: 't_2', channel: 'C1', owner: 'U1', createdAt: 1 });
    const typed = rawDraft.parse({});
    await store.claim({ key: 'k', person: 'U1', channel: 'C1', state: 'done', taskId: 't_3', raw: typed, sentAt: 1 });
    expect(await known('t_1', 't_2', 't_3', 'a-long-one')).toEqual([true, true, true, true]);
    expect(await known('t', 't_', 'tx1', '___', 'long', '%', '_', 't_1"', '\\')).toEqual(Array(9).fill(false));
  });

  describe('imports', () => {
    test('come back as they were added, batches in order', async () => {
      const batches = [importBatch('r', 1, { entries: [] }), importBatch('r', 0)];
      await store.addImport(importRun('r'), batches);
      await store.addImport(importRun('other'), [importBatch('other', 0)]);
      expect(await store.importRun('r')).toEqual(importRun('r'));
      expect(await store.importRun('none')).toBeNull();
      expect(await batchesOf(store, 'r')).toEqual([batches[1], batches[0]]);
      expect(await batchesOf(store, 'none')).toEqual([]);
    });

    test('are added whole or not at all', async () => {
      const twice = [importBatch('r', 0), importBatch('r', 0)];
      await expect(store.addImport(importRun('r'), twice)).rejects.toMatchObject({ code: 'store_failed' });
      expect(await store.importRun('r')).toBeNull();
      await store.addImport(importRun('r'), []);
      await expect(store.addImport(importRun('r', { state: 'done' }), [])).rejects.toMatchObject({
        code: 'store_failed',
      });
      expect(await store.importRun('r')).toEqual(importRun('r'));
    });

    test('move only from the state they are in', async () => {
      await store.addImport(importRun('r'), []);
      expect(await store.moveImport('r', 'running', 'done')).toBe(false);
      expect(await store.openImports()).toEqual([]);
      expect(await store.moveImport('r', 'preview', 'running')).toBe(true);
      expect(await store.moveImport('r', 'preview', 'running')).toBe(false);
      expect(await store.openImports()).toEqual([importRun('r', { state: 'running' })]);
      expect(await store.moveImport('none', 'preview', 'running')).toBe(false);
    });

    test('keep a ledger per batch', async () => {
      await store.addImport(importRun('r'), [importBatch('r', 0), importBatch('r', 1)]);
      await store.updateBatch('r', 0, { state: 'sending' });
      await store.updateBatch('r', 0, { state: 'accepted', accepted: 2 });
      await store.updateBatch('r', 1, { state: 'refused', message: '号码\0格式错误' });
      await store.updateBatch('r', 1, {});
      expect(await batchesOf(store, 'r')).toEqual([
        importBatch('r', 0, { state: 'accepted', accepted: 2 }),
        importBatch('r', 1, { state: 'refused', message: '号码格式错误' }),
      ]);
    });

    test('forget their numbers and keep their counts', async () => {
      await store.addImport(importRun('r'), [importBatch('r', 0, { state: 'accepted', accepted: 2 })]);
      await store.addImport(importRun('other'), [importBatch('other', 0)]);
      await store.forgetEntries('r');
      expect(await store.importRun('r')).toEqual(importRun('r'));
      expect(await batchesOf(store, 'r')).toEqual([
        importBatch('r', 0, { state: 'accepted', accepted: 2, entries: [], size: 2 }),
      ]);
      expect(await batchesOf(store, 'other')).toEqual([importBatch('other', 0)]);
      await store.forgetEntries('none');
    });

    test('of 10,000 batches are added, forgotten and pruned', async () => {
      const batches = Array.from({ length: 10_000 }, (_, i) => importBatch('r', i));
      await store.addImport(importRun('r'), batches);
      expect(await batchesOf(store, 'r')).toEqual(batches);
      await store.forgetEntries('r');
      expect((await batchesOf(store, 'r')).every(({ entries }) => entries.length === 0)).toBe(true);
      await store.prune(2_000, 10_000);
      expect(await batchesOf(store, 'r')).toEqual([]);
    });
  });

  describe('claims', () => {
    test('go to the first, on either of two stores, until they run out', async () => {
      const other = await database.open();
      const all = await Promise.all(
        Array.from({ length: 20 }, (_, i) => (i % 2 ? store : other).claimOnce('k', 60_000)),
      );
      expect(all.filter((first) => first)).toHaveLength(1);
      expect(await other.claimOnce('short', 40)).toBe(true);
      expect(await store.claimOnce('short', 40)).toBe(false);
      await database.pass(50);
      expect(await store.claimOnce('short', 60_000)).toBe(true);
      expect(await other.claimOnce('short', 60_000)).toBe(false);
      expect(await other.claimOnce('k', 60_000)).toBe(false);
    });

    test('hold after a restart, with what was answered', async () => {
      await store.claimOnce('k', 60_000);
      expect(await store.answerTo('k')).toBeNull();
      await store.keepAnswer('k', '{"text":"号码\0"}');
      await store.close();
      const again = await database.open();
      expect(await again.claimOnce('k', 60_000)).toBe(false);
      expect(await again.answerTo('k')).toBe('{"text":"号码"}');
    });

    test('run out with their answer', async () => {
      await store.claimOnce('k', 40);
      await store.keepAnswer('k', 'old');
      await database.pass(50);
      expect(await store.answerTo('k')).toBeNull();
      expect(await store.claimOnce('k', 60_000)).toBe(true);
      expect(await store.answerTo('k')).toBeNull();
    });

    test('given up are free for the next', async () => {
      await store.claimOnce('k', 60_000);
      await store.unclaim('k');
      await store.keepAnswer('k', 'to nobody');
      expect(await store.answerTo('k')).toBeNull();
      expect(await store.claimOnce('k', 60_000)).toBe(true);
    });
  });

  test('prune deletes what is old and over, and nothing else', async () => {
    await store.enqueue([
      cardItem('sent', 1_000),
      cardItem('dead', 1_000),
      cardItem('open', 1_000),
      cardItem('new', 5_000),
    ]);
    for (const item of await store.openItems()) {
      if (item.key === 'sent' || item.key === 'new')
        await store.updateItem(item.id, { state: 'sent', messageRef: '1.2' });
      if (item.key === 'dead') await store.updateItem(item.id, { state: 'dead' });
    }
    await store.claim(submission('old', { sentAt: 1_999 }));
    await store.claim(submission('young', { sentAt: 2_000 }));
    for (const state of ['preview', 'running', 'done'] as const) {
      await store.addImport(importRun(state, { state }), [importBatch(state, 0)]);
    }
    await store.addImport(importRun('young', { state: 'done', createdAt: 2_000 }), []);
    await store.addWatch({ taskId: 't1', channel: 'C1', owner: 'U1', createdAt: 1 });
    await store.saveReadings([{ reading: reading('t1', 1), notices: [] }]);
    await store.lease('poll', 'a', 60_000);

    await store.prune(2_000, 10_000);

    expect(await database.sql('select key from outbox order by key')).toEqual([{ key: 'new' }, { key: 'open' }]);
    expect(await store.submission('old')).toBeNull();
    expect(await store.submission('young')).not.toBeNull();
    expect(await database.sql('select id from import_runs order by id')).toEqual([{ id: 'running' }, { id: 'young' }]);
    expect(await database.sql('select run_id from import_batches')).toEqual([{ run_id: 'running' }]);
    expect((await store.watches()).length).toBe(1);
    expect((await store.readings()).size).toBe(1);
    expect(await store.lease('poll', 'b', 1_000)).toBe(false);
  });

  test('what is short-lived is deleted by itself: old previews and claims that ran out', async () => {
    for (const state of ['preview', 'running', 'done'] as const) {
      await store.addImport(importRun(state, { state }), [importBatch(state, 0)]);
    }
    await store.addImport(importRun('young', { createdAt: 2_000 }), [importBatch('young', 0)]);
    await store.claimOnce('over', 40);
    await store.claimOnce('held', 60_000);
    await database.pass(50);
    await store.pruneShortLived(2_000, 10_000);
    expect(await database.sql('select id from import_runs order by id')).toEqual(
      ['done', 'running', 'young'].map((id) => ({ id })),
    );
    expect(await batchesOf(store, 'preview')).toEqual([]);
    expect(await database.sql('select key from claims')).toEqual([{ key: 'held' }]);
  });

  test('what a clock dated in the future counts from now on', async () => {
    const ahead = 3_600_000;
    await store.addImport(importRun('ahead', { createdAt: ahead }), [importBatch('ahead', 0)]);
    await store.addImport(importRun('now', { createdAt: 2_000 }), []);
    await store.enqueue([cardItem('ahead', ahead)]);
    await store.pruneShortLived(1_000, 5_000);
    expect(await store.importRun('ahead')).toMatchObject({ createdAt: 5_000 });
    expect(await store.importRun('now')).toMatchObject({ createdAt: 2_000 });
    expect(await store.openItems()).toMatchObject([{ createdAt: 5_000 }]);
    await store.pruneShortLived(5_001, 9_000);
    expect(await store.importRun('ahead')).toBeNull();
  });

  test('prune takes more than one statement may hold', async () => {
    await store.enqueue(Array.from({ length: 2_500 }, (_, i) => cardItem(`k${i}`)));
    await database.sql(`update outbox set state = 'sent'`);
    await store.prune(2_000, 10_000);
    expect(await database.sql('select key from outbox')).toEqual([]);
  });

  test('closing waits for what is under way, can be repeated, and ends everything else', async () => {
    const writing = store.enqueue(Array.from({ length: 3_000 }, (_, i) => cardItem(`k${i}`)));
    await Promise.all([store.close(), store.close()]);
    await expect(writing).resolves.toBeUndefined();
    await store.close();
    await expect(store.ping()).rejects.toMatchObject({ code: 'store_failed' });
    await expect(store.claim(submission('k'))).rejects.toMatchObject({ code: 'store_failed' });
    const again = await database.open();
    expect((await again.openItems()).length).toBe(3_000);
  });
});
