import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AppError } from '../../../../src/core/errors.ts';
import { rawOf, type TaskDraft } from '../../../../src/core/model/fields.ts';
import type { Task } from '../../../../src/core/model/task.ts';
import type { Dialer } from '../../../../src/core/ports.ts';
import { createdIn } from '../../../../src/core/tasks/created-in.ts';
import type { Store } from '../../../../src/store/store.ts';
import { clock, type FakeDialer, fakeDialer } from '../../../support/core/import-rig.ts';
import { orderBot, textOf } from '../../../support/core/order-rig.ts';
import { mortal } from '../../../support/mortal.ts';
import { recordingLog, storeFolder } from '../../../support/real-store.ts';
import { sampleDraft, sampleTask } from '../../../support/samples.ts';

/** A platform that really creates tasks. */
function platform(): FakeDialer & { tasks: Task[]; given: string[] } {
  const tasks: Task[] = [];
  const given: string[] = [];
  const found = (id: string): Task => {
    const task = tasks.find((one) => one.id === id);
    if (task === undefined) throw new AppError('task_gone', 'no such task');
    return task;
  };
  const changed = (id: string, change: Partial<Task>): Task => {
    const next = { ...found(id), ...change };
    tasks.splice(tasks.indexOf(found(id)), 1, next);
    return next;
  };
  const fake = fakeDialer();
  return Object.assign(fake, {
    tasks,
    given,
    metadata: async () => {
      throw new AppError('platform_unreachable', 'not now');
    },
    list: async () => [...tasks],
    async create(draft: TaskDraft) {
      const task = taskOf(draft, `task-${tasks.length}-${Math.random().toString(36).slice(2)}`);
      tasks.push(task);
      return { kind: 'done' as const, value: task };
    },
    findCreated: async (draft: TaskDraft, sentAt: number, known: ReadonlySet<string>) =>
      createdIn(tasks, draft, sentAt, known),
    async start(id: string) {
      fake.acts.push('start');
      return { kind: 'done' as const, value: changed(id, { started: true }) };
    },
    async importNumbers(id: string, batch: readonly { phone: string }[]) {
      given.push(...batch.map(({ phone }) => phone));
      const total = (found(id).progress?.total ?? 0) + batch.length;
      changed(id, { progress: { total, done: 0, source: 'progress_bar' } });
      return { kind: 'done' as const, value: { accepted: batch.length } };
    },
  });
}

function taskOf(draft: TaskDraft, id: string): Task {
  const named = (thing: string) => ({ id: thing, name: null });
  return sampleTask({
    ...draft,
    id,
    started: false,
    script: { ...named(draft.script), debug: false, deleted: false },
    line: { ...named(draft.line), total: null, used: null, expiresAt: null },
    quietHours: named(draft.quietHours),
    redialRule: { ...named(draft.redialRule), redials: null },
    agentGroup: draft.agentGroup === null ? null : named(draft.agentGroup),
    progress: { total: 0, done: 0, source: 'progress_bar' },
    createdAt: clock.now(),
    alteredAt: null,
  });
}

/** What a process does that others see. */
const acting =
  /^(create|importNumbers|start|claim|updateSubmission|assignTask|noteRun|moveImport|beginBatch|updateBatch|saveReadings?|addWatch|dropForm|endAction|changeAction|putAction|beginAction)$/;

let folder: Awaited<ReturnType<typeof storeFolder>>;
let store: Store;
beforeAll(async () => {
  folder = await storeFolder(clock, recordingLog());
  store = await folder.open();
});
afterAll(() => folder.remove());

let launches = 0;

/** One launch that dies there, and what later processes and polls make of it. */
async function launched(dieAt: number, after: boolean) {
  const dialer = platform();
  const stopping = new AbortController();
  const { wrap, count, isDead } = mortal({ acting, dieAt, after, onDeath: () => stopping.abort() });
  const key = `form-${++launches}`;
  const draft = sampleDraft({ name: `Autumn ${launches}` });
  await store.keepForm({
    key,
    person: 'U1',
    channel: 'C1',
    savedAt: clock.now(),
    raw: rawOf(draft),
    file: null,
    task: null,
  });
  const prepared = await orderBot({ store, dialer }).imports.preview({
    creation: { key, draft },
    given: textOf(12),
    person: 'U1',
    channel: 'C1',
  });
  const runId = prepared.runId ?? '';
  const mortalBot = orderBot({
    store: wrap(store),
    dialer: wrap<Dialer>(dialer) as FakeDialer,
    stopping: stopping.signal,
  });
  const ordered = { order: 'import_start', agreed: 12, asOf: null } as const;
  const request = { runId, person: 'U1', place: null, channel: 'C1', ordered };
  await mortalBot.imports.launch(request, () => {}).catch(() => undefined);

  const next = orderBot({ store, dialer });
  const told: string[] = [];
  for (let polls = 0; polls < 4; polls += 1) {
    await next.resume();
    const { open } = await store.underWay();
    const looked = { open, imports: true, tasks: await dialer.list(), complete: true, tookEffect: new Set<string>() };
    await next.tasks.followUp(looked, async ({ verdict }) => void told.push(verdict));
  }
  // Pressing the button again, or a delivery that is repeated, does nothing more.
  await next.imports.launch(request, () => {}).catch(() => undefined);
  const run = await store.importRun(runId);
  return { dialer, run, count: count(), died: isDead(), told, kept: await store.keptForm(key, 'U1') };
}

describe('a process that creates, imports and starts dies', () => {
  test('at any step, before or after it: each of the three happens once or not at all, and never a start without numbers', async () => {
    const { count: steps, dialer: whole } = await launched(Number.POSITIVE_INFINITY, false);
    expect(whole.tasks).toHaveLength(1);
    expect(whole.acts).toEqual(['start']);
    expect(steps).toBeGreaterThan(10);
    const found: string[] = [];
    let deaths = 0;
    for (const after of [false, true]) {
      for (let step = 0; step < steps; step += 1) {
        const { dialer, run, died, kept } = await launched(step, after);
        const { tasks, given, acts } = dialer;
        const standing = `${after ? 'after' : 'before'} step ${step}: ${run?.state}, ${run?.facts.start?.state}`;
        if (!died) continue;
        deaths += 1;
        if (tasks.length > 1) found.push(`${standing}: created ${tasks.length} times`);
        if (new Set(given).size !== given.length) found.push(`${standing}: numbers twice`);
        if (acts.length > 1) found.push(`${standing}: started ${acts.length} times`);
        if (acts.length > 0 && given.length !== 12) found.push(`${standing}: started with ${given.length}`);
        // A confirmed launch does not come to rest halfway without its person being asked or informed.
        if (run?.state === 'awaiting' || run?.state === 'running') found.push(`${standing}: left behind`);
        if (run?.state === 'preview' && tasks.length > 0) found.push(`${standing}: a task without its run`);
        if (run?.state === 'done' && run.taskId !== tasks[0]?.id) found.push(`${standing}: another task`);
        if (run?.state === 'done' && kept !== null && tasks.length === 1) {
          // It may only be offered again where nothing was created from it.
          const offered = (await store.keptForms('U1')).some(({ key }) => key === kept.key);
          if (offered) found.push(`${standing}: offered again`);
        }
      }
    }
    expect(found).toEqual([]);
    expect(deaths).toBeGreaterThan(steps);
  }, 120_000);
});
