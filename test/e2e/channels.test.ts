import { afterEach, describe, expect, test } from '@jest/globals';
import type { Json } from '../../sandbox/slack/protocol.ts';
import { appFromManifest, defaultSeed, type Seed } from '../../sandbox/slack/seed.ts';
import { manifestOf } from '../../src/slack/manifest.ts';
import { eventually } from '../support/eventually.ts';
import { captured, signedSender } from '../support/signed-sender.ts';
import { startWorld, type World, type WorldOptions } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const secret = 'C0BOARD001';
const task = 'Spring renewal';
const channels: Seed['channels'] = [
  ...defaultSeed.channels,
  // The app is in it, Alice is not.
  { id: secret, name: 'board-room', kind: 'private', members: ['limei', 'bob', 'bot'] },
  { id: 'C0OLD00001', name: 'old-times', kind: 'public', members: ['alice', 'limei', 'bot'], isArchived: true },
  { id: 'C0QUIET001', name: 'quiet', kind: 'public', members: ['alice', 'bob'] },
];
const share = { interactions: 1_000, windowMs: 10_000 };

const start = async (options: WorldOptions = {}): Promise<World> => {
  world = await startWorld({
    ...options,
    slack: { seed: { channels, ...options.slack?.seed } },
    config: { access: { allowGuests: false, share } },
  });
  await world.app.pollNow();
  return world;
};

const withoutScopes = (...declined: string[]) => {
  const app = appFromManifest(manifestOf({ command: '/dial', publicUrl: null }));
  return { ...app, scopes: (app.scopes ?? []).filter((scope) => !declined.includes(scope)) };
};

/** Everything that was posted where more than one person reads it. */
const postedTo = (channel: string): Json[] =>
  world.slack.traffic
    .exchanges('chat.postMessage')
    .map(({ sent }) => sent)
    .filter((sent) => sent.channel === channel);
const answers = (): string[] =>
  world.slack.traffic.exchanges('response_url').map(({ sent }) => String(sent.text ?? ''));

/** 20 ways to name a channel one is not in, as Slack would deliver them when they are typed. */
const typed = (id: string, name: string): string[] => [
  `to <#${id}|${name}>`,
  `to <#${id}>`,
  `in <#${id}|>`,
  `<#${id}|x>`,
  `到 <#${id}|${name}>`,
  `to &lt;#${id}|${name}&gt;`,
  `to &amp;lt;#${id}|${name}&amp;gt;`,
  `to #${name}`,
  `to #${id}`,
  `to ${id}`,
  `to <#${id.toLowerCase()}|${name}>`,
  `to <#${id}|a> <#${id}|b>`,
  `to <<#${id}|${name}>>`,
  `to <!subteam^${id}|${name}>`,
  `to <@${id}|${name}>`,
  `to <#${id}|${name}> `,
  `to\t<#${id}|${name}>`,
  `in #${name} `,
  `TO <#${id}|${name}>`,
  `在 #${name}`,
];

/** What Slack itself would never deliver for this person: their client does not offer the channel. */
const written = (id: string): string[] => [
  `to <#${id}|x>`,
  `<#${id}>`,
  `in <#${id}|>`,
  `到 <#${id}|x>`,
  `在 <#${id}|y>`,
];

test('60 forged references to a channel one is not in: no post, no watch begun or ended, and not a word about it', async () => {
  await start({ mode: 'http' });
  const { alice, limei } = world;
  await limei.in('board-room').command(`/dial watch ${task}`);
  await limei.in('board-room').expectCard('board-room', task, { timeoutMs: 10_000 });
  await alice.command('/dial help');
  const command = captured(world, 'slash_commands');
  const send = signedSender(world);
  const posted = postedTo(secret).length;

  const escaped = typed(secret, 'board-room').map((place) =>
    place.startsWith('to &') ? place : place.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  );
  const places = [...escaped, ...written(secret), ...written('C0LOUNGE01')];
  const texts = places.flatMap((place) => [`watch Clinic ${place}`, `unwatch ${task} ${place}`]);
  expect(texts.length).toBeGreaterThanOrEqual(60);
  const said: string[] = [];
  for (const text of texts) {
    // Each has a response_url of its own, like a command that a person types.
    const fresh = world.slack.traffic.exchanges('response_url').length;
    await alice.command('/dial help');
    const own = captured(world, 'slash_commands');
    await eventually(() => answers().length > fresh);
    await send({ kind: 'slash_commands', body: { ...command, text, response_url: own.response_url } });
    await eventually(() => answers().length > fresh + 1);
    said.push(answers().at(-1) ?? '');
  }
  await world.app.pollNow();
  expect(said.filter((text) => /is now watched|already|no longer|not watched/.test(text))).toEqual([]);
  expect(said.filter((text) => text.includes('C0BOARD001') && !/No task matches|no channel of/.test(text))).toEqual([]);
  expect(postedTo(secret)).toHaveLength(posted);
  expect(postedTo('C0LOUNGE01')).toEqual([]);
  await limei.in('board-room').command('/dial watch');
  await limei.in('board-room').expectEphemeral(task);
});

describe('a channel that Slack wrote', () => {
  test('and the person is in: watched there, and whoever set it up is told when someone else ends it', async () => {
    const { alice, slack } = await start();
    const bob = slack.as('bob').in('general');
    await alice.command(`/dial watch ${task} to #quiet`);
    await alice.expectEphemeral('is now watched');
    await bob.command(`/dial unwatch ${task} in #quiet`);
    await bob.expectEphemeral(/no longer|not watched/);
    const note = await alice.expectDm('ended your watch');
    expect(note.text()).toContain(task);
  });

  test('of another place than the picker was shown in is kept by its buttons', async () => {
    const { alice, dialer } = await start();
    for (const { uuid, name } of dialer.tasks.slice(0, 2)) dialer.rival(uuid, { name: `Twin ${name}` });
    await world.app.pollNow();
    await alice.command('/dial watch Twin to #quiet');
    const picker = await alice.expectEphemeral('Which task?');
    await picker.press('pick:0');
    await alice.expectEphemeral('is now watched');
    await alice.in('quiet').command('/dial watch');
    await alice.in('quiet').expectEphemeral('Twin');
  });

  test.each([
    ['a private one without the app', 'leads', /\/invite/],
    ['an archived one', 'old-times', /archived/],
    ['one they are not in', '茶水间', /not in that channel/],
  ])('%s: said before anything is promised', async (_, name, words) => {
    const { alice } = await start();
    await alice.command(`/dial watch ${task} to #${name}`);
    await alice.expectEphemeral(words);
  });

  test('none of that name is a mistake in the channel, not in the name of the task', async () => {
    const { alice, limei } = await start();
    await alice.command(`/dial watch ${task} to #nope`);
    await alice.expectEphemeral('is no channel of this workspace');
    await limei.command(`/dial 订阅 ${task} 到 #nope`);
    await limei.expectEphemeral('不是这个工作区的频道');
  });

  test('cannot be checked where the scopes were declined, and the sentence says so', async () => {
    const { alice } = await start({ slack: { seed: { app: withoutScopes('channels:read', 'groups:read') } } });
    await alice.command(`/dial watch ${task} to #quiet`);
    await alice.expectEphemeral('`channels:read` and `groups:read` were not granted');
    await alice.command(`/dial watch ${task}`);
    await alice.expectEphemeral('is now watched');
  });
});

describe('the place the command is typed in', () => {
  test.each(['leads', 'dm'])(
    'cannot be posted to (%s): said before it is promised, with or without scopes',
    async (place) => {
      const { alice } = await start();
      const there = place === 'dm' ? alice.with('bob') : alice.in(place);
      await there.command(`/dial watch ${task}`);
      await there.expectEphemeral('/invite');
      await world.app.pollNow();
      expect(world.slack.traffic.exchanges('chat.postMessage').filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
    },
  );

  test('is told apart by its history where the scopes were declined', async () => {
    const { alice } = await start({ slack: { seed: { app: withoutScopes('channels:read', 'groups:read') } } });
    await alice.in('leads').command(`/dial watch ${task}`);
    await alice.in('leads').expectEphemeral('/invite');
  });

  test('is the own conversation with the app: watched there', async () => {
    const { alice } = await start();
    await alice.with('bot').command(`/dial watch ${task}`);
    await alice.expectDm('is now watched');
  });

  test('is between two people: the card of a new task goes to the person', async () => {
    const { alice } = await start();
    await alice.with('bob').command('/dial new Between us');
    const form = await alice.expectModal('task_create');
    await form
      .fill({ line: 'Beijing Outbound A', script: '车险到期提醒', quiet_hours: '午休时间', redial_rule: '默认' })
      .submit();
    await alice.expectDm('Between us', { timeoutMs: 10_000 });
  });
});
