import { afterEach, expect, test } from '@jest/globals';
import type { Json } from '../../sandbox/slack/protocol.ts';
import { readPrivateData, writePrivateData, writeRequest } from '../../src/slack/bolt/private-data.ts';
import { eventually } from '../support/eventually.ts';
import { captured, type Payload, signedSender } from '../support/signed-sender.ts';
import { startWorld, taskNamed, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const share = { interactions: 10_000, windowMs: 10_000 };
const running = '教育机构试听邀约';

/** Ids that no list ever showed, made of one that was: other routes, other encodings, near misses, nonsense. */
function forgeries(real: string): string[] {
  const climbs = [
    '../destroy/',
    '..%2Fdestroy%2F',
    '%2e%2e/destroy/',
    '..\\destroy\\',
    '....//destroy/',
    '/destroy/',
    '..;/destroy/',
    '..%252Fdestroy%252F',
    './',
  ];
  const tails = ['/', '?x=1', '#y', '%00', '%2f..', ';a=b', ' ', '\n', '\u0000', '\u202e', '.json', '%20', '//', '/..'];
  const heads = [' ', '\t', '\ufeff', '%20', '.', '~', '@', ':', '*', "'"];
  const whole = [
    '',
    '.',
    '..',
    '0',
    '-1',
    'null',
    'undefined',
    '[object Object]',
    'destroy',
    'start',
    'create',
    '{id}',
  ];
  const near = [
    real.toUpperCase(),
    real.slice(0, -1),
    `${real}0`,
    real.replaceAll('-', ''),
    [...real].reverse().join(''),
  ];
  return [
    ...climbs.flatMap((climb) => ['', ...tails].map((tail) => `${climb}${real}${tail}`)),
    ...heads.flatMap((head) => tails.map((tail) => `${head}${real}${tail}`)),
    ...tails.map((tail) => `${real}${tail}`),
    ...heads.map((head) => `${head}${real}`),
    ...whole,
    ...near,
    'x'.repeat(64),
    'x'.repeat(1_900),
  ];
}

test('300 forged ids: only ids that the platform listed ever stand in a path', async () => {
  world = await startWorld({
    mode: 'http',
    config: { access: { allowGuests: false, share }, dialer: { timeoutMs: 1_000 } },
  });
  const { alice, dialer } = world;
  await world.app.pollNow();
  const { uuid: real } = taskNamed(dialer, running);

  await alice.command(`/dial watch ${running}`);
  const card = await alice.expectCard('outbound-calls', running, { timeoutMs: 10_000 });
  await card.press('task_pause');
  await eventually(() => dialer.effects('stop') === 1);
  const press = captured(world, 'block_actions');
  await alice.command('/dial delete Clinic');
  const form = await alice.expectModal('task_delete');
  await form.fill({ confirm_name: 'Clinic appointment check' }).submit();
  const submission = captured(world, 'view_submission');
  await eventually(() => dialer.effects('destroy') === 1);
  await world.app.pollNow();

  const pressing = (action_id: string, value: string): Payload => ({
    kind: 'interactive',
    body: { ...press, actions: [{ type: 'button', block_id: 'b', action_id, value, action_ts: '1.1' }] },
  });
  const submitting = (callback_id: string, data: Json, values: Json): Payload => ({
    kind: 'interactive',
    body: {
      ...submission,
      view: {
        ...(submission.view as Json),
        callback_id,
        private_metadata: writePrivateData({ channel: 'C0CALLS001', ...data }),
        state: { values },
      },
    },
  });
  const ways: ((id: string) => Payload)[] = [
    (id) => pressing('task_pause', id),
    (id) => pressing('task_start', id),
    (id) => pressing('task_start_anyway', id),
    (id) => pressing('form_open', writeRequest({ form: 'delete', task: id })),
    (id) => pressing('task_show', id),
    (id) => pressing('list_row:pause:0', JSON.stringify({ task: id })),
    (id) => pressing('list_row:start:1', JSON.stringify({ task: id })),
    (id) => submitting('task_delete', { taskId: id, name: 'x' }, { confirm_name: { confirm_name: { value: 'x' } } }),
    // A landline: what was typed comes back in the form, and a mobile number in it would pass for a leak.
    (id) => submitting('task_import', { taskId: id }, { numbers: { numbers: { value: '01082345678' } } }),
  ];
  const ids = forgeries(real);
  expect(new Set(ids).size).toBeGreaterThanOrEqual(300);
  const payloads = ids.flatMap((id, index) => ways[index % ways.length]?.(id) ?? []);

  const before = dialer.requests.length;
  const send = signedSender(world);
  for (const payload of payloads) {
    const ack = await send(payload);
    expect(ack.kind).toBe('acked');
  }
  // Everything that was begun ends before the app stops.
  await world.app.stop();

  const listed = new Set(dialer.tasks.map(({ uuid }) => uuid));
  const named = dialer.requests
    .slice(before)
    .map(({ path }) => path.replace(/\?.*$/, ''))
    .filter((path) => path !== '/v1/task' && path !== '/v1/task/create');
  const strays = named.filter((path) => !listed.has(path.slice(path.lastIndexOf('/') + 1)));
  expect(strays).toEqual([]);
  expect(dialer.effects('destroy')).toBe(1);
  expect(dialer.effects('import')).toBe(0);

  const { requests } = dialer;
  expect(requests.slice(before).filter(({ route }) => route === 'list').length).toBeLessThan(payloads.length);
});

test('a pause on what was last known goes out although the platform cannot be read', async () => {
  world = await startWorld({ config: { dialer: { timeoutMs: 500 } } });
  const { alice, dialer } = world;
  await world.app.pollNow();
  await alice.command(`/dial show ${running}`);
  const card = await alice.expectEphemeral(running);
  dialer.faults.add({ kind: 'status', status: 503, route: 'list' });
  await card.press('task_pause');
  await eventually(() => dialer.effects('stop') === 1);
});

test('a preview is sent and discarded by its person only', async () => {
  world = await startWorld({ mode: 'http', config: { dialer: { timeoutMs: 1_000 } } });
  const { alice, limei, dialer } = world;
  await alice.command('/dial import Clinic');
  const form = await alice.expectModal('task_import');
  await form.fill({ numbers: '13800138000\n13800138001' }).submit();
  await alice.expectModal('task_import_send', { timeoutMs: 10_000 });
  const given = captured(world, 'view_submission');
  const shown = world.slack.workspace.stack(alice.id).at(-1);
  if (shown === undefined) throw new Error('no view');
  const view = { ...(given.view as Json), ...shown.view, id: shown.id, state: { values: {} } };
  const fromLimei = { ...given, user: { ...(given.user as Json), id: limei.id }, view };
  const send = signedSender(world);

  await send({ kind: 'interactive', body: { ...fromLimei, type: 'view_submission' } });
  await eventually(() => world.logLines.some((line) => line.includes('not_yours')));
  await send({ kind: 'interactive', body: { ...fromLimei, type: 'view_closed', is_cleared: false } });
  expect(dialer.effects('import')).toBe(0);

  await send({ kind: 'interactive', body: { ...given, view } });
  await eventually(() => dialer.effects('import') === 1);
});

test('a draft that comes back with a view passes the same rules as one that is typed', async () => {
  world = await startWorld({ mode: 'http', config: { dialer: { timeoutMs: 1_000 } } });
  const { alice, dialer } = world;
  const { uuid } = taskNamed(dialer, 'Clinic appointment check');
  await alice.command('/dial edit Clinic');
  const form = await alice.expectModal('task_edit', { timeoutMs: 10_000 });
  await form.fill({ name: 'Clinic, renamed' }).submit();
  await alice.expectModal('task_edit_save', { timeoutMs: 10_000 });
  const stored = world.slack.workspace.stack(alice.id).at(-1);
  if (stored === undefined) throw new Error('no view');
  const { draft, ...data } = readPrivateData(String(stored.view.private_metadata));
  if (draft === undefined) throw new Error('no draft');
  const forged = writePrivateData({ ...data, draft: { ...draft, line: 'no-such-line', concurrency: 9_999 } });
  const given = captured(world, 'view_submission');
  const send = signedSender(world);
  const view = {
    ...(given.view as Json),
    ...stored.view,
    id: stored.id,
    private_metadata: forged,
    state: { values: {} },
  };
  await send({ kind: 'interactive', body: { ...given, view } });
  const again = await alice.expectModal('task_edit', { timeoutMs: 10_000 });
  expect(again.text()).toMatch(/not available|Exceeds/);
  expect(dialer.effects('update', uuid)).toBe(0);
});
