import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { recordAction } from '../../../../src/core/watch/record-action.ts';
import { createAlertRig, onTask } from '../../../support/core/alert-rig.ts';
import { engines, makeDatabase, type TestDatabase } from '../../../support/store/databases.ts';
import { reportSkipped } from '../../../support/store/report-skipped.ts';

reportSkipped();

const minute = 60_000;
const day = 24 * 60 * minute;
const bad = { deleted: true };
const byChannel = (a: { channel: string }, b: { channel: string }): number => (a.channel < b.channel ? -1 : 1);

describe.each(engines)('alerts on %s', (engine) => {
  let database: TestDatabase;
  let rig: Awaited<ReturnType<typeof createAlertRig>>;
  let bot: Awaited<ReturnType<typeof rig.startBot>>;

  beforeEach(async () => {
    database = await makeDatabase(engine);
    rig = await createAlertRig(database);
    bot = await rig.startBot('bot-1');
  });
  afterEach(async () => {
    await bot.deliverer.stop();
    await database.drop();
  });

  const watch = (taskId: string, channel = 'C1', owner = 'U1') =>
    bot.store.addWatch({ taskId, channel, owner, createdAt: rig.clock.now() });
  const shows = (...wrong: Parameters<typeof onTask>[]): void => {
    rig.platform.tasks = wrong.map(([id, what]) => onTask(id, what));
  };
  const act = (id: string, action: 'started' | 'paused' | 'edited', person = 'U1') => {
    const task = { ...onTask(id, bad), started: action !== 'paused' };
    return recordAction(bot, task, { person, action, at: rig.clock.now() });
  };
  const one = (text: string, mentions = ['U1'], channel = 'C1') => ({ channel, alerts: [text], mentions });

  test('one begins when two looks agree and ends when two agree again; a single one proves nothing', async () => {
    await watch('a');
    shows(['a']);
    await bot.tick(3);
    const looks = async (...seen: object[]) => {
      for (const wrong of seen) {
        shows(['a', wrong]);
        await bot.tick();
      }
      return rig.shown().map(({ alerts }) => alerts);
    };
    expect(await looks(bad, {}, bad, {}, {}, bad, {})).toEqual([]);
    expect(await looks(bad, bad)).toEqual([['a script_deleted']]);
    expect(await looks({}, bad, {}, bad, bad, {}, bad)).toEqual([['a script_deleted']]);
    expect(await looks({}, {})).toEqual([['a script_deleted over']]);
    expect(rig.shown()).toEqual([one('a script_deleted over')]);
    expect(rig.slack.messages.find(({ alert }) => alert !== undefined)?.edits).toHaveLength(1);
  });

  test('a restart and another bot continue it', async () => {
    await watch('a');
    shows(['a', bad]);
    await bot.tick(2);
    await bot.deliverer.stop();
    bot = await rig.startBot('bot-2');
    await bot.tick(5);
    expect(rig.shown()).toEqual([one('a script_deleted')]);
    shows(['a']);
    await bot.tick(2);
    expect(rig.shown()).toEqual([one('a script_deleted over')]);
  });

  test('two bots that decide at the same moment post one message', async () => {
    await watch('a');
    shows(['a', bad]);
    const other = await rig.startBot('bot-2');
    for (let i = 0; i < 4; i += 1) {
      await rig.clock.advance(20_000);
      for (const { poll } of [bot, other]) await poll();
      await Promise.all([bot.alerting.look(), other.alerting.look()]);
    }
    await rig.settled(bot.deliverer.flush());
    expect(rig.shown()).toEqual([one('a script_deleted')]);
    expect((await bot.store.alertBook(0)).alerts).toHaveLength(1);
    await other.deliverer.stop();
  });

  test('one that is over before it could be posted is not posted', async () => {
    await watch('a');
    shows(['a', bad]);
    rig.slack.fail('postAlert', { retryAfterMs: 10 * minute });
    await bot.tick(3);
    shows(['a']);
    await bot.tick(3);
    await rig.clock.advance(11 * minute);
    await bot.tick();
    expect(rig.shown()).toEqual([]);
    expect(await bot.store.openItems()).toEqual([]);
  });

  test('what could not be posted is posted as it is by then', async () => {
    await watch('a');
    await watch('b');
    shows(['a', bad], ['b', bad]);
    rig.slack.fail('postAlert', { retryAfterMs: 4 * minute });
    await bot.tick(3);
    shows(['a'], ['b', bad]);
    await bot.tick(3);
    await rig.clock.advance(5 * minute);
    await bot.tick();
    expect(rig.shown()).toEqual([
      { channel: 'C1', alerts: ['a script_deleted over', 'b script_deleted'], mentions: ['U1'] },
    ]);
  });

  test('an attempt whose answer was lost is looked up and not repeated', async () => {
    await watch('a');
    shows(['a', bad]);
    rig.slack.fail('postAlert', { maybeSent: true }, { effect: true });
    await bot.tick(8);
    expect(rig.shown()).toEqual([one('a script_deleted')]);
    shows(['a']);
    await bot.tick(2);
    expect(rig.shown()).toEqual([one('a script_deleted over')]);
  });

  test('a message that someone deleted stays deleted, unless something joins it', async () => {
    await watch('a');
    await watch('b');
    shows(['a', bad], ['b']);
    await bot.tick(2);
    const [posted] = rig.slack.messages.filter(({ alert }) => alert !== undefined);
    rig.slack.remove(posted?.ts ?? '');
    shows(['a', bad], ['b', bad]);
    await bot.tick(3);
    expect(rig.shown()).toEqual([
      { channel: 'C1', alerts: ['a script_deleted', 'b script_deleted'], mentions: ['U1'] },
    ]);
  });

  test('where a channel can no longer be posted to, it reaches its person elsewhere', async () => {
    await watch('a');
    await watch('a', 'C2');
    shows(['a']);
    await bot.tick();
    await act('a', 'started', 'U9');
    shows(['a', bad]);
    const gone = { chatError: 'is_archived', permanent: true, concerns: 'channel' } as const;
    for (const channel of ['C1', 'C2']) rig.slack.fail('postAlert', gone, { channel, times: 9 });
    await bot.tick(6);
    expect(rig.shown()).toEqual([one('a script_deleted', [], 'U9')]);
    expect(rig.slack.reported.map(({ watch }) => watch.channel).sort()).toEqual(['C1', 'C2']);
    await bot.tick(6);
    expect(rig.shown()).toHaveLength(1);
  });

  test('who is not in the channel gets it by direct message, and the channel has it as well', async () => {
    await watch('a');
    await act('a', 'started', 'U7');
    rig.slack.leave('C1', 'U7');
    shows(['a']);
    await bot.tick(8);
    shows(['a', bad]);
    await bot.tick(2);
    expect(rig.shown().sort(byChannel)).toEqual([one('a script_deleted', []), one('a script_deleted', [], 'U7')]);
  });

  test('a channel that stopped watching during an outage is not posted to, and its person hears of it', async () => {
    await watch('a');
    await act('a', 'started', 'U7');
    shows(['a']);
    await bot.tick(8);
    rig.slack.fail('postAlert', { maybeSent: false }, { times: 2 });
    shows(['a', bad]);
    await bot.tick(2);
    await bot.store.removeWatch('a', 'C1');
    await rig.clock.advance(minute);
    await bot.tick(3);
    expect(rig.shown()).toEqual([one('a script_deleted', [], 'U7')]);
  });

  test('any number at once is one message in each place', async () => {
    const ids = Array.from({ length: 400 }, (_, i) => `t${i}`);
    await bot.store.addSubscription({ channel: 'C1', scope: { kind: 'all' }, owner: 'U1', createdAt: 0 });
    shows(...ids.map((id) => [id] as [string]));
    await bot.tick(2);
    shows(...ids.map((id) => [id, bad] as [string, object]));
    await bot.tick(3);
    expect(rig.shown().map(({ channel, alerts }) => [channel, alerts.length])).toEqual([['C1', 400]]);
  });

  test.each([
    ['script_debug', 'script_deleted', { debug: true }, { debug: true, deleted: true }],
    ['line_expiring', 'line_expired', { expiresAt: 'soon' }, { expiresAt: 'past' }],
  ] as const)('%s that became %s is not over before both are', async (first, second, before, after) => {
    const at = (wrong: object) => ({
      ...wrong,
      ...('expiresAt' in wrong && { expiresAt: rig.clock.now() + (wrong.expiresAt === 'soon' ? day : -minute) }),
    });
    await watch('a');
    shows(['a']);
    await bot.tick(8);
    for (const wrong of [at(before), at(after)]) {
      shows(['a', wrong]);
      await bot.tick(4);
    }
    const shown = () =>
      rig
        .shown()
        .flatMap(({ alerts }) => alerts)
        .sort();
    expect(shown()).toEqual([`a ${second}`, `a ${first}`].sort());
    shows(['a']);
    await bot.tick(4);
    expect(shown()).toEqual([`a ${second} over`, `a ${first} over`].sort());
  });

  test('a new watcher gets what is wrong already', async () => {
    shows(['a', bad]);
    await bot.tick(4);
    expect(rig.shown()).toEqual([]);
    await watch('a', 'C7', 'U7');
    await bot.tick();
    expect(rig.shown()).toEqual([one('a script_deleted', ['U7'], 'C7')]);
    await bot.tick(4);
    expect(rig.shown()).toHaveLength(1);
  });

  test('what comes back by itself is the same message; what someone ended is news when it is back', async () => {
    await watch('a');
    shows(['a', bad]);
    await bot.tick(2);
    shows(['a']);
    await bot.tick(2);
    shows(['a', bad]);
    await bot.tick(2);
    expect(rig.shown()).toEqual([one('a script_deleted')]);
    await act('a', 'paused');
    rig.platform.tasks = rig.platform.tasks.map((task) => ({ ...task, started: false }));
    // What was done here needs no second look.
    await bot.tick();
    expect(rig.shown()).toEqual([one('a script_deleted paused')]);
    await rig.clock.advance(6 * minute);
    shows(['a', bad]);
    await bot.tick(3);
    expect(rig.shown()).toEqual([one('a script_deleted paused'), one('a script_deleted')]);
  });

  test('what turns out wrong when the quiet hours are entered is taken back, and what they end is over', async () => {
    let hours: { from: number; until: number }[] | null = null;
    await bot.deliverer.stop();
    bot = await rig.startBot('bot-2', () => ({ quietHours: hours, redials: false }));
    await watch('a');
    const from = rig.clock.now();
    const pass = async (ticks: number, busy: boolean): Promise<void> => {
      for (let i = 0; i < ticks; i += 1) {
        const done = busy ? Math.round((rig.clock.now() - from) / 10_000) : 0;
        rig.platform.tasks = [
          onTask('a'),
          { ...onTask('b'), progress: { total: 9_000, done, source: 'progress_bar' } },
        ];
        await bot.tick();
      }
    };
    await pass(60, true);
    expect(rig.shown()).toEqual([one('a stalled')]);
    hours = [{ from: from - minute, until: rig.clock.now() + 60 * minute }];
    await pass(2, true);
    expect(rig.shown()).toEqual([one('a stalled wrong')]);

    // Known from the start, it is a standstill until they begin.
    await rig.clock.advance(120 * minute);
    hours = [{ from: rig.clock.now() + 30 * minute, until: rig.clock.now() + 90 * minute }];
    await pass(60, true);
    expect(rig.shown()).toEqual([one('a stalled wrong'), one('a stalled')]);
    await pass(60, true);
    expect(rig.shown()).toEqual([one('a stalled wrong'), one('a stalled quiet')]);
  });

  test('what a person agreed to when they started the task is not said', async () => {
    await watch('a');
    rig.platform.tasks = [{ ...onTask('a', { debug: true }), started: false }];
    await bot.tick(2);
    await recordAction(bot, onTask('a', { debug: true }), { person: 'U1', action: 'started', at: rig.clock.now() });
    shows(['a', { debug: true }]);
    await bot.tick(10);
    expect(rig.shown()).toEqual([]);
    shows(['a']);
    await bot.tick(10);
    shows(['a', { debug: true }]);
    await bot.tick(3);
    expect(rig.shown()).toEqual([one('a script_debug')]);
  });

  test('several people each get their own message, until there are too many', async () => {
    for (const id of ['a', 'b', 'c', 'd', 'e']) await watch(id, 'C1', `U-${id}`);
    const wrong: string[] = [];
    for (const id of ['a', 'b', 'c', 'd', 'e']) {
      wrong.push(id);
      shows(
        ...['a', 'b', 'c', 'd', 'e'].map((each): Parameters<typeof onTask> => [each, wrong.includes(each) ? bad : {}]),
      );
      await bot.tick(4);
    }
    expect(rig.shown()).toEqual([
      one('a script_deleted', ['U-a']),
      one('b script_deleted', ['U-b']),
      {
        channel: 'C1',
        alerts: ['c script_deleted', 'd script_deleted', 'e script_deleted'],
        mentions: ['U-c', 'U-d', 'U-e'],
      },
      // An edit would not have notified them.
      one('d script_deleted', [], 'U-d'),
      one('e script_deleted', [], 'U-e'),
    ]);
  });

  test('that a line is about to expire is said once per line and week, however often its tasks pause', async () => {
    for (const id of ['a', 'b', 'c']) await watch(id, 'C1', `U-${id}`);
    const expiresAt = rig.clock.now() + 5 * day;
    const on = new Set(['a']);
    const show = (): void => {
      rig.platform.tasks = ['a', 'b', 'c'].map((id) => ({ ...onTask(id, { expiresAt }), started: on.has(id) }));
    };
    show();
    await bot.tick(3);
    for (let days = 0; days < 4; days += 1) {
      on.clear();
      show();
      await bot.tick(3);
      await rig.clock.advance(20 * 60 * minute);
      for (const id of ['b', 'a', 'c']) {
        on.add(id);
        show();
        await bot.tick(3);
        await rig.clock.advance(20 * minute);
      }
    }
    expect(rig.shown()).toHaveLength(1);
    expect(
      rig
        .shown()[0]
        ?.alerts.map((text) => text.slice(2))
        .sort(),
    ).toEqual(Array(3).fill('line_expiring'));
  });

  test('the platform out of reach is said once in every place, and that it is back', async () => {
    await watch('a', 'C1');
    await watch('b', 'C1');
    await watch('b', 'C2');
    shows(['a'], ['b']);
    await bot.tick();
    rig.platform.fails = true;
    await bot.tick(30);
    const down = (text: string) => ['C1', 'C2'].map((channel) => ({ channel, alerts: [text], mentions: [] }));
    expect(rig.shown().sort(byChannel)).toEqual(down(' platform_down'));
    rig.platform.fails = false;
    await bot.tick(2);
    expect(rig.shown().sort(byChannel)).toEqual(down(' platform_down over'));
  });

  test('where alerts are off or muted, none is posted', async () => {
    await watch('a');
    await bot.store.changeChannelSettings('C1', { kinds: ['outcomes'] });
    await bot.store.changePersonSettings('U1', { alertsBy: 'mention' });
    await bot.store.changeChannelSettings('U1', { mutedUntil: rig.clock.now() + day });
    shows(['a', bad]);
    await bot.tick(5);
    expect(rig.shown()).toEqual([]);
    await bot.store.changeChannelSettings('C1', { kinds: ['alerts'] });
    await bot.tick();
    expect(rig.shown()).toEqual([one('a script_deleted')]);
  });

  test('they are deleted some time after they ended, and not before', async () => {
    await watch('a');
    await watch('b');
    shows(['a', bad], ['b', bad]);
    await bot.tick(2);
    shows(['a'], ['b', bad]);
    await bot.tick(2);
    const later = rig.clock.now() + 31 * day;
    await bot.store.prune(later - 30 * day, later);
    const book = await bot.store.alertBook(0);
    expect(book.alerts.map(({ taskId, end }) => [taskId, end])).toEqual([['b', null]]);
    expect(book.posts).toHaveLength(1);
  });
});
