import { createHmac, randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type RunningApp, startApp } from '../../src/app.ts';
import { createLog } from '../../src/log.ts';
import { eventually } from '../support/eventually.ts';
import { channel, startWorld, taskNamed, type World } from '../support/world.ts';

let world: World;
const others: RunningApp[] = [];
afterEach(async () => {
  for (const app of others.splice(0)) await app.stop();
  await world.close();
});

/** A second bot on the store of the first, or the same one after a restart. */
async function another(): Promise<RunningApp> {
  const app = await startApp(world.config, { log: createLog('debug', (line) => world.logLines.push(line)) });
  others.push(app);
  return app;
}

/** Sends a payload as Slack does, signed; answers the status and the body. */
async function deliver(port: number, body: string, type: string): Promise<{ status: number; body: string }> {
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const hash = createHmac('sha256', world.slack.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  const response = await fetch(`http://127.0.0.1:${port}/slack/events`, {
    method: 'POST',
    body,
    headers: { 'content-type': type, 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${hash}` },
  });
  return { status: response.status, body: await response.text() };
}

const form = 'application/x-www-form-urlencoded';
const interaction = (port: number, payload: object) =>
  deliver(port, new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), form);

const alice = () => ({ id: world.slack.workspace.resolve('alice'), team_id: 'T0SANDBOX1' });
const channelId = (): string => world.slack.workspace.channel(channel)?.id ?? '';
const command = (text: string | null): string =>
  new URLSearchParams({
    command: '/dial',
    user_id: alice().id,
    team_id: 'T0SANDBOX1',
    api_app_id: 'A0SANDBOX1',
    channel_id: channelId(),
    channel_name: channel,
    trigger_id: randomUUID(),
    ...(text === null ? {} : { text }),
  }).toString();

describe('a captured delivery', () => {
  test('replayed fifty times, at a second bot and after a restart, acts once', async () => {
    world = await startWorld({ mode: 'http' });
    const { dialer, app } = world;
    const { uuid } = taskNamed(dialer, 'Clinic appointment check');
    const captured = command('start Clinic appointment check');
    const first = await deliver(app.port, captured, form);
    expect(first.status).toBe(200);
    await eventually(() => dialer.effects('start', uuid) === 1);

    const second = await another();
    for (let i = 0; i < 50; i++) expect(await deliver(app.port, captured, form)).toEqual(first);
    for (let i = 0; i < 10; i++) expect(await deliver(second.port, captured, form)).toEqual(first);
    await app.stop();
    const restarted = await another();
    for (let i = 0; i < 10; i++) expect(await deliver(restarted.port, captured, form)).toEqual(first);
    // What a replay began would be over by the time that one more command has been answered.
    await deliver(restarted.port, command('list'), form);
    expect(dialer.requests.filter(({ route }) => route === 'start')).toHaveLength(1);
  });

  test('of a form gets the answer of the first, from any bot', async () => {
    world = await startWorld({ mode: 'http' });
    const { app } = world;
    const second = await another();
    const submission = {
      type: 'view_submission',
      team: { id: 'T0SANDBOX1' },
      user: alice(),
      api_app_id: 'A0SANDBOX1',
      trigger_id: randomUUID(),
      view: {
        id: 'V1',
        callback_id: 'task_delete',
        private_metadata: JSON.stringify({ channel: channelId(), taskId: 'x', name: 'Spring' }),
        state: { values: { confirm_name: { confirm_name: { type: 'plain_text_input', value: 'not it' } } } },
        blocks: [],
      },
    };
    const first = await interaction(app.port, submission);
    expect(JSON.parse(first.body)).toMatchObject({ response_action: 'errors' });
    expect(await interaction(app.port, submission)).toEqual(first);
    expect(await interaction(second.port, submission)).toEqual(first);
  });
});

describe('a payload of a shape that nobody expects', () => {
  /** Error lines of the log that a person's reference would find. */
  const failures = () =>
    world.logLines
      .map((line) => JSON.parse(line) as { level: string; message: string; reference?: string; where?: string })
      .filter(({ level, reference }) => level === 'error' && reference !== undefined);

  const view = { id: 'V1', callback_id: 'task_create', private_metadata: '', blocks: [] };
  const from = () => ({
    team: { id: 'T0SANDBOX1' },
    user: alice(),
    api_app_id: 'A0SANDBOX1',
    trigger_id: randomUUID(),
  });

  const cases: [what: string, send: (port: number) => Promise<{ status: number; body: string }>, answered: boolean][] =
    [
      [
        'a menu in a view with empty private metadata',
        (port) =>
          interaction(port, {
            ...from(),
            type: 'block_suggestion',
            action_id: 'line',
            block_id: 'line',
            value: 'a',
            view,
          }),
        false,
      ],
      [
        'a press without its user',
        (port) =>
          interaction(port, {
            ...from(),
            user: undefined,
            type: 'block_actions',
            actions: [{ action_id: 'task_start' }],
          }),
        false,
      ],
      [
        'a press on a button whose value is not ours',
        (port) =>
          interaction(port, {
            ...from(),
            type: 'block_actions',
            channel: { id: channelId() },
            actions: [{ type: 'button', action_id: 'form_open', value: '{"form":7}' }],
          }),
        true,
      ],
    ];

  test.each(cases)('%s is acknowledged, logged once, and answered where someone waits', async (_, send, answered) => {
    world = await startWorld({ mode: 'http' });
    const { app } = world;
    expect((await send(app.port)).status).toBe(200);
    const [failure] = await eventually(() => failures().length > 0 && failures());
    const saysReference = (sent: unknown): boolean => JSON.stringify(sent).includes(failure?.reference ?? 'none');
    const answers = () =>
      world.slack.traffic.exchanges().filter(({ name, sent }) => name.startsWith('chat.post') && saysReference(sent));
    if (answered) await eventually(() => answers().length > 0);
    await deliver(app.port, command('help'), form);
    expect(failures()).toHaveLength(1);
    expect(answers()).toHaveLength(answered ? 1 : 0);
  });

  test('a command without text is the bare command', async () => {
    world = await startWorld({ mode: 'http' });
    expect((await deliver(world.app.port, command(null), form)).status).toBe(200);
    await eventually(() =>
      world.slack.traffic
        .exchanges()
        .some(({ name, sent }) => name.startsWith('chat.post') && JSON.stringify(sent).includes('Calling tasks')),
    );
    expect(failures()).toEqual([]);
  });

  test.each([
    ['without values', view],
    ['with empty private metadata', { ...view, state: { values: {} } }],
  ])('a submission %s is logged once and answered above its view', async (_, submitted) => {
    world = await startWorld({ mode: 'http' });
    const answer = await interaction(world.app.port, { ...from(), type: 'view_submission', view: submitted });
    const [failure] = await eventually(() => failures().length > 0 && failures());
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ response_action: 'update' });
    expect(answer.body).toContain(failure?.reference ?? 'none');
    expect(failures()).toHaveLength(1);
  });

  test('what no listener takes is acknowledged and logged once', async () => {
    world = await startWorld({ mode: 'http' });
    const press = { ...from(), type: 'block_actions', actions: [{ type: 'button', action_id: 'of_another_release' }] };
    const began = performance.now();
    expect((await interaction(world.app.port, press)).status).toBe(200);
    expect(performance.now() - began).toBeLessThan(2_500);
    const lines = await eventually(() => {
      const found = world.logLines.filter((line) => line.includes('a payload has no listener'));
      return found.length > 0 && found;
    });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ type: 'block_actions', id: 'of_another_release' });
  });
});
