import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { seededQuietIds } from '../../sandbox/dialer/seed-ids.ts';
import { systemClock } from '../../src/clock.ts';
import { readHours } from '../../src/core/quiet/read-hours.ts';
import { createLog } from '../../src/log.ts';
import { openStore } from '../../src/store/store.ts';
import { channel, startWorld, type World } from '../support/world.ts';

const minute = 60_000;
const silent = createLog('error', () => undefined);
const hour = 60 * minute;

let world: World;
/** How far the app's clock is ahead, ms; the platform's stands still, so that no call is ever made. */
let ahead: number;
beforeEach(async () => {
  ahead = 0;
  const clock = { now: () => systemClock.now() + ahead, elapsed: () => systemClock.elapsed() + ahead };
  world = await startWorld({ dialer: { speed: 0 }, clock });
});
afterEach(() => world.close());

/** The time of day in Shanghai at an instant, to the minute. */
function timeOfDay(at: number): string {
  return new Date(at + 8 * hour).toISOString().slice(11, 16);
}

/** Hours that began an hour ago and end in two. */
function hoursNow(): string {
  const now = systemClock.now();
  return `${timeOfDay(now - hour)}-${timeOfDay(now + 2 * hour)}`;
}

const acts = () =>
  world.logLines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ act }) => act === 'quiet_hours')
    .map(({ outcome, code, hours }) => ({ outcome, code, hours }));

async function poll(times: number): Promise<void> {
  for (let i = 0; i < times; i += 1) await world.app.pollNow();
}

describe('the hours of a quiet-hours group', () => {
  test('are unknown until they are entered, and then the cards of its tasks say when calling resumes', async () => {
    const { alice, app } = world;
    await app.pollNow();
    await alice.command('/dial watch Spring');
    const card = await alice.expectCard(channel, 'Spring renewal reminder');
    ahead += 20 * minute;
    await poll(4);
    await card.expectText(/Waiting.*no calls since/);

    await alice.command('/dial quiet');
    const list = await alice.expectEphemeral('hours not entered yet');
    expect(list.text()).toContain('Asia/Shanghai');
    await alice.command(`/dial quiet 午休 ${hoursNow()}`);
    await alice.expectEphemeral('Quiet hours of *午休时间*: daily ');
    await poll(2);
    await card.expectText(/Waiting.*quiet hours; resumes/);
    await alice.command('/dial quiet');
    await alice.expectEphemeral(/午休时间.*entered by <@U0ALICE/s);

    ahead += 2 * hour;
    await poll(1);
    await card.expectText('Dialing');
    ahead += 20 * minute;
    await poll(4);
    await card.expectText(/Waiting.*although no quiet hours are on/s);

    await alice.command('/dial quiet 午休时间 unknown');
    await alice.expectEphemeral('Quiet hours of *午休时间*: hours not entered yet.');
    await poll(2);
    await card.expectText(/Waiting.*no calls since(?!.*although)/);
    expect(acts()).toEqual([
      { outcome: 'done', code: undefined, hours: [expect.objectContaining({ days: [1, 2, 3, 4, 5, 6, 7] })] },
      { outcome: 'done', code: undefined, hours: null },
    ]);
  });

  test('are entered in a form, which keeps what is not clear and comes back as it was saved', async () => {
    const { limei } = world;
    await limei.command('/dial 禁呼 午休时间');
    const form = await limei.expectModal('quiet_hours_save');
    await form.fill({ hours: '12点到25点' }).submit();
    expect(await form.expectError('hours')).toContain('12点 到 25点');
    await form.fill({ hours: '周一至周五 12点到13点半\n周末 00:00-24:00' }).submit();
    const saved = await limei.expectModal('禁呼时段');
    await saved.expectText('周一至周五 12:00–13:30；周六、周日 00:00–24:00');
    await saved.press('quiet_hours:0');
    const again = await limei.expectModal('quiet_hours_save');
    expect(again.value('hours')).toBe('周一至周五 12:00–13:30\n周六、周日 00:00–24:00');
    await again.close({ all: true });
    await limei.command('/dial 禁呼 早会 8点到10点');
    await limei.expectEphemeral('*早会时间*：每天 08:00–10:00。');
  });

  test('are changed by nothing that is not clear, and for no group that the platform does not name', async () => {
    const { alice } = world;
    await alice.command('/dial quiet 休息 25:00-08:30');
    const refused = await alice.expectEphemeral('were not changed');
    await refused.press('quiet_hours:0');
    const form = await alice.expectModal('quiet_hours_save');
    await form.close();
    await alice.command('/dial quiet 时间 12:00-13:30');
    const which = await alice.expectEphemeral('Which group?');
    expect(which.buttons()).toHaveLength(3);
    await alice.command('/dial quiet nobody 12:00-13:30');
    await alice.expectEphemeral('No quiet-hours group matches');
    expect(acts()).toEqual([]);
  });

  test('that were entered at another bot are used from the next tick on', async () => {
    const { alice, app, config } = world;
    await app.pollNow();
    await alice.command('/dial watch Spring');
    const card = await alice.expectCard(channel, 'Spring renewal reminder');
    ahead += 20 * minute;
    await poll(4);
    await card.expectText(/Waiting.*no calls since/);
    const other = await openStore({ databaseUrl: null, dataDir: config.dataDir, clock: systemClock, log: silent });
    const given = readHours(hoursNow());
    const windows = given.kind === 'known' ? given.windows : [];
    await other.setQuietHours({ groupId: seededQuietIds.lunch, windows, person: 'U0BOB00001', at: 0 });
    await other.close();
    await poll(2);
    await card.expectText(/Waiting.*quiet hours; resumes/);
  });

  test('are entered although the platform cannot be read at that moment', async () => {
    const { alice, dialer } = world;
    await alice.command('/dial quiet 休息时间');
    const form = await alice.expectModal('quiet_hours_save');
    ahead += 10 * minute;
    dialer.faults.add({ kind: 'status', status: 503, route: 'init' });
    await form.fill({ hours: '21:00-08:30' }).submit();
    await (await alice.expectModal('Quiet hours')).expectText('Quiet hours of *休息时间*: daily 21:00–08:30.');
  });
});
