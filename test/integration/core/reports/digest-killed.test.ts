import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { defaultLimits } from '../../../../src/core/notices/policy.ts';
import { createDigests } from '../../../../src/core/reports/digests.ts';
import { createReports } from '../../../../src/core/reports/reports.ts';
import { createDays } from '../../../../src/core/time/days.ts';
import { createBoard } from '../../../../src/core/watch/board.ts';
import { refreshBoard } from '../../../../src/core/watch/refresh.ts';
import type { Store } from '../../../../src/store/store.ts';
import { createDeliveryRig, type DeliveryRig } from '../../../support/core/delivery-rig.ts';
import { mortal } from '../../../support/mortal.ts';

const minute = 60_000;
const days = createDays('Asia/Shanghai');
/** Every call that changes the store, and the message. */
const acting = /^(?:lease|renew|enqueue|updateItem|setMessageOf|postDigest)$/;

let rig: DeliveryRig;
beforeAll(async () => {
  rig = await createDeliveryRig();
});
afterAll(() => rig.close());

/** A bot that looks for digests and delivers them, until it dies. */
async function work(store: Store, slack: DeliveryRig['slack'], owner: string, restored = false): Promise<void> {
  const { clock, log } = rig;
  const board = createBoard(clock);
  const bot = rig.bot({ store, messenger: slack, board, owner });
  const act = async (): Promise<void> => {
    digests.refreshed(await refreshBoard(board, store));
    await digests.look(restored);
    await bot.flush();
  };
  const reports = createReports({ store, board, days, clock, keptDays: 90, zone: 'Asia/Shanghai' });
  const digests = createDigests({ store, reports, board, days, clock, log });
  await act().catch(() => undefined);
  await bot.stop().catch(() => undefined);
}

/** A channel whose digest is due in a minute. */
async function dueSoon(channel: string): Promise<void> {
  const { clock, store } = rig;
  const today = days.dayOf(clock.now());
  const minutes = Math.floor((clock.now() - days.instantOf(today, 0)) / minute) + 1;
  const digest = { minutes, days: [1, 2, 3, 4, 5, 6, 7], owner: 'U1', since: clock.now(), brokenBy: null };
  await store.changeChannelSettings(channel, { digest });
  await clock.advance(2 * minute);
}

const postedIn = (channel: string): number =>
  rig.slack.messages.filter((message) => message.channel === channel && message.digest !== undefined).length;

describe('the digest of a channel', () => {
  test.each([false, true])(
    'is posted once when a bot dies at any of its calls (after them: %s), and two others go on',
    async (after) => {
      let survived = false;
      for (let dieAt = 0; !survived; dieAt += 1) {
        expect(dieAt).toBeLessThan(20);
        const channel = `C${after ? 'A' : 'B'}${dieAt}`;
        await dueSoon(channel);
        const { wrap, isDead } = mortal({ acting, dieAt, after });
        await rig.clock.until(work(wrap(rig.store), wrap(rig.slack), `dying-${dieAt}`));
        survived = !isDead();
        // What it had leased is free again.
        await rig.clock.advance(defaultLimits.leaseMs);
        await rig.clock.until(Promise.all(['one', 'other'].map((owner) => work(rig.store, rig.slack, owner))));
        expect([dieAt, postedIn(channel)]).toEqual([dieAt, 1]);
        await rig.store.changeChannelSettings(channel, { digest: null });
        if (survived) expect(dieAt).toBeGreaterThan(3);
      }
    },
  );

  test('that was posted after the copy was made is not posted again when that is restored; one that was not is', async () => {
    await rig.clock.advance(defaultLimits.leaseMs);
    await dueSoon('C-posted');
    await rig.clock.until(work(rig.store, rig.slack, 'one'));
    expect(postedIn('C-posted')).toBe(1);
    const copy = await createDeliveryRig();
    try {
      for (const channel of ['C-posted', 'C-missed']) {
        const [digest] = (await rig.store.channelSettings()).flatMap((each) => each.digest ?? []);
        if (digest === undefined) throw new Error('no digest is set');
        await copy.store.changeChannelSettings(channel, { digest });
      }
      await rig.clock.until(work(copy.store, rig.slack, 'restored', true));
      expect([postedIn('C-posted'), postedIn('C-missed')]).toEqual([1, 1]);
    } finally {
      await copy.close();
    }
  });
});
