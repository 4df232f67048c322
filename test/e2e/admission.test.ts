import { afterEach, describe, expect, test } from '@jest/globals';
import type { Json } from '../../sandbox/slack/protocol.ts';
import { appFromManifest, defaultSeed, type Seed } from '../../sandbox/slack/seed.ts';
import { en } from '../../src/i18n/en.ts';
import { zhCN } from '../../src/i18n/zh-CN.ts';
import { manifestOf } from '../../src/slack/manifest.ts';
import { eventually } from '../support/eventually.ts';
import { captured, type Payload, signedSender } from '../support/signed-sender.ts';
import { startWorld, type World, type WorldOptions } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const plain = { tz: 'Asia/Shanghai', locale: 'en-US', title: '' };
const outsiders: Seed['people'] = [
  { id: 'U0STRANGER', name: 'mallory', realName: 'Mallory', teamId: 'T0ELSEWHERE', ...plain },
  { id: 'U0BOTTED01', name: 'robot', realName: 'Another app', isBot: true, ...plain },
  { id: 'U0LEFT0001', name: 'gone', realName: 'Gone', isDeactivated: true, ...plain },
  { id: 'U0GUEST001', name: 'guest', realName: 'Guest', isGuest: true, ...plain },
];
const people = [...defaultSeed.people, ...outsiders];
const roomy = { interactions: 1_000, windowMs: 10_000 };
const running = '教育机构试听邀约';

const start = async (options: WorldOptions = {}): Promise<World> => {
  world = await startWorld({
    mode: 'http',
    ...options,
    slack: { seed: { people, ...options.slack?.seed } },
    config: { access: { allowGuests: false, share: roomy }, ...options.config },
  });
  return world;
};

const set = (body: Json, change: Json): Json => ({ ...body, ...change });
const userOf = (body: Json): Json => body.user as Json;

/** One payload of every kind that the app can be sent, all from Alice. */
async function everyKind({ alice }: World): Promise<Record<string, Payload>> {
  await alice.command(`/dial watch ${running}`);
  const card = await alice.expectCard('outbound-calls', running, { timeoutMs: 10_000 });
  await card.press('task_pause');
  const press = captured(world, 'block_actions');
  await alice.command('/dial list');
  const command = captured(world, 'slash_commands');
  await alice.command('/dial new Knock');
  const form = await alice.expectModal('task_create');
  await form.fill({ line: 'Beijing Outbound A' }).apply();
  const choice = captured(world, 'block_actions');
  await form.fill({ name: '' }).submit();
  await form
    .fill({ name: 'Knock', script: '车险到期提醒', quiet_hours: '午休时间', redial_rule: '默认', concurrency: '99' })
    .submit();
  const submission = captured(world, 'view_submission');
  await form.close({ all: true });
  const { view, trigger_id: _, response_urls: __, ...common } = submission;
  const event = (type: string, more: Json = {}): Payload => ({
    kind: 'events_api',
    body: {
      type: 'event_callback',
      api_app_id: common.api_app_id,
      team_id: 'T0SANDBOX1',
      authorizations: [{ team_id: 'T0SANDBOX1', enterprise_id: null, user_id: 'U0BOT00001', is_bot: true }],
      event: {
        type,
        user: alice.id,
        channel: 'C0CALLS001',
        user_team: 'T0SANDBOX1',
        ts: '1.2',
        text: 'start',
        ...more,
      },
    },
  });
  const interactive = (body: Json): Payload => ({ kind: 'interactive', body });
  return {
    command: { kind: 'slash_commands', body: command },
    'command pause': { kind: 'slash_commands', body: set(command, { text: `pause ${running}` }) },
    'command start': { kind: 'slash_commands', body: set(command, { text: `start ${running}` }) },
    press: interactive(press),
    'choice in a modal': interactive(choice),
    submission: interactive(submission),
    query: interactive({ ...common, type: 'block_suggestion', action_id: 'line', block_id: 'line', value: 'a', view }),
    'closed view': interactive({ ...common, type: 'view_closed', is_cleared: false, view }),
    shortcut: interactive({ ...common, type: 'shortcut', callback_id: 'new_task', action_ts: '1.1' }),
    'message shortcut': interactive({ ...common, type: 'message_action', callback_id: 'x', message: { ts: '1.1' } }),
    mention: event('app_mention'),
    'direct message': event('message', { channel_type: 'im' }),
    'Home opened': event('app_home_opened', { tab: 'home' }),
  };
}

/** The same payload from another person, who says to be of that workspace. */
function sentBy({ kind, body }: Payload, id: string, team: string | null): Payload {
  if (kind === 'slash_commands') return { kind, body: set(body, { user_id: id, ...(team ? { team_id: team } : {}) }) };
  if (kind === 'events_api') {
    return {
      kind,
      body: set(body, { event: { ...(body.event as Json), user: id, ...(team ? { user_team: team } : {}) } }),
    };
  }
  return { kind, body: set(body, { user: { ...userOf(body), id, ...(team ? { team_id: team } : {}) } }) };
}

function ofTeam({ kind, body }: Payload): Payload {
  const team = 'T0ELSEWHERE';
  if (kind === 'slash_commands') return { kind, body: set(body, { team_id: team }) };
  if (kind === 'events_api') return { kind, body: set(body, { team_id: team, authorizations: [{ team_id: team }] }) };
  return { kind, body: set(body, { team: { id: team, domain: 'elsewhere' } }) };
}

const senders: Record<string, { why: string; send(payload: Payload): Payload; who: string }> = {
  'a stranger': { why: 'stranger', send: (it) => sentBy(it, 'U0STRANGER', 'T0ELSEWHERE'), who: 'U0STRANGER' },
  'a stranger whose payload hides it': {
    why: 'stranger',
    send: (it) => sentBy(it, 'U0STRANGER', null),
    who: 'U0STRANGER',
  },
  'someone Slack does not know': { why: 'stranger', send: (it) => sentBy(it, 'U0NOBODY01', null), who: 'U0NOBODY01' },
  'another team': { why: 'other_team', send: ofTeam, who: 'U0ALICE001' },
  'another app': {
    why: 'other_app',
    send: ({ kind, body }) => ({ kind, body: set(body, { api_app_id: 'A0OTHER001' }) }),
    who: 'U0ALICE001',
  },
  'a bot': { why: 'bot', send: (it) => sentBy(it, 'U0BOTTED01', null), who: 'U0BOTTED01' },
  Slackbot: { why: 'bot', send: (it) => sentBy(it, 'USLACKBOT', null), who: 'USLACKBOT' },
  'a deactivated person': { why: 'deactivated', send: (it) => sentBy(it, 'U0LEFT0001', null), who: 'U0LEFT0001' },
  'a guest': { why: 'guest', send: (it) => sentBy(it, 'U0GUEST001', null), who: 'U0GUEST001' },
};

const refusals = (): Json[] =>
  world.logLines.map((line) => JSON.parse(line) as Json).filter(({ message }) => message === 'refused');
const posts = (): number =>
  world.slack.traffic
    .exchanges()
    .filter(
      ({ direction, name }) =>
        direction === 'from-app' && /^(chat\.(post|update)|files\.|views\.(open|push|publish))/.test(name),
    )
    .filter(({ name, sent }) => name !== 'chat.postEphemeral' && sent !== null).length;

test('who may not knock: nothing reaches the platform or a channel, and each refusal is logged with who and why', async () => {
  await start();
  const kinds = await everyKind(world);
  await world.app.pollNow();
  const send = signedSender(world);
  // The first look at someone is logged like any other; the platform is quiet from here on.
  await eventually(
    () => world.dialer.requests.length > 0 && world.dialer.requests.every(({ status }) => status !== null),
  );
  const before = { requests: world.dialer.requests.length, posts: posts() };
  let expected = 0;
  for (const [sender, { why: usual, send: from, who }] of Object.entries(senders)) {
    for (const [kind, payload] of Object.entries(kinds)) {
      // A command names one workspace, which is that of its person.
      const why = sender === 'a stranger' && payload.kind === 'slash_commands' ? 'other_team' : usual;
      const ack = await send(from(payload));
      expect([sender, kind, ack.kind]).toEqual([sender, kind, 'acked']);
      expected += 1;
      const seen = await eventually(() => (refusals().length >= expected ? refusals().at(-1) : undefined));
      expect([sender, kind, seen.why, seen.who]).toEqual([sender, kind, why, who]);
    }
  }
  expect(refusals()).toHaveLength(Object.keys(senders).length * Object.keys(kinds).length);
  expect({ requests: world.dialer.requests.length, posts: posts() }).toEqual(before);
});

describe('the words of a refusal', () => {
  test('are private, in the language of their reader, and keep what was typed', async () => {
    const guests = ['alice', 'limei'].map((name) => ({
      ...(people.find((person) => person.name === name) ?? people[0]),
      isGuest: true,
    })) as Seed['people'];
    await start({ mode: 'socket', slack: { seed: { people: [...guests, ...people.slice(2)] } } });
    await world.alice.command('/dial start Clinic');
    expect((await world.alice.expectEphemeral('ALLOW_GUESTS')).text()).toContain(en.refusals.guest);
    await world.limei.command('/dial start Clinic');
    expect((await world.limei.expectEphemeral('ALLOW_GUESTS')).text()).toContain(zhCN.refusals.guest);
    expect(world.dialer.effects('start')).toBe(0);
  });

  test('a submission that is refused for the moment stays as it was filled, and passes later', async () => {
    await start({
      mode: 'socket',
      config: { access: { allowGuests: false, share: { interactions: 3, windowMs: 3_000 } } },
    });
    await world.alice.command('/dial new Patience');
    const form = await world.alice.expectModal('task_create');
    await world.alice.command('/dial help');
    const filled = {
      line: 'Beijing Outbound A',
      script: '车险到期提醒',
      quiet_hours: '午休时间',
      redial_rule: '默认',
      concurrency: '99',
    };
    await form.fill(filled).submit();
    expect(await form.expectError('name')).toContain('That was a lot at once');
    expect(form.value('name')).toBe('Patience');
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await form.fill(filled).submit();
    expect(await form.expectError('concurrency')).not.toContain('a lot at once');
  });
});

describe('guests', () => {
  test('are served where the setting allows it', async () => {
    await start({ mode: 'socket', config: { access: { allowGuests: true, share: roomy } } });
    const guest = world.slack.as('guest').in('general');
    await guest.command('/dial help');
    await guest.expectEphemeral('What you can do here');
  });
});

describe('when Slack does not say who someone is', () => {
  test('a pause passes, and everything else is refused in words', async () => {
    await start({ mode: 'socket' });
    await world.app.pollNow();
    world.slack.faults.next('users.info', { kind: 'error', error: 'internal_error' }, 50);
    await world.alice.command(`/dial start ${running}`);
    await world.alice.expectEphemeral(en.refusals.unsure);
    await world.alice.command('/dial show 1');
    await world.alice.command(`/dial pause ${running}`);
    await eventually(() => world.dialer.effects('stop') === 1);
    expect(world.dialer.effects('start')).toBe(0);
  });

  test('a look-up that hangs holds a pause up for a second at most', async () => {
    await start({ mode: 'socket' });
    await world.app.pollNow();
    world.slack.faults.next('users.info', { kind: 'delay', ms: 30_000 }, 50);
    const began = Date.now();
    await world.alice.command(`/dial pause ${running}`);
    await eventually(() => world.dialer.effects('stop') === 1);
    expect(Date.now() - began).toBeLessThan(15_000);
  });

  test('where users:read was declined, the workspace in the payload decides alone', async () => {
    const app = appFromManifest(manifestOf({ command: '/dial', publicUrl: null }));
    const scopes = (app.scopes ?? []).filter((scope) => scope !== 'users:read');
    await start({ slack: { seed: { app: { ...app, scopes } } } });
    await world.alice.command('/dial help');
    await world.alice.expectEphemeral('What you can do here');
    const send = signedSender(world);
    const command: Payload = { kind: 'slash_commands', body: captured(world, 'slash_commands') };
    await send(sentBy(command, 'U0STRANGER', 'T0ELSEWHERE'));
    await eventually(() => refusals().length === 1);
  });
});

describe('fair shares', () => {
  test('one who presses without end is told once, and neither their pause nor anybody else waits', async () => {
    await start({
      mode: 'socket',
      config: { access: { allowGuests: false, share: { interactions: 20, windowMs: 60_000 } } },
    });
    await world.app.pollNow();
    const flood = Array.from({ length: 100 }, () => world.alice.command('/dial help'));
    await world.limei.command('/dial pause Spring renewal');
    await eventually(() => world.dialer.effects('stop') === 1);
    await Promise.all(flood);
    await world.alice.command(`/dial pause ${running}`);
    await eventually(() => world.dialer.effects('stop') === 2);
    const said = () => world.slack.traffic.exchanges('response_url').map(({ sent }) => JSON.stringify(sent));
    await eventually(() => said().filter((text) => text.includes('What you can do here')).length === 20);
    expect(said().filter((text) => text.includes('That was a lot at once'))).toHaveLength(1);
    expect(refusals().map(({ why, who }) => [why, who])).toEqual([['over_share', world.alice.id]]);
  });
});

test('only one reading of the platform serves all who ask at once', async () => {
  await start({ mode: 'socket', slack: { seed: { people } } });
  const before = world.dialer.requests.filter(({ route }) => route === 'list').length;
  world.dialer.faults.add({ kind: 'delay', ms: 500, route: 'list' } as never);
  await Promise.all(['alice', 'limei', 'bob'].map((who) => world.slack.as(who).in('general').command('/dial list')));
  for (const who of ['alice', 'bob'])
    await world.slack.as(who).in('general').expectEphemeral('12 tasks', { timeoutMs: 10_000 });
  expect(world.dialer.requests.filter(({ route }) => route === 'list').length - before).toBeLessThanOrEqual(2);
});
