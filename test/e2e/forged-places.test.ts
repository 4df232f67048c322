import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { systemClock } from '../../src/clock.ts';
import { createLog } from '../../src/log.ts';
import { writePrivateData, writeRequest } from '../../src/slack/bolt/private-data.ts';
import { openStore } from '../../src/store/store.ts';
import { captured, type Payload, signedSender } from '../support/signed-sender.ts';
import { channel, startWorld, type World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld({ mode: 'http', dialer: { speed: 0 } });
  await world.app.pollNow();
});
afterEach(() => world.close());

const settled = () => new Promise((resolve) => setTimeout(resolve, 400));

/** What is stored of settings of notices. */
async function stored() {
  const log = createLog('error', () => undefined);
  const { dataDir } = world.config;
  const store = await openStore({ databaseUrl: null, dataDir, clock: systemClock, log });
  const settings = [await store.channelSettings(), await store.personSettings()];
  await store.close();
  return settings;
}

test('whose settings are changed is checked again when they are: not those of others, nor of channels one is not in', async () => {
  const { limei, slack } = world;
  slack.workspace.channel('leads')?.members.add(slack.botUserId);
  const bob = slack.as('bob').in(channel);
  await bob.command('/dial watch list');
  await (await bob.expectEphemeral('Nothing is watched here')).press('notice_settings_open');
  const form = await bob.expectModal('notice_settings_save');
  await form.submit();
  await form.expectText('are saved');
  const before = await stored();
  const press = captured(world, 'block_actions');
  const submission = captured(world, 'view_submission');
  const opened = slack.traffic.exchanges('views.open').length;

  const send = signedSender(world);
  const view = submission.view as Record<string, unknown>;
  const pressing = (action_id: string, value: string): Payload => ({
    kind: 'interactive',
    body: { ...press, actions: [{ type: 'button', block_id: 'b', action_id, value, action_ts: '1.1' }] },
  });
  for (const place of [limei.id, 'C0LEADS001', 'C0NOWHERE1', '../x', '']) {
    await send(pressing('notice_settings_open', place));
    if (/^[A-Z0-9]+$/.test(place)) {
      const data = writePrivateData({ channel: 'C0CALLS001', place });
      await send({ kind: 'interactive', body: { ...submission, view: { ...view, private_metadata: data } } });
    }
  }
  await send(pressing('form_retry', writeRequest({ form: 'notices', place: limei.id })));
  await settled();
  expect(await stored()).toEqual(before);
  // The last one shows an error in its place.
  const views = slack.traffic.exchanges('views.open').slice(opened);
  expect(JSON.stringify(views)).not.toContain('notice_kinds');
});
