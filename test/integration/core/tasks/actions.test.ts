import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { RouteName } from '../../../../sandbox/dialer/routes.ts';
import { seededLineIds, seededQuietIds } from '../../../../sandbox/dialer/seed-ids.ts';
import { createDialerSandbox, type DialerSandbox } from '../../../../sandbox/dialer/server.ts';
import { systemClock } from '../../../../src/clock.ts';
import { createPermission } from '../../../../src/core/access/permission.ts';
import { AppError } from '../../../../src/core/errors.ts';
import { draftOf, rawOf, type TaskDraft } from '../../../../src/core/model/fields.ts';
import type { Clock, Dialer } from '../../../../src/core/ports.ts';
import { createStartGate } from '../../../../src/core/stop/gate.ts';
import { createTaskUseCases, type TaskUseCases } from '../../../../src/core/tasks/actions.ts';
import type { SettledAction } from '../../../../src/core/tasks/follow-up.ts';
import { createMetadataCache } from '../../../../src/core/tasks/metadata-cache.ts';
import { actionLeaseMs, actionLeaseOf, leaseOfAction } from '../../../../src/core/time/action-lease.ts';
import { type Board, createBoard } from '../../../../src/core/watch/board.ts';
import { type Looked, watchOnce } from '../../../../src/core/watch/watch-once.ts';
import { createDialer } from '../../../../src/dialer/client.ts';
import type { Store } from '../../../../src/store/store.ts';
import { readingBudget } from '../../../support/dialer/platform.ts';
import { createGate, eventually } from '../../../support/eventually.ts';
import { createHurriedClock } from '../../../support/hurried-clock.ts';
import { recordingLog, storeFolder } from '../../../support/real-store.ts';
import { sampleAction, sampleDraft } from '../../../support/samples.ts';

/** One bot: the real client, store and use cases over the platform's stand-in. */
interface Bot {
  tasks: TaskUseCases;
  store: Store;
  board: Board;
  log: ReturnType<typeof recordingLog>;
  poll(): Promise<void>;
  /** What people were told after a lost outcome. */
  told: SettledAction[];
  /** A poll, and what it settles. */
  pollAndSettle(): Promise<void>;
}

let platform: DialerSandbox;
let dialer: Dialer & { close(): void };
let folder: Awaited<ReturnType<typeof storeFolder>>;
/** Added to real time: a crash that lies minutes back need not be waited for. */
let later: number;
const hurried = createHurriedClock(20);
const clock: Clock = { ...hurried, now: () => Date.now() + later, elapsed: () => hurried.elapsed() + later };

beforeEach(async () => {
  later = 0;
  platform = await createDialerSandbox({ startAt: Date.now() });
  dialer = createDialer(
    {
      url: platform.url,
      token: platform.token,
      authHeader: 'Authorization',
      authScheme: 'Bearer',
      timeoutMs: 3_000,
      timeZone: 'Asia/Shanghai',
      progressPath: null,
      importKey: 'customer_info_list',
      ...readingBudget,
    },
    { log: recordingLog(), clock },
  );
  folder = await storeFolder(clock, recordingLog());
});
afterEach(async () => {
  dialer.close();
  await folder.remove();
  await platform.close();
});

let ids = 0;
async function bot(
  change: { dialer?: Partial<Dialer>; store?: (store: Store) => Partial<Store>; startAskAbove?: number } = {},
): Promise<Bot> {
  const opened = await folder.open();
  const store: Store = { ...opened, ...change.store?.(opened) };
  const board = createBoard(clock);
  const log = recordingLog();
  const with_ = { ...dialer, ...change.dialer };
  const metadata = createMetadataCache(with_, clock, log);
  const tasks = createTaskUseCases({
    dialer: with_,
    store,
    board,
    metadata,
    startAskAbove: change.startAskAbove ?? 1_000_000,
    gate: createStartGate(store),
    clock,
    log,
    may: createPermission(),
    newId: () => `id-${++ids}`,
    changed: () => {},
  });
  const told: SettledAction[] = [];
  return {
    tasks,
    store,
    board,
    log,
    poll: async () => {
      await watchOnce({ dialer: with_, store, log, board });
    },
    told,
    pollAndSettle: async () => {
      const seen: Looked[] = [];
      await watchOnce({ dialer: with_, store, log, board, looked: (one) => seen.push(one) });
      for (const looked of seen) await tasks.followUp(looked, async (settled) => void told.push(settled));
    },
  };
}

const draft = sampleDraft({
  name: 'Renewal wave 2',
  script: '447',
  line: seededLineIds.beijing,
  concurrency: 2,
  quietHours: seededQuietIds.lunch,
  remark: null,
});
const request = (key: string, change: Partial<TaskDraft> = {}) => ({
  key,
  draft: { ...draft, ...change },
  person: 'U0ALICE',
  channel: 'C1',
});
const idOf = (name: string): string => platform.tasks.find((task) => task.name === name)?.uuid ?? '';
const sent = (route: RouteName): number => platform.requests.filter((one) => one.route === route).length;
const notices = async ({ store }: Bot) => (await store.openItems()).filter(({ body }) => body.type === 'notice');

describe('creating', () => {
  describe('a process that died in the middle of it', () => {
    /** As the dead process left it: claimed, perhaps sent, and never written down; its lease runs out. */
    const abandoned = async (one: Bot, key: string): Promise<void> => {
      const given = {
        key,
        person: 'U0ALICE',
        channel: 'C1',
        state: 'working' as const,
        taskId: null,
        raw: rawOf(draft),
      };
      const action = sampleAction({ id: key, kind: 'create', taskId: '', sentAt: clock.now() });
      await one.store.lease(leaseOfAction(action), 'dead', actionLeaseMs);
      await one.store.claim({ ...given, sentAt: clock.now() }, action);
    };

    test('after the effect: the task is found, its channel watches it, and it is told once', async () => {
      const [one, two] = [await bot(), await bot()];
      await abandoned(one, 'form-9');
      await dialer.create(draft, new Set());
      await one.pollAndSettle();
      expect(one.told).toEqual([]);
      later += actionLeaseMs + 1;
      await Promise.all([one, two].map(({ pollAndSettle }) => pollAndSettle()));
      const told = [...one.told, ...two.told];
      expect(told).toHaveLength(1);
      expect(told[0]).toMatchObject({
        action: { id: 'form-9', interrupted: true },
        verdict: 'done',
        card: { task: { name: draft.name } },
      });
      expect(await one.store.watchesOf(idOf(draft.name))).toMatchObject([{ channel: 'C1', owner: 'U0ALICE' }]);
      expect(sent('create')).toBe(1);
      for (let polls = 0; polls < 3; polls += 1) await two.pollAndSettle();
      expect([...one.told, ...two.told]).toHaveLength(1);
    });

    test('before the effect: two polls say that there is no such task, it is told once, and nothing is sent', async () => {
      const one = await bot();
      await abandoned(one, 'form-9');
      later += actionLeaseMs + 1;
      await one.pollAndSettle();
      expect(one.told).toEqual([]);
      for (let polls = 0; polls < 4; polls += 1) await one.pollAndSettle();
      expect(one.told).toMatchObject([{ verdict: 'not_done', raw: rawOf(draft), card: null }]);
      expect(sent('create')).toBe(0);
    });

    test('while the platform cannot be read it waits', async () => {
      const one = await bot();
      await abandoned(one, 'form-9');
      later += actionLeaseMs + 1;
      platform.faults.add({ kind: 'status', route: 'list', status: 503, body: 'html' });
      for (let polls = 0; polls < 3; polls += 1) {
        await expect(one.pollAndSettle()).rejects.toMatchObject({ code: 'platform_server_error' });
      }
      platform.faults.clear();
      for (let polls = 0; polls < 2; polls += 1) await one.pollAndSettle();
      expect(one.told).toHaveLength(1);
    });
  });

  test('once per key, however many submissions arrive at the same time, on two bots', async () => {
    const [one, two] = [await bot(), await bot()];
    const results = await Promise.all([one, two, one, two, one].map(({ tasks }) => tasks.create(request('form-1'))));
    expect(results.map(({ kind }) => kind).sort()).toEqual([
      'created',
      'in_progress',
      'in_progress',
      'in_progress',
      'in_progress',
    ]);
    expect(sent('create')).toBe(1);
    const again = await two.tasks.create(request('form-1'));
    expect(again).toMatchObject({ kind: 'created', already: true, card: { task: { name: 'Renewal wave 2' } } });
    expect(platform.effects('create')).toBe(1);
    expect((await one.store.watches()).map(({ channel, owner }) => [channel, owner])).toEqual([['C1', 'U0ALICE']]);
  });

  test('another form is another task, also with the same words', async () => {
    const { tasks } = await bot();
    await tasks.create(request('form-1'));
    expect(await tasks.create(request('form-2'))).toMatchObject({ kind: 'created', already: false });
    expect(platform.effects('create')).toBe(2);
  });

  test('a lost answer is settled by reading', async () => {
    const { tasks, store } = await bot();
    platform.answerLost('create');
    expect(await tasks.create(request('form-1'))).toMatchObject({ kind: 'created', already: false });
    expect(sent('create')).toBe(1);
    expect((await store.submission('form-1'))?.state).toBe('done');
  });

  test('a refusal is the platform’s, and the form can be sent again under a new key', async () => {
    const { tasks, store } = await bot();
    const refused = await tasks.create(request('form-1', { line: seededLineIds.full }));
    expect(refused).toMatchObject({ kind: 'refused', error: { code: 'platform_rejected' } });
    expect((await store.submission('form-1'))?.state).toBe('refused');
    expect(await tasks.create(request('form-2'))).toMatchObject({ kind: 'created' });
  });

  test('unknown stays unknown until the list can be read; then it is settled without sending', async () => {
    const { tasks, store } = await bot();
    platform.answerLost('create');
    platform.faults.add({ kind: 'status', route: 'list', status: 503 });
    expect(await tasks.create(request('form-1'))).toMatchObject({
      kind: 'unknown',
      error: { code: 'outcome_unknown' },
    });
    expect(await tasks.create(request('form-1'))).toMatchObject({ kind: 'unknown' });
    expect(await tasks.checkCreate('form-1')).toMatchObject({
      kind: 'refused',
      error: { code: 'platform_server_error' },
    });
    expect((await store.submission('form-1'))?.state).toBe('unknown');
    platform.faults.clear();
    expect(await tasks.checkCreate('form-1')).toMatchObject({ kind: 'created', card: { task: { name: draft.name } } });
    expect(await tasks.checkCreate('form-1')).toMatchObject({ kind: 'created', already: true });
    expect(sent('create')).toBe(1);
    expect((await store.watches()).map(({ channel }) => channel)).toEqual(['C1']);
  });

  test('unknown and never arrived: the check says that there is no such task, and sends nothing', async () => {
    const { tasks } = await bot();
    platform.faults.add({ kind: 'drop', route: 'create', effect: false, times: 1 });
    expect(await tasks.create(request('form-1'))).toMatchObject({ kind: 'unknown' });
    expect(await tasks.checkCreate('form-1')).toEqual({ kind: 'not_created', raw: rawOf(draft) });
    expect(await tasks.checkCreate('no-such-form')).toMatchObject({
      kind: 'refused',
      error: { code: 'submission_unknown' },
    });
    expect(platform.effects('create')).toBe(0);
    expect(sent('create')).toBe(1);
  });

  test('a task that was there before, with the same words, is not taken for the lost one', async () => {
    const { tasks } = await bot();
    await tasks.create(request('form-1'));
    platform.faults.add({ kind: 'drop', route: 'create', effect: false, times: 1 });
    expect(await tasks.create(request('form-2'))).toMatchObject({ kind: 'unknown' });
    expect(await tasks.checkCreate('form-2')).toEqual({ kind: 'not_created', raw: rawOf(draft) });
  });

  describe('cut off by a crash between claim and record', () => {
    /** A process that claimed the form and was killed: nothing renews its lease. */
    const crashed = async (): Promise<Bot> => {
      const before = await bot({
        dialer: { create: () => new Promise(() => {}) },
        store: (opened) => {
          let taken = false;
          return {
            lease: (...lease) => {
              if (taken) return new Promise(() => {});
              taken = true;
              return opened.lease(...lease);
            },
          };
        },
      });
      void before.tasks.create(request('form-1'));
      while ((await before.store.submission('form-1')) === null) await new Promise((done) => setImmediate(done));
      return bot();
    };

    test('is in progress at first, unknown once its lease has run out', async () => {
      const { tasks } = await crashed();
      expect(await tasks.create(request('form-1'))).toEqual({ kind: 'in_progress' });
      // To say now that there is no such task would invite a second one.
      expect(await tasks.checkCreate('form-1')).toEqual({ kind: 'in_progress' });
      later = actionLeaseMs + 1;
      expect(await tasks.create(request('form-1'))).toMatchObject({ kind: 'unknown' });
      expect(await tasks.checkCreate('form-1')).toEqual({ kind: 'not_created', raw: rawOf(draft) });
      expect(sent('create')).toBe(0);
    });

    test('is found when the platform had made it', async () => {
      const { tasks } = await crashed();
      await dialer.create(draft, new Set());
      later = actionLeaseMs + 1;
      expect(await tasks.checkCreate('form-1')).toMatchObject({ kind: 'created' });
      expect(platform.effects('create')).toBe(1);
    });
  });
});

describe('acting on a task', () => {
  const person = 'U0ALICE';

  test('while one action runs, another finds it busy, on any bot; another task is free', async () => {
    const [asked, gate] = [createGate(), createGate()];
    const slow = await bot({
      dialer: {
        pause: async (id) => {
          asked.open();
          await gate.opened;
          return dialer.pause(id);
        },
      },
    });
    const other = await bot();
    const taskId = idOf('Spring renewal reminder');
    const pausing = slow.tasks.pause({ taskId, person });
    await asked.opened;
    expect(await other.tasks.start({ taskId, person })).toEqual({ kind: 'busy' });
    expect(await slow.tasks.remove({ taskId, person })).toEqual({ kind: 'busy' });
    expect(await other.tasks.pause({ taskId: idOf('双十一会员回访'), person })).toMatchObject({ kind: 'done' });
    gate.open();
    expect(await pausing).toMatchObject({ kind: 'done', card: { task: { started: false } } });
    expect(await other.tasks.start({ taskId, person })).toMatchObject({ kind: 'done' });
    expect(platform.effects('stop', taskId)).toBe(1);
  });

  test('a bot that died over an action keeps its task for no longer than 30 s', async () => {
    const { store, tasks } = await bot();
    const taskId = idOf('Clinic appointment check');
    await store.lease(actionLeaseOf(taskId), 'dead', actionLeaseMs);
    expect(await tasks.start({ taskId, person })).toEqual({ kind: 'busy' });
    later = 30_000;
    expect(await tasks.start({ taskId, person })).toMatchObject({ kind: 'done' });
  });

  test('an action that takes longer than its lease keeps its task', async () => {
    const [asked, gate] = [createGate(), createGate()];
    const slow = await bot({
      dialer: {
        start: async (id) => {
          asked.open();
          await gate.opened;
          return dialer.start(id);
        },
      },
    });
    const taskId = idOf('Clinic appointment check');
    const starting = slow.tasks.start({ taskId, person });
    await asked.opened;
    // The hurried clock renews every half second of real time.
    for (let steps = 0; steps < 4; steps += 1) {
      later += actionLeaseMs / 2;
      await systemClock.sleep(700);
    }
    expect(await (await bot()).tasks.start({ taskId, person })).toEqual({ kind: 'busy' });
    gate.open();
    expect(await starting).toMatchObject({ kind: 'done' });
  });

  test('a pause does not wait: it is sent while a start is under way on another bot, and again after it', async () => {
    const [asked, gate] = [createGate(), createGate()];
    const slow = await bot({
      dialer: {
        start: async (id) => {
          asked.open();
          await gate.opened;
          return dialer.start(id);
        },
      },
    });
    const other = await bot();
    const taskId = idOf('Clinic appointment check');
    const starting = slow.tasks.start({ taskId, person });
    await asked.opened;
    const pausing = other.tasks.pause({ taskId, person });
    await eventually(() => sent('stop') > 0);
    expect(sent('stop')).toBe(1);
    gate.open();
    expect(await starting).toEqual({ kind: 'overtaken' });
    expect(await pausing).toMatchObject({ kind: 'done', card: { task: { started: false } } });
    expect(await slow.tasks.start({ taskId, person })).toMatchObject({ kind: 'done' });
  });

  test('own actions are never announced by the next poll; those of others are', async () => {
    const one = await bot();
    const two = await bot();
    await one.poll();
    const created = await one.tasks.create(request('form-1'));
    const taskId = created.kind === 'created' ? created.card.task.id : '';
    const spring = idOf('Spring renewal reminder');
    await one.store.addWatch({ taskId: spring, channel: 'C1', owner: person, createdAt: 0 });
    await one.poll();
    expect(await one.tasks.pause({ taskId: spring, person })).toMatchObject({ kind: 'done' });
    await one.poll();
    expect(await one.tasks.start({ taskId: spring, person })).toMatchObject({ kind: 'done' });
    await two.poll();
    const saved = await one.tasks.save({ taskId, draft: { ...draft, name: 'Renamed here' }, person });
    expect(saved).toMatchObject({
      kind: 'done',
      card: { task: { name: 'Renamed here' }, acts: [{ action: 'created' }, { action: 'edited', person }] },
    });
    await two.poll();
    await one.poll();
    expect(await one.tasks.remove({ taskId, person })).toMatchObject({ kind: 'done', card: { state: 'gone' } });
    for (let i = 0; i < 3; i++) await (i % 2 ? one : two).poll();
    expect(await notices(one)).toEqual([]);

    platform.rival(spring, { start: false });
    await one.poll();
    // A single list that undoes an action of the last minutes may be an old one.
    expect(await notices(one)).toEqual([]);
    await one.poll();
    expect((await notices(one)).map(({ body }) => body)).toMatchObject([{ notice: { kind: 'paused' } }]);
  });

  test('a poll that was asked before the action and answers after it announces nothing', async () => {
    const one = await bot();
    const taskId = idOf('Spring renewal reminder');
    await one.store.addWatch({ taskId, channel: 'C1', owner: person, createdAt: 0 });
    await one.poll();
    platform.faults.add({ kind: 'delay', route: 'list', ms: 400, times: 1 });
    const before = sent('list');
    const polling = one.poll();
    await eventually(() => sent('list') > before);
    await one.tasks.pause({ taskId, person });
    await polling;
    await one.poll();
    expect(await notices(one)).toEqual([]);
    expect(one.board.get(taskId)?.task.started).toBe(false);
  });

  test('a running task cannot be deleted, and nothing is sent', async () => {
    const { tasks } = await bot();
    const taskId = idOf('Spring renewal reminder');
    expect(await tasks.remove({ taskId, person })).toMatchObject({
      kind: 'refused',
      error: { code: 'platform_task_running' },
    });
    expect(sent('destroy')).toBe(0);
    expect(await tasks.remove({ taskId: 'no-such-task', person })).toMatchObject({
      kind: 'refused',
      error: { code: 'task_gone' },
    });
  });

  test.each(['missing', 'empty'] as const)(
    'one list that lacks tasks (%s) does not make a task gone',
    async (shows) => {
      const { tasks, poll } = await bot();
      await poll();
      for (const { uuid: taskId, name } of platform.tasks) {
        platform.faults.add({ route: 'list', kind: 'lie', shows, times: 1 });
        expect(await tasks.card(taskId)).toMatchObject({ task: { name } });
        platform.faults.clear();
      }
    },
  );

  test('a start that the preflight stops or asks about sends nothing', async () => {
    const { tasks } = await bot();
    const empty = idOf('新品试用调研');
    expect(await tasks.start({ taskId: empty, person })).toMatchObject({ kind: 'stopped' });
    const ready = idOf('Clinic appointment check');
    const asked = await tasks.start({ taskId: ready, person });
    expect(asked.kind === 'ask' || asked.kind === 'done').toBe(true);
    expect(platform.effects('start', empty)).toBe(0);
  });

  test('a start that would call many numbers asks first, and again when there are more than were agreed to', async () => {
    const taskId = idOf('Clinic appointment check');
    const { tasks } = await bot();
    const { progress } = (await tasks.card(taskId)).task;
    const left = (progress?.total ?? 0) - (progress?.done ?? 0);
    expect(left).toBeGreaterThan(1);
    const { tasks: asking } = await bot({ startAskAbove: left - 1 });
    const asked = { kind: 'ask', preflight: { level: 'amber', items: [{ code: 'many_numbers' }] } };
    expect(await asking.start({ taskId, person })).toMatchObject(asked);
    expect(await asking.start({ taskId, person, agreed: left - 1 })).toMatchObject(asked);
    expect(platform.effects('start', taskId)).toBe(0);
    expect(await asking.start({ taskId, person, agreed: left })).toMatchObject({ kind: 'done' });
    expect(platform.effects('start', taskId)).toBe(1);
    const { tasks: not } = await bot({ startAskAbove: left });
    expect((await not.pause({ taskId, person })).kind).toBe('done');
    expect(await not.start({ taskId, person })).toMatchObject({ kind: 'done' });
  });

  test('metadata that cannot be had does not keep a task from starting', async () => {
    const { tasks } = await bot();
    platform.faults.add({ kind: 'status', route: 'init', status: 500 });
    const taskId = idOf('Clinic appointment check');
    expect(await tasks.start({ taskId, person })).toMatchObject({ kind: 'done' });
  });

  test('saving sends the whole definition, once', async () => {
    const { tasks } = await bot();
    const taskId = idOf('Clinic appointment check');
    const { task } = await tasks.card(taskId);
    const changed = { ...draftOf(task), remark: '新备注' };
    expect(await tasks.save({ taskId, draft: changed, person })).toMatchObject({ kind: 'done' });
    expect(sent('update')).toBe(1);
    expect(draftOf((await tasks.card(taskId)).task)).toEqual(changed);
  });

  test('nothing is saved over a change that came since, also where the list lags behind it', async () => {
    const one = await bot();
    const taskId = idOf('Clinic appointment check');
    const before = await dialer.list();
    const { task } = await one.tasks.card(taskId);
    const { alteredAt } = task;
    const draft = draftOf(task);
    const first = await one.tasks.save({ taskId, draft: { ...draft, remark: 'first' }, person, alteredAt });
    expect(first).toMatchObject({ kind: 'done' });
    const lagging = await bot({ dialer: { list: async () => before } });
    const second = await lagging.tasks.save({ taskId, draft: { ...draft, remark: 'second' }, person, alteredAt });
    expect(second).toMatchObject({ kind: 'refused', error: { code: 'task_changed' } });
    expect(sent('update')).toBe(1);
  });

  test('unknown is neither done nor refused, is not recorded as ours, and lets go of the task', async () => {
    const { tasks, board } = await bot();
    const taskId = idOf('Spring renewal reminder');
    platform.answerLost('stop');
    platform.faults.add({ kind: 'status', route: 'list', status: 503 });
    expect(await tasks.pause({ taskId, person })).toMatchObject({ kind: 'unknown' });
    expect(board.get(taskId)).toBeNull();
    platform.faults.clear();
    expect(await tasks.pause({ taskId, person })).toMatchObject({ kind: 'done' });
  });
});

describe('our own book-keeping fails', () => {
  const failing = async (): Promise<never> => {
    throw new AppError('store_failed', 'the disk is full');
  };

  test('what the platform has done is reported as done, and the failure is in the log', async () => {
    const broken = await bot({
      store: () => ({ deriveReading: failing, updateSubmission: failing, addWatch: failing, release: failing }),
    });
    expect(await broken.tasks.create(request('form-1'))).toMatchObject({ kind: 'created' });
    const taskId = idOf('Spring renewal reminder');
    expect(await broken.tasks.pause({ taskId, person: 'U1' })).toMatchObject({ kind: 'done' });
    const other = idOf('Clinic appointment check');
    expect(await broken.tasks.remove({ taskId: other, person: 'U1' })).toMatchObject({ kind: 'done' });
    expect(broken.log.lines.filter(({ level }) => level === 'error').length).toBeGreaterThanOrEqual(6);
  });

  test('an action whose right cannot be had is not sent; only a pause goes out all the same', async () => {
    const broken = await bot({ store: () => ({ lease: failing, claim: failing }) });
    const ready = idOf('Clinic appointment check');
    expect(await broken.tasks.start({ taskId: ready, person: 'U1' })).toMatchObject({
      kind: 'refused',
      error: { code: 'store_failed' },
    });
    expect(await broken.tasks.create(request('form-1'))).toMatchObject({ kind: 'refused' });
    expect(sent('start') + sent('create')).toBe(0);
    const taskId = idOf('Spring renewal reminder');
    expect(await broken.tasks.pause({ taskId, person: 'U1' })).toMatchObject({ kind: 'done' });
  });
});

describe('the store does not answer at all', () => {
  const never = (): Promise<never> => new Promise(() => undefined);

  test('a pause goes out within 3 s and is said to be done; nothing else goes out', async () => {
    const silent = await bot({
      store: () => ({ lease: never, leased: never, release: never, deriveReading: never }),
    });
    const taskId = idOf('Spring renewal reminder');
    const begun = performance.now();
    const pausing = silent.tasks.pause({ taskId, person: 'U1' });
    while (sent('stop') === 0 && performance.now() - begun < 3_000) await systemClock.sleep(10);
    expect(sent('stop')).toBe(1);
    expect(performance.now() - begun).toBeLessThan(3_000);
    expect(await pausing).toMatchObject({ kind: 'done', card: { task: { started: false } } });
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  test('a poll that comes before the store has recorded a pause does not announce it as someone else’s', async () => {
    const taskId = idOf('Spring renewal reminder');
    const silent = await bot({
      store: () => ({ lease: never, leased: never, release: never, deriveReading: never, putAction: never }),
    });
    await silent.poll();
    await silent.store.addWatch({ taskId, channel: 'C1', owner: 'U2', createdAt: clock.now() });
    expect(await silent.tasks.pause({ taskId, person: 'U1' })).toMatchObject({ kind: 'done' });
    await silent.poll();
    await silent.poll();
    expect((await silent.store.readings([taskId])).get(taskId)).toMatchObject({ task: { started: false } });
    expect(await silent.store.openItems()).toEqual([]);
  });

  test('a start that cannot know of a pause is refused and not sent', async () => {
    const silent = await bot({ store: () => ({ leased: never }) });
    const taskId = idOf('Clinic appointment check');
    expect(await silent.tasks.start({ taskId, person: 'U1' })).toMatchObject({
      kind: 'refused',
      error: { code: 'store_failed' },
    });
    expect(sent('start')).toBe(0);
  });

  test('what it grants too late is given back, so that the task can be started', async () => {
    let answer: () => void = () => undefined;
    const late = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const slow = await bot({
      store: (opened) => ({
        lease: async (...lease) => {
          await late;
          return opened.lease(...lease);
        },
      }),
    });
    const taskId = idOf('Spring renewal reminder');
    expect(await slow.tasks.pause({ taskId, person: 'U1' })).toMatchObject({ kind: 'done' });
    answer();
    await systemClock.sleep(200);
    expect(await slow.store.leased('')).toEqual([]);
  });
});

test('what was typed is kept with the submission', async () => {
  const { tasks, store } = await bot();
  await tasks.create(request('form-1', { remark: '第一批' }));
  expect((await store.submission('form-1'))?.raw).toEqual(rawOf({ ...draft, remark: '第一批' }));
});
