import { describe, expect, test } from '@jest/globals';
import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import { en } from '../../../../src/i18n/en.ts';
import type { Installation } from '../../../../src/slack/api/installation.ts';
import type { LookedUp } from '../../../../src/slack/api/people.ts';
import { createGate, type GateDeps } from '../../../../src/slack/bolt/gate.ts';
import { createManualClock } from '../../../support/manual-clock.ts';
import { recordingLog } from '../../../support/real-store.ts';

const home: Installation = { teamId: 'T1', enterpriseId: null, appId: 'A1' };
const member: LookedUp = {
  kind: 'known',
  profile: {
    teamId: 'T1',
    enterpriseId: null,
    deactivated: false,
    bot: false,
    guest: false,
    stranger: false,
    name: null,
  },
};

function rig(change: Partial<GateDeps> = {}, looked: LookedUp = member) {
  const events: string[] = [];
  const clock = createManualClock();
  const log = recordingLog();
  const timed: string[] = [];
  const gate = createGate({
    command: '/dial',
    people: { lookUp: async () => looked, catalogueFor: async () => en, namesOf: async () => new Map() },
    installation: async () => home,
    takeShare: () => 'granted',
    allowGuests: false,
    clock,
    log,
    took: (kind) => timed.push(kind),
    ...change,
  });
  const send = async (body: object) => {
    events.length = 0;
    const args = {
      body,
      client: {},
      ack: async (answer?: unknown) => events.push(answer === undefined ? 'ack' : `ack ${JSON.stringify(answer)}`),
      respond: async ({ text }: { text: string }) => events.push(`said ${text}`),
      context: { taken: true },
      next: async () => events.push('next'),
    };
    await clock.until(gate(args as unknown as Parameters<Middleware<AnyMiddlewareArgs>>[0]));
    return [...events];
  };
  return { send, log, timed };
}

const base = { api_app_id: 'A1', team: { id: 'T1' }, user: { id: 'U1', team_id: 'T1' } };
const command = (text: string) => ({ command: '/dial', text, api_app_id: 'A1', team_id: 'T1', user_id: 'U1' });
const view = { id: 'V1', type: 'modal', title: {}, blocks: [], private_metadata: '', state: { values: {} } };

test('a command is acknowledged before its person is looked up; what is answered by its ack is not', async () => {
  const { send } = rig();
  expect(await send(command('list'))).toEqual(['ack', 'next']);
  expect(await send({ ...base, type: 'block_actions', actions: [] })).toEqual(['ack', 'next']);
  expect(await send({ ...base, type: 'view_submission', view })).toEqual(['next']);
  expect(await send({ ...base, type: 'block_suggestion' })).toEqual(['next']);
});

test('what was carried out is timed by its kind, if the kind is one of ours', async () => {
  const { send, timed } = rig();
  await send(command('list'));
  await send({ ...base, type: 'block_actions', actions: [] });
  await send({ ...base, type: 'made_up' });
  await send({ ...command('list'), team_id: 'T9' });
  expect(timed).toEqual(['command', 'block_actions']);
});

describe('when Slack does not say where the app is installed', () => {
  test('a pause of its own people passes; everything else is asked to try again', async () => {
    const { send } = rig({ installation: () => Promise.reject(new Error('503')) });
    expect(await send(command('pause 1'))).toEqual(['ack', 'next']);
    expect(await send(command('start 1'))).toEqual(['ack', `said ⚠️ ${en.refusals.unsure}`]);
    const press = { ...base, type: 'block_actions', actions: [{ action_id: 'task_pause', value: 't' }] };
    expect(await send(press)).toEqual(['ack', 'next']);
    expect(await send({ ...press, user: { id: 'U9', team_id: 'T9' } })).not.toContain('next');
  });

  test('and does not answer at all: the wait has an end', async () => {
    const { send } = rig({ installation: () => new Promise(() => {}) });
    expect(await send(command('pause 1'))).toEqual(['ack', 'next']);
  });
});

describe('a submission that is refused', () => {
  const guest: LookedUp = { ...member, profile: { ...member.profile, guest: true } } as LookedUp;

  test('is answered at its first field, and above the view where it has none', async () => {
    const { send, log } = rig({}, guest);
    const typed = { ...view, state: { values: { name: { name: { value: 'x' } } } } };
    const [errors] = await send({ ...base, type: 'view_submission', view: typed });
    expect(errors).toBe(`ack ${JSON.stringify({ response_action: 'errors', errors: { name: en.refusals.guest } })}`);
    const [update] = await send({ ...base, type: 'view_submission', view });
    expect(update).toContain('"response_action":"update"');
    expect(log.lines.map(({ message, fields }) => [message, fields.why])).toEqual([
      ['refused', 'guest'],
      ['refused', 'guest'],
    ]);
  });

  test('also when the payload lacks its values', async () => {
    const { send } = rig({}, guest);
    const { state: _, ...bare } = view;
    expect((await send({ ...base, type: 'view_submission', view: bare }))[0]).toContain('update');
  });
});

test('a sentence that cannot be delivered is logged, and nothing else happens', async () => {
  const { send, log } = rig({ takeShare: () => 'over' });
  const press = { ...base, type: 'block_actions', actions: [], view };
  expect(await send(press)).toEqual(['ack']);
  expect(log.lines.map(({ message }) => message)).toEqual(['refused', 'a refusal could not be delivered']);
});

test('one who is told already is told and logged no more', async () => {
  const { send, log } = rig({ takeShare: () => 'still_over' });
  expect(await send(command('list'))).toEqual(['ack']);
  expect(await send(command('pause 1'))).toEqual(['ack', 'next']);
  expect(log.lines).toEqual([]);
});
