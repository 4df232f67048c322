import { afterEach, describe, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { createHurriedClock } from '../support/hurried-clock.ts';
import { parts } from '../support/view-text.ts';
import { channel, startWorld, taskNamed, type World, type WorldOptions } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const start = async (options: WorldOptions = {}): Promise<World> => {
  world = await startWorld({ clock: createHurriedClock(5, 500), ...options });
  return world;
};
const patience = { timeoutMs: 10_000 };

/** Names as a customer's account may hold them. */
const hostile = [
  '*bold* _it_ ~gone~ `code`',
  '<!channel> <@U0ALICE001> & <script>',
  '@here #general :tada: 🎉🎉',
  '2024',
  '七'.repeat(100),
  'x'.repeat(100),
  'Twin',
  'Twin',
];

async function withHostileNames(): Promise<World> {
  await start({ dialer: { account: 'fresh', extra: { tasks: hostile.length } } });
  world.dialer.tasks.forEach(({ uuid }, index) => {
    world.dialer.rival(uuid, { name: hostile[index] ?? 'spare' });
  });
  return world;
}

describe('names that mean something to Slack', () => {
  test('are listed, shown, watched and asked for as they stand, and address nobody', async () => {
    const { alice, slack } = await withHostileNames();
    await alice.command('/dial list');
    await alice.expectEphemeral('8 tasks');
    for (const [at, name] of hostile.slice(0, 6).entries()) {
      await alice.command(`/dial watch ${name}`);
      await alice.expectEphemeral('is now watched');
      await alice.command(`/dial show "${name}"`);
      const place = Math.min(20, [...name].length);
      const start = [...name]
        .slice(0, place)
        .join('')
        .replace(/[*_~`<>&@#:].*/s, '');
      await alice.expectEphemeral(start);
      expect(world.dialer.tasks[at]?.name).toBe(name);
    }
    const messages = slack.snapshot('alice').channels.flatMap((seen) => seen.messages);
    const markup = [...messages.map(({ text }) => text), ...parts(messages, 'mrkdwn').map(({ text }) => String(text))];
    expect(markup.filter((text) => /<!channel|<@U0ALICE001|<script/.test(text))).toEqual([]);
  });

  test('two of the same name are never guessed between', async () => {
    const { alice, dialer } = await withHostileNames();
    await alice.command('/dial pause Twin');
    const picker = await alice.expectEphemeral('Which task?');
    expect(picker.buttons().filter(({ actionId }) => actionId.startsWith('pick:'))).toHaveLength(2);
    expect(dialer.effects('stop')).toBe(0);
  });

  test('the whole name is what a deletion asks for, however long', async () => {
    const { alice, dialer } = await withHostileNames();
    const long = 'x'.repeat(100);
    await alice.command(`/dial delete ${long}`);
    const form = await alice.expectModal('task_delete');
    expect(form.text()).toContain(long);
    await form.fill({ confirm_name: long }).submit();
    await alice.expectModal('Task deleted', patience);
    expect(dialer.effects('destroy')).toBe(1);
  });
});

describe('what a person may type', () => {
  test('all tasks at once are never started, and no task is taken for "all"', async () => {
    const { alice, dialer } = await start();
    const clinic = taskNamed(dialer, 'Clinic appointment check');
    dialer.rival(clinic.uuid, { name: 'Call all members' });
    await alice.command('/dial start all');
    await alice.expectEphemeral('cannot be applied to all of them');
    expect(dialer.effects('start')).toBe(0);
  });

  test('a copy: two hyphens, the dash a phone makes of them, and no task at all', async () => {
    const { alice } = await start();
    for (const typed of ['--from Clinic', '—from Clinic']) {
      await alice.command(`/dial new ${typed}`);
      const form = await alice.expectModal('task_create', patience);
      expect(form.value('name')).toContain('Clinic appointment check');
      await form.close({ all: true });
    }
    await alice.command('/dial new --from');
    await alice.expectEphemeral('--from');
    expect(alice.snapshot().views).toEqual([]);
  });

  test('a number of a list that has changed since means the task that stood there, or none', async () => {
    const { alice, dialer } = await start();
    await world.app.pollNow();
    await alice.command('/dial list');
    const list = await alice.expectEphemeral('12 tasks');
    const first = /^1\n([^\n]+)/m.exec(list.text())?.[1] ?? '';
    const { uuid } = taskNamed(dialer, first);
    dialer.rival(uuid, 'destroy');
    await alice.command('/dial show 1');
    await alice.expectEphemeral('no longer exists', patience);
    await alice.command('/dial show 2');
    await alice.expectEphemeral((message) => message.blocks.length > 2);
  });
});

describe('when the platform does not answer', () => {
  test('a pause goes out on what was last known', async () => {
    const { alice, dialer } = await start();
    await world.app.pollNow();
    dialer.faults.add({ kind: 'status', route: 'list', status: 401 });
    await world.app.pollNow();
    const asked = dialer.requests.length;
    await alice.command('/dial pause Spring');
    await eventually(() => dialer.effects('stop') === 1);
    // At most one look at the list before: it is not read again and again first.
    expect(dialer.requests.slice(asked).findIndex(({ route }) => route === 'stop')).toBeLessThan(2);
    await alice.expectEphemeral(/not known yet/, { timeoutMs: 15_000 });
  });

  test('an import in an account of 300 tasks still finds its task', async () => {
    const { alice, dialer } = await start({ dialer: { extra: { tasks: 300 } } });
    await alice.command('/dial import');
    const form = await alice.expectModal('task_import', patience);
    await form.fill({ task: 'Clinic', numbers: '13800138000' }).submit();
    await alice.expectModal('task_import_send', patience);
    expect(dialer.tasks.length).toBeGreaterThan(300);
  });

  test('a rate limit in the middle of an import is waited out', async () => {
    const { alice, dialer } = await start({ config: { dialer: { importBatch: 5 } } });
    dialer.faults.add({ kind: 'status', route: 'import', status: 429, retryAfter: 1, times: 1, skip: 1 });
    await alice.command('/dial import Clinic');
    const numbers = Array.from({ length: 20 }, (_, index) => `1380013${8000 + index}`).join('\n');
    await (await alice.expectModal('task_import')).fill({ numbers }).submit();
    await (await alice.expectModal('task_import_send')).submit();
    await (await alice.expectModal('Import result', patience)).expectText('20 numbers imported');
  });

  test('an import that ends early says why and how to fix it', async () => {
    const { alice, dialer } = await start();
    dialer.faults.add({ kind: 'redirect', route: 'import' });
    await alice.command('/dial import Clinic');
    await (await alice.expectModal('task_import')).fill({ numbers: '13800138000' }).submit();
    await (await alice.expectModal('task_import_send')).submit();
    await (await alice.expectModal('Import result', patience)).expectText('DIALER_URL');
  });
});

describe('when Slack does not', () => {
  test('a card whose edit is refused is answered privately', async () => {
    const { alice, slack, dialer } = await start();
    await alice.command('/dial watch Clinic');
    const card = await alice.expectCard(channel, 'Clinic appointment check');
    // The outbox edits the card as well: whichever of the two comes first, the one of the press is refused.
    slack.faults.next('chat.update', { kind: 'error', error: 'message_not_found' }, 2);
    await card.press('task_start');
    await alice.expectEphemeral('has started', patience);
    expect(dialer.effects('start')).toBe(1);
  });

  test('a private answer that comes too fast for Slack comes a moment later', async () => {
    const { alice, slack } = await start();
    await alice.command('/dial delete Clinic');
    const form = await alice.expectModal('task_delete');
    for (const method of ['chat.postEphemeral', 'chat.postMessage']) {
      slack.faults.next(method, { kind: 'rate_limited', retryAfter: 1 });
    }
    world.dialer.faults.add({ kind: 'delay', route: 'list', ms: 150 });
    await form.fill({ confirm_name: 'Clinic appointment check' }).submit();
    await form.close({ all: true });
    await alice.expectEphemeral('has been deleted', patience);
  });

  test('a person whose language cannot be had is answered in the common one', async () => {
    const { limei, slack } = await start();
    slack.faults.next('users.info', { kind: 'error', error: 'missing_scope' });
    await limei.command('/dial help');
    await limei.expectEphemeral('What you can do here');
  });

  test('a person whom Slack cannot vouch for right now is asked to try again, and then served', async () => {
    const { limei, slack } = await start();
    // Asked for who they are, and once more for the language of the refusal.
    slack.faults.next('users.info', { kind: 'error', error: 'fatal_error' }, 2);
    await limei.command('/dial help');
    await limei.expectEphemeral('Slack did not confirm who you are');
    await limei.command('/dial help');
    await limei.expectEphemeral('帮助');
  });

  test('a modal that can no longer be opened leaves a button that opens it', async () => {
    const { alice, slack } = await start();
    slack.faults.next('views.open', { kind: 'error', error: 'expired_trigger_id' });
    await alice.command('/dial new Too late');
    const message = await alice.expectEphemeral('could not be opened in time');
    await message.press('form_open');
    expect((await alice.expectModal('task_create', patience)).value('name')).toBe('Too late');
  });
});

test('an edit right after the start, before the first poll, keeps the line of its task', async () => {
  const { alice, dialer } = await start({ faults: [{ kind: 'status', route: 'list', status: 503 }] });
  await world.app.pollNow();
  dialer.faults.clear();
  const full = dialer.tasks.find((task) => task.name === '双十一会员回访');
  await alice.command(`/dial edit ${full?.uuid}`);
  const form = await alice.expectModal('task_edit', patience);
  await form.fill({ remark: 'Same line' }).submit();
  await alice.expectModal('task_edit_save', patience);
});
