import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Task } from '../../../../src/core/model/task.ts';
import { createBoard } from '../../../../src/core/watch/board.ts';
import { recordAction } from '../../../../src/core/watch/record-action.ts';
import { watchOnce } from '../../../../src/core/watch/watch-once.ts';
import type { Store } from '../../../../src/store/store.ts';
import { t0, taskOf, tick } from '../../../support/core/looks.ts';
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts';
import { recordingLog } from '../../../support/real-store.ts';
import { engines, makeDatabase, type TestDatabase } from '../../../support/store/databases.ts';
import { reportSkipped } from '../../../support/store/report-skipped.ts';

reportSkipped();

/**
 * A person uses a switch at one bot; another bot, which was started before or after that, polls. Nothing but the store
 * connects them.
 */
describe.each(engines)('every switch is honored by every bot, also after a restart, on %s', (engine) => {
  let clock: ManualClock;
  let database: TestDatabase;
  let asked: Store;
  const log = recordingLog();
  beforeEach(async () => {
    clock = createManualClock(t0);
    database = await makeDatabase(engine);
    asked = await database.open(clock);
  });
  afterEach(() => database.drop());

  const task = (on: boolean): Task => taskOf({ on, bar: [30, 100], id: 'task-1' });
  async function bot() {
    const [store, board] = [await database.open(clock), createBoard(clock)];
    return {
      board,
      store,
      async sees(...tasks: Task[]): Promise<void> {
        await clock.advance(tick);
        const dialer = { list: async () => tasks, hasProgress: false, progress: async () => null };
        await watchOnce({ dialer, store, log, board });
      },
    };
  }

  /** Where the open notices go, in order: `>` in a thread, `@` who is mentioned. */
  async function told(): Promise<string[]> {
    const items = await asked.openItems();
    for (const { id } of items) await asked.updateItem(id, { state: 'sent' });
    return items.flatMap(({ channel, body }) =>
      body.type === 'notice' ? [`${body.notice.kind}${body.thread ? '>' : ' '}${channel}`] : [],
    );
  }

  const add = (channel: string) =>
    asked.addSubscription({ channel, scope: { kind: 'all' }, owner: 'U1', createdAt: 1 });
  const switches: [name: string, use: () => Promise<unknown>, then: string[]][] = [
    ['a subscription', () => add('C2'), ['paused>C1', 'paused>C2']],
    ['a subscription of a person', () => add('U2'), ['paused>C1', 'paused>U2']],
    ['the end of a watch', () => asked.removeWatch('task-1', 'C1'), []],
    ['a kind turned off', () => asked.changeChannelSettings('C1', { kinds: ['outcomes'] }), []],
    ['threads turned off', () => asked.changeChannelSettings('C1', { threads: false }), ['paused C1']],
    ['a mute', () => asked.changeChannelSettings('C1', { mutedUntil: t0 + 100 * tick }), []],
    ['a mute that is over', () => asked.changeChannelSettings('C1', { mutedUntil: t0 + tick }), ['paused>C1']],
  ];
  test.each(switches)('%s', async (_name, use, then) => {
    await asked.addWatch({ taskId: 'task-1', channel: 'C1', owner: 'U1', createdAt: 0 });
    const earlier = await bot();
    await earlier.sees(task(false));
    await earlier.sees(task(true));
    expect(await told()).toEqual(['started>C1']);
    await use();
    await earlier.sees(task(false));
    expect((await told()).sort()).toEqual(then);

    const later = await bot();
    await later.sees(task(false));
    await later.sees(task(true));
    expect((await told()).sort()).toEqual(then.map((one) => one.replace('paused', 'started')));
  });

  test('the end of a subscription, and of one of several', async () => {
    const { subscription } = await add('C2');
    await add('C3');
    const polling = await bot();
    await polling.sees(task(false));
    await asked.removeSubscription(subscription.id);
    await polling.sees(task(true));
    expect(await told()).toEqual(['started>C3']);
  });

  test('what a person did here is not announced by any bot, whatever is subscribed', async () => {
    await add('U1');
    await asked.addSubscription({ channel: 'U1', scope: { kind: 'mine', person: 'U1' }, owner: 'U1', createdAt: 1 });
    const [acting, polling] = [await bot(), await bot()];
    await acting.sees(task(false));
    await polling.sees(task(false));
    await recordAction({ ...acting, log }, task(true), { person: 'U1', action: 'started', at: clock.now() });
    await polling.sees(task(true));
    await acting.sees(task(true));
    expect(await told()).toEqual([]);
  });
});
