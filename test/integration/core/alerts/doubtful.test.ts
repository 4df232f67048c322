import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Metadata } from '../../../../src/core/model/metadata.ts';
import type { Task } from '../../../../src/core/model/task.ts';
import { recordAction } from '../../../../src/core/watch/record-action.ts';
import { createAlertRig, onTask } from '../../../support/core/alert-rig.ts';
import { makeDatabase, type TestDatabase } from '../../../support/store/databases.ts';

const minute = 60_000;
const hour = 60 * minute;
const bad = { deleted: true };

describe('what would be wrong, or would not be heard', () => {
  let database: TestDatabase;
  let rig: Awaited<ReturnType<typeof createAlertRig>>;
  let bot: Awaited<ReturnType<typeof rig.startBot>>;

  beforeEach(async () => {
    database = await makeDatabase('sqlite');
    rig = await createAlertRig(database);
    bot = await rig.startBot('bot-1');
  });
  afterEach(async () => {
    await bot.deliverer.stop();
    await database.drop();
  });

  const watch = (taskId: string, channel = 'C1', owner = 'U1') =>
    bot.store.addWatch({ taskId, channel, owner, createdAt: rig.clock.now() });
  const show = (...tasks: Task[]): void => {
    rig.platform.tasks = tasks;
  };
  const edited = (task: Task, person = 'U1') =>
    recordAction(bot, task, { person, action: 'edited', at: rig.clock.now() });
  const shown = () => rig.shown().map(({ alerts }) => alerts);
  const one = (text: string, mentions = ['U1'], channel = 'C1') => ({ channel, alerts: [text], mentions });

  test('an edit that repaired nothing does not make a single list prove the end', async () => {
    await watch('a');
    show(onTask('a', bad));
    await bot.tick(2);
    await edited({ ...onTask('a', bad), remark: 'Second wave' });
    const wrong = { ...onTask('a', bad), remark: 'Second wave' };
    const right = { ...wrong, script: { ...wrong.script, deleted: false } };
    show(wrong);
    await bot.tick(20);
    for (const task of [right, wrong, wrong]) {
      show(task);
      await bot.tick();
    }
    expect(shown()).toEqual([['a script_deleted']]);
    show(right);
    await bot.tick(2);
    // Nor does it say that they ended what went away by itself.
    expect(shown()).toEqual([['a script_deleted over']]);
  });

  test('another script that is wrong as well is another alert', async () => {
    await watch('a');
    const first = onTask('a', bad);
    const second = { ...first, script: { ...first.script, id: '8', name: 'Survey' } };
    show(first);
    await bot.tick(2);
    await edited(second);
    show(second);
    await bot.tick(4);
    await rig.clock.advance(6 * minute);
    await bot.tick(2);
    expect(shown().flat()).toEqual(['a script_deleted changed', 'a script_deleted']);
  });

  test('a list of the platform that comes empty ends nothing', async () => {
    await watch('a');
    const full: Metadata = {
      lines: [{ id: 'other', name: 'Other', free: 4, total: 10, callerNumber: null }],
      scripts: [{ id: '7', name: 'Renewal', debug: false, deleted: true }],
      quietHours: [],
      redialRules: [{ id: '3', name: 'Twice', remark: null, enabled: false }],
      agentGroups: [{ id: '21', name: 'Group', enabled: false, lineId: null }],
    };
    rig.platform.metadata = full;
    show({ ...onTask('a'), agentGroup: { id: '21', name: 'Group' } });
    await bot.tick(4);
    const all = ['a line_gone', 'a script_deleted', 'a rule_off', 'a group_unusable'];
    expect(shown().flat().sort()).toEqual([...all].sort());
    rig.platform.metadata = { lines: [], scripts: [], quietHours: [], redialRules: [], agentGroups: [] };
    await bot.tick(20);
    expect(shown().flat().sort()).toEqual([...all].sort());
    rig.platform.metadata = {
      ...full,
      lines: [{ id: 'line-a', name: 'Line A', free: 4, total: 10, callerNumber: null }],
      scripts: [{ id: '7', name: 'Renewal', debug: false, deleted: false }],
      redialRules: [{ id: '3', name: 'Twice', remark: null, enabled: true }],
      agentGroups: [{ id: '21', name: 'Group', enabled: true, lineId: 'line-a' }],
    };
    await bot.tick(10);
    expect(shown().flat().sort()).toEqual(all.map((text) => `${text} over`).sort());
  });

  test('what goes wrong after a message is over is not hidden in it', async () => {
    await watch('a');
    await watch('b');
    show(onTask('a', bad), onTask('b'));
    await bot.tick(2);
    show(onTask('a'), onTask('b'));
    await bot.tick(2);
    show(onTask('a'), onTask('b', bad));
    await bot.tick(2);
    expect(shown()).toEqual([['a script_deleted over'], ['b script_deleted']]);
  });

  test('a person whom an edit would mention for the first time hears of it by direct message', async () => {
    const ids = ['a', 'b', 'c', 'd'];
    for (const id of ids) await watch(id, 'C1', `U-${id}`);
    for (const count of [1, 2, 3, 4]) {
      show(...ids.map((id, i) => onTask(id, i < count ? bad : {})));
      await bot.tick(4);
    }
    expect(rig.shown().filter(({ channel }) => channel !== 'C1')).toEqual([one('d script_deleted', [], 'U-d')]);
    expect(rig.shown().filter(({ channel }) => channel === 'C1')).toHaveLength(3);
  });

  test('one that the chat platform refuses for a while is said when it no longer does', async () => {
    await watch('a');
    show(onTask('a', bad));
    rig.slack.fail('postAlert', { chatError: 'unknown_error' }, { times: 8 });
    await bot.tick(40);
    expect(rig.shown()).toEqual([one('a script_deleted')]);
  });

  test('that it is over is said when the chat platform accepts it, however late', async () => {
    await watch('a');
    show(onTask('a', bad));
    await bot.tick(2);
    rig.slack.fail('updateAlert', { chatError: 'unknown_error' }, { times: 8 });
    show(onTask('a'));
    await bot.tick(100);
    expect(rig.shown()).toEqual([one('a script_deleted over')]);
  });

  test('an outage of a day leaves no message that looks open', async () => {
    await watch('a');
    show(onTask('a', bad));
    await bot.tick(2);
    rig.slack.fail('updateAlert', { retryAfterMs: 10 * minute }, { times: 1_000 });
    show(onTask('a'));
    await bot.tick(3);
    await rig.clock.advance(25 * hour);
    rig.slack.heal();
    await bot.tick(3);
    await rig.clock.advance(20 * minute);
    await bot.tick(3);
    expect(rig.shown()).toEqual([one('a script_deleted over')]);
  });

  test('a poll that fails after a long stop is no outage of that length', async () => {
    await watch('a');
    show(onTask('a'));
    await bot.tick(3);
    await bot.deliverer.stop();
    await rig.clock.advance(8 * hour);
    bot = await rig.startBot('bot-2');
    rig.platform.fails = true;
    await bot.tick(4);
    rig.platform.fails = false;
    await bot.tick(4);
    expect(rig.shown()).toEqual([]);
  });

  test('an outage that another bot has announced goes on', async () => {
    await watch('a');
    show(onTask('a'));
    await bot.tick(2);
    rig.platform.fails = true;
    await bot.tick(10);
    expect(rig.shown()).toEqual([one(' platform_down', [])]);
    await bot.deliverer.stop();
    bot = await rig.startBot('bot-2');
    await bot.tick(4);
    expect(rig.shown()).toEqual([one(' platform_down', [])]);
    await bot.tick(10);
    expect(rig.shown()).toEqual([one(' platform_down', [])]);
    expect(rig.slack.calls.filter((call) => call.startsWith('updateAlert'))).toEqual([]);
    rig.platform.fails = false;
    await bot.tick(3);
    expect(rig.shown()).toEqual([one(' platform_down over', [])]);
  });

  test('what a bot saw before another one polled for hours proves nothing', async () => {
    await watch('a');
    const other = await rig.startBot('bot-2');
    const pollsFor = async (who: typeof bot, ticks: number): Promise<void> => {
      // As the one that polls does; the time of its last good poll is kept with it.
      await who.store.lease('poll', who === bot ? 'bot-1' : 'bot-2', 1_000);
      for (let i = 0; i < ticks; i += 1) {
        await rig.clock.advance(20_000);
        await who.poll();
        await who.alerting.look();
      }
    };
    show(onTask('a'));
    await pollsFor(bot, 3);
    show(onTask('a', bad));
    await pollsFor(bot, 1);
    show(onTask('a'));
    await pollsFor(other, 200);
    show(onTask('a', bad));
    await pollsFor(bot, 1);
    expect((await bot.store.alertBook(0)).alerts).toEqual([]);

    await pollsFor(bot, 2);
    show(onTask('a'));
    await pollsFor(bot, 1);
    show(onTask('a', bad));
    await pollsFor(other, 200);
    show(onTask('a'));
    await pollsFor(bot, 1);
    expect((await bot.store.alertBook(0)).alerts).toMatchObject([{ kind: 'script_deleted', endedAt: null }]);
    await other.deliverer.stop();
  });

  test('what is still wrong when a mute ends is said then, once', async () => {
    await watch('a');
    for (const place of ['C1', 'U1']) {
      await bot.store.changeChannelSettings(place, { mutedUntil: rig.clock.now() + hour });
    }
    show(onTask('a', bad), onTask('b'));
    await bot.tick(170);
    expect(rig.shown()).toEqual([]);
    await bot.tick(30);
    expect(rig.shown()).toEqual([one('a script_deleted')]);
    await bot.tick(40);
    expect(rig.shown()).toHaveLength(1);
  });

  describe('a change that someone made elsewhere', () => {
    const redials = false;
    const from = (): number => rig.clock.now();
    const restart = async (): Promise<void> => {
      await bot.deliverer.stop();
      bot = await rig.startBot('bot-2', () => ({ quietHours: [], redials }));
      await watch('a');
    };

    test('of a task that stands still is not the end of the standstill, which is said anew', async () => {
      await restart();
      show(onTask('a'));
      await bot.tick(20);
      expect(shown()).toEqual([['a stalled']]);
      show({ ...onTask('a'), concurrency: 2 });
      await bot.tick(3);
      expect(shown()).toEqual([['a stalled changed']]);
      await bot.tick(30);
      expect(shown().flat()).toEqual(['a stalled changed', 'a stalled']);
    });

    test('of a task that has slowed down does not bring its pace back', async () => {
      await restart();
      const start = from();
      let concurrency = 4;
      let done = 0;
      const dial = async (ticks: number, perTick: number): Promise<void> => {
        for (let i = 0; i < ticks; i += 1) {
          done += perTick;
          show({
            ...onTask('a'),
            concurrency,
            progress: { total: 9_000, done: Math.floor(done), source: 'progress_bar' },
          });
          await bot.tick();
        }
      };
      await dial(60, 4);
      await dial(40, 0.5);
      expect(from()).toBeGreaterThan(start);
      expect(shown()).toEqual([['a slowed']]);
      concurrency = 3;
      await dial(3, 0.5);
      expect(shown()).toEqual([['a slowed changed']]);
    });
  });

  test('a pace that can no longer be compared is not back', async () => {
    await bot.deliverer.stop();
    bot = await rig.startBot('bot-2', () => ({ quietHours: [], redials: false }));
    await watch('a');
    let done = 0;
    const dial = async (ticks: number, perTick: number): Promise<void> => {
      for (let i = 0; i < ticks; i += 1) {
        done += perTick;
        show({ ...onTask('a'), progress: { total: 274, done: Math.floor(done), source: 'progress_bar' } });
        await bot.tick();
      }
    };
    await dial(60, 4);
    await dial(40, 0.5);
    expect(shown()).toEqual([['a slowed']]);
    // Hardly any numbers are left.
    await dial(20, 0.5);
    expect(shown()).toEqual([['a slowed']]);
    done = 274;
    await dial(4, 0);
    expect(shown()).toEqual([['a slowed finished']]);
  });

  test('a task that was renamed is called by its name', async () => {
    await watch('a');
    show(onTask('a', bad));
    await bot.tick(2);
    show({ ...onTask('a'), name: 'b' });
    await bot.tick(2);
    expect(rig.slack.messages.flatMap(({ alert }) => alert?.alerts.map(({ taskName }) => taskName) ?? [])).toEqual([
      'b',
    ]);
  });
});
