import { expect, test } from '@jest/globals';
import { loggingActs, loggingTaskActs } from '../../src/act-log.ts';
import { AppError } from '../../src/core/errors.ts';
import type { ImportUseCases } from '../../src/core/imports/importing.ts';
import type { Clock } from '../../src/core/ports.ts';
import type { QuietHoursUseCases } from '../../src/core/quiet/quiet-hours.ts';
import type { ScheduleUseCases } from '../../src/core/schedules/schedules.ts';
import type { StopUseCases } from '../../src/core/stop/stops.ts';
import type { SubscriptionUseCases } from '../../src/core/subscriptions/subscriptions.ts';
import type { WatchUseCases } from '../../src/core/subscriptions/watches.ts';
import type { TaskUseCases } from '../../src/core/tasks/actions.ts';
import type { ActionResult } from '../../src/core/tasks/requests.ts';
import { recordingLog } from '../support/real-store.ts';
import { sampleCard, sampleDraft, sampleResult } from '../support/samples.ts';

const asked = { taskId: 'task-1', person: 'U0ALICE', channel: 'C0SALES' };
const line = { person: 'U0ALICE', channel: 'C0SALES', task: 'task-1', ms: 40 };

/** Use cases that take 40 ms and answer what a test says. */
function acts(answers: {
  tasks?: Partial<Record<keyof TaskUseCases, unknown>>;
  imports?: Partial<Record<keyof ImportUseCases, unknown>>;
  watches?: Partial<Record<keyof WatchUseCases, unknown>>;
  subscriptions?: Partial<Record<keyof SubscriptionUseCases, unknown>>;
  quietHours?: Partial<Record<keyof QuietHoursUseCases, unknown>>;
  schedules?: Partial<Record<keyof ScheduleUseCases, unknown>>;
  stops?: Partial<Record<keyof StopUseCases, unknown>>;
}) {
  const log = recordingLog();
  const measured: unknown[] = [];
  let now = 1_000;
  const clock: Clock = { now: () => now, elapsed: () => now, sleep: async () => {} };
  const answering = (given: Record<string, unknown> = {}) =>
    Object.fromEntries(
      Object.entries(given).map(([name, answer]) => [
        name,
        async () => {
          now += 40;
          if (answer instanceof Error) throw answer;
          return answer;
        },
      ]),
    );
  const deps = {
    log,
    clock,
    metrics: {
      acted: (act: string, outcome: string, ms: number) => measured.push([act, outcome, ms]),
      imported: (numbers: object) => measured.push(numbers),
    },
  };
  const tasks = loggingTaskActs(answering(answers.tasks) as unknown as TaskUseCases, deps);
  const logged = loggingActs(
    {
      imports: answering(answers.imports) as unknown as ImportUseCases,
      watches: answering(answers.watches) as unknown as WatchUseCases,
      subscriptions: answering(answers.subscriptions) as unknown as SubscriptionUseCases,
      quietHours: answering(answers.quietHours) as unknown as QuietHoursUseCases,
      schedules: answering(answers.schedules) as unknown as ScheduleUseCases,
      stops: answering(answers.stops) as unknown as StopUseCases,
    },
    deps,
  );
  const fields = () => log.lines.map((entry) => ({ level: entry.level, message: entry.message, ...entry.fields }));
  return { tasks, ...logged, fields, measured };
}

const done: ActionResult = { kind: 'done', card: sampleCard() };
const refused: ActionResult = { kind: 'refused', error: new AppError('task_gone', 'words of the platform') };

test('each act on a task is one line: who, what, which task, where, what became of it, how long', async () => {
  const { tasks, fields, measured } = acts({
    tasks: { start: done, pause: refused, save: { kind: 'busy' }, remove: done },
  });
  expect(await tasks.start({ ...asked })).toBe(done);
  await tasks.pause(asked);
  await tasks.save({ ...asked, draft: sampleDraft({ name: 'Secret name' }) });
  await tasks.remove({ ...asked, name: 'Secret name' });
  expect(fields()).toEqual([
    { level: 'info', message: 'act', act: 'start', ...line, outcome: 'done' },
    { level: 'info', message: 'act', act: 'pause', ...line, outcome: 'refused', code: 'task_gone' },
    { level: 'info', message: 'act', act: 'save', ...line, outcome: 'busy' },
    { level: 'info', message: 'act', act: 'delete', ...line, outcome: 'done' },
  ]);
  expect(JSON.stringify(fields())).not.toMatch(/Secret|words/);
  expect(measured).toEqual([
    ['start', 'done', 40],
    ['pause', 'refused', 40],
    ['save', 'busy', 40],
    ['delete', 'done', 40],
  ]);
});

test('a create has its task once there is one', async () => {
  const card = sampleCard({ task: { id: 'task-9' } });
  const { tasks, fields } = acts({ tasks: { create: { kind: 'created', card, already: false } } });
  await tasks.create({ key: 'k', draft: sampleDraft(), person: 'U0ALICE', channel: 'C0SALES' });
  expect(fields()[0]).toMatchObject({ act: 'create', ...line, task: 'task-9', outcome: 'created' });
});

test('an import has the person, task and channel of its run, and its figures', async () => {
  const run = { person: 'U0ALICE', channel: 'C0SALES', taskId: 'task-1' };
  const refused = [{ count: 3, message: null }];
  const result = { run, result: sampleResult({ accepted: 87, refused, unsent: 10 }) };
  const { imports, fields, measured } = acts({ imports: { send: result } });
  await imports.send({ runId: 'run-1', person: 'U0ALICE', place: null }, () => {});
  expect(fields()[0]).toMatchObject({
    act: 'import',
    run: 'run-1',
    ...line,
    outcome: 'stopped',
    ready: 100,
    accepted: 87,
  });
  expect(measured).toEqual([{ taken: 87, refused: 3, unknown: 0, unsent: 10 }, ['import', 'stopped', 40]]);
});

test('watching and its end', async () => {
  const { watches, fields } = acts({ watches: { add: { already: true }, remove: 'U0OWNER' } });
  await watches.add(asked);
  await watches.remove(asked);
  expect(fields()).toMatchObject([
    { act: 'watch', ...line, outcome: 'already' },
    { act: 'unwatch', ...line, outcome: 'done' },
  ]);
});

test('subscriptions, and who changed which settings of notices', async () => {
  const { subscriptions, fields } = acts({
    subscriptions: { add: { already: false }, remove: { kind: 'none' }, change: {}, mute: 5 },
  });
  const here = { channel: 'C0SALES', person: 'U0ALICE' };
  await subscriptions.add({ ...here, scope: { kind: 'name', text: 'Secret name' } });
  await subscriptions.remove({ ...here, wish: { kind: 'name', text: 'Secret name' } });
  await subscriptions.change({ ...here, change: { channel: { threads: false }, own: { alertsBy: 'direct' } } });
  await subscriptions.mute({ ...here, forMs: 5 });
  const { task: _, ...placed } = line;
  expect(fields()).toEqual(
    [
      { act: 'watch', scope: 'name', outcome: 'done' },
      { act: 'unwatch', scope: 'name', outcome: 'not_watched' },
      { act: 'notice_settings', outcome: 'done', threads: false, alertsBy: 'direct' },
      { act: 'notice_settings', outcome: 'done', mutedUntil: 5 },
    ].map((each) => ({ level: 'info', message: 'act', ...placed, ...each })),
  );
});

test('who entered which quiet hours for which group', async () => {
  const windows = [{ days: [1, 2, 3, 4, 5, 6, 7], from: 720, until: 810 }];
  const group = { id: 'noon', name: 'Secret name', tasks: 3 };
  const asking = { groupId: 'noon', windows, person: 'U0ALICE', channel: 'C0SALES' };
  const known = acts({ quietHours: { set: { ...group, hours: { windows } } } });
  await known.quietHours.set(asking);
  const unknown = acts({ quietHours: { set: { ...group, hours: null } } });
  await unknown.quietHours.set({ ...asking, windows: null });
  const { task: _, ...placed } = line;
  expect([...known.fields(), ...unknown.fields()]).toEqual([
    { level: 'info', message: 'act', act: 'quiet_hours', ...placed, group: 'noon', outcome: 'done', hours: windows },
    { level: 'info', message: 'act', act: 'quiet_hours', ...placed, group: 'noon', outcome: 'done', hours: null },
  ]);
});

test('what throws is logged by its code and thrown on', async () => {
  const { watches, fields } = acts({ watches: { add: new AppError('store_failed', 'at /home/bot') } });
  await expect(watches.add(asked)).rejects.toThrow('at /home/bot');
  expect(fields()).toMatchObject([{ act: 'watch', ...line, outcome: 'failed', code: 'store_failed' }]);
});

test('what changes nothing writes nothing', async () => {
  const { tasks, imports, watches, fields } = acts({
    tasks: { cards: [], card: sampleCard() },
    imports: { discard: undefined },
    watches: { of: [] },
  });
  await tasks.cards();
  await tasks.card('task-1');
  await imports.discard({ runId: 'run-1', person: 'U0ALICE' });
  await watches.of('C0SALES');
  expect(fields()).toEqual([]);
});
