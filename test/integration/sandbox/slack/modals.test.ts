import { afterEach, describe, expect, test } from '@jest/globals';
import type { App, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { createGate, eventually } from '../../../support/eventually.ts';
import { type Bench, modes, slackError, startBench } from '../../../support/sandbox/bolt.ts';
import { button, modal, option, plain, section, textInput } from '../../../support/sandbox/views.ts';

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.stop();
  bench = undefined;
});

/** An app whose command opens the view. */
const opening =
  (view: ModalView | (() => ModalView), more: (app: App) => void = () => undefined) =>
  (app: App) => {
    app.command('/dial', async ({ ack, client, body }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: typeof view === 'function' ? view() : view });
    });
    more(app);
  };

async function start(...args: Parameters<typeof startBench>) {
  bench = await startBench(...args);
  return { bench, alice: bench.sandbox.as('alice'), bob: bench.sandbox.as('bob') };
}

describe.each(modes)('modals in %s mode', (mode) => {
  test('belong to one person, are filled, checked and submitted', async () => {
    const values: unknown[] = [];
    const view = modal('New task', [
      textInput('name', { max_length: 10 }),
      {
        type: 'input',
        block_id: 'line',
        label: plain('Line'),
        element: {
          type: 'static_select',
          action_id: 'line',
          options: [option('1', 'Line A'), option('2', 'Line B')],
          initial_option: option('1', 'Line A'),
        },
      },
    ]);
    const { alice, bob } = await start(
      opening(view, (app) =>
        app.view('new_task', async ({ ack, view: sent }) => {
          values.push(sent.state.values);
          await ack();
        }),
      ),
      { mode },
    );
    await alice.command('/dial');
    const form = await alice.expectModal('New task');
    expect(bob.snapshot().views).toEqual([]);
    expect(await form.submit()).toMatchObject({ ok: false, error: 'invalid_values' });
    expect(form.errors()).toEqual({ name: 'Please complete this required field.' });
    await form.fill({ name: 'a name too long' }).submit();
    expect(form.errors().name).toContain('no more than 10');
    expect(values).toEqual([]);
    expect(await form.fill({ name: 'x', line: 'Line B' }).submit()).toEqual({ ok: true });
    await form.expectClosed();
    expect(values).toEqual([
      {
        name: { name: { type: 'plain_text_input', value: 'x' } },
        line: { line: { type: 'static_select', selected_option: option('2', 'Line B') } },
      },
    ]);
  });

  test('response_action: errors at the field, update, push, clear', async () => {
    const { alice } = await start(
      opening(modal('First', [textInput('name')]), (app) => {
        app.view<ViewSubmitAction>('first', async ({ ack, view }) => {
          const typed = view.state.values.name?.name?.value;
          if (typed === 'bad') await ack({ response_action: 'errors', errors: { name: 'Not that one' } });
          else if (typed === 'push') await ack({ response_action: 'push', view: modal('Second', [textInput('more')]) });
          else await ack({ response_action: 'update', view: modal('Done', [section('It is done')]) });
        });
        app.view<ViewSubmitAction>('second', async ({ ack, view }) => {
          if (view.state.values.more?.more?.value === 'clear') await ack({ response_action: 'clear' });
          else await ack();
        });
      }),
      { mode },
    );
    await alice.command('/dial');
    const form = await alice.expectModal('First');
    await form.fill({ name: 'bad' }).submit();
    expect(await form.expectError('name')).toBe('Not that one');
    await form.fill({ name: 'push' }).submit();
    const second = await alice.expectModal('Second');
    expect(alice.snapshot().views).toHaveLength(2);
    await second.fill({ more: 'x' }).submit();
    await second.expectClosed();
    expect(form.isOpen()).toBe(true);
    expect(form.value('name')).toBe('push');
    await form.submit();
    await (await alice.expectModal('Second')).fill({ more: 'clear' }).submit();
    await form.expectClosed();
    await alice.command('/dial');
    const again = await alice.expectModal('First');
    await again.fill({ name: 'fine' }).submit();
    await again.expectText('It is done');
  });
});

describe('trigger ids', () => {
  test('are good once, within three seconds', async () => {
    const triggers: string[] = [];
    const { bench: b, alice } = await start((app) =>
      app.command('/dial', async ({ ack, body }) => {
        triggers.push(body.trigger_id);
        await ack();
      }),
    );
    const open = (trigger_id: string) => b.web.views.open({ trigger_id, view: modal('A', [section('a')]) });
    await alice.command('/dial');
    await open(triggers[0] ?? '');
    expect((await slackError(open(triggers[0] ?? ''))).error).toBe('exchanged_trigger_id');
    await alice.command('/dial');
    await b.clock.advance(3_001);
    expect((await slackError(open(triggers[1] ?? ''))).error).toBe('expired_trigger_id');
    expect((await slackError(open('made.up'))).error).toBe('invalid_trigger_id');
  });

  test('a view that is refused says where, and shows nothing', async () => {
    const triggers: string[] = [];
    const { bench: b, alice } = await start((app) =>
      app.command('/dial', async ({ ack, body }) => {
        triggers.push(body.trigger_id);
        await ack();
      }),
    );
    await alice.command('/dial');
    const view = { ...modal('A', [section('a')]), title: plain('x'.repeat(25)) };
    const refusal = await slackError(b.web.views.open({ trigger_id: triggers[0] ?? '', view }));
    expect(refusal).toEqual({
      error: 'invalid_arguments',
      messages: ['[ERROR] must be less than 25 characters [json-pointer:/view/title/text]'],
    });
    expect(alice.snapshot().views).toEqual([]);
  });
});

describe('updates', () => {
  test('keep what was typed where block_id and action_id stay, by view_id or external_id', async () => {
    const { bench: b, alice } = await start(
      opening(modal('Form', [textInput('name'), textInput('gone')], { external_id: 'form-1' })),
    );
    await alice.command('/dial');
    const form = await alice.expectModal('Form');
    await form.fill({ name: 'typed', gone: 'lost' }).apply();
    const next = modal('Form', [
      textInput('name', { initial_value: 'start' }),
      textInput('fresh', { initial_value: 'f' }),
    ]);
    await b.web.views.update({ external_id: 'form-1', view: next });
    await form.expectText('fresh');
    expect([form.value('name'), form.value('fresh')]).toEqual(['typed', 'f']);
    await b.web.views.update({ view_id: form.id, view: modal('Other', [textInput('name')]) });
    expect(form.title()).toBe('Other');
    expect((await slackError(b.web.views.update({ view_id: 'V0', view: next }))).error).toBe('not_found');
  });

  test('a stale hash is a conflict', async () => {
    const { bench: b, alice } = await start(opening(modal('Form', [section('one')])));
    await alice.command('/dial');
    const form = await alice.expectModal('Form');
    const stale = alice.snapshot().views[0]?.hash ?? '';
    const update = (hash?: string) =>
      b.web.views.update({ view_id: form.id, view: modal('Form', [section('two')]), ...(hash ? { hash } : {}) });
    expect((await update(stale)).ok).toBe(true);
    expect((await slackError(update(stale))).error).toBe('hash_conflict');
    expect((await update()).ok).toBe(true);
  });

  test('an external_id is taken once', async () => {
    const { bench: b, alice, bob } = await start(opening(modal('Form', [section('one')], { external_id: 'same' })));
    await alice.command('/dial');
    await alice.expectModal('Form');
    await bob.command('/dial');
    await eventually(() => b.errors.length > 0);
    expect(b.errors[0]?.message).toContain('duplicate_external_id');
  });

  test('three views at most, one on the other', async () => {
    const pushes: string[] = [];
    const { alice } = await start(
      opening(modal('Form', [{ type: 'actions', elements: [button('deeper')] }]), (app) =>
        app.action('deeper', async ({ ack, body, client }) => {
          await ack();
          if (body.type !== 'block_actions') return;
          const view = modal('Form', [{ type: 'actions', elements: [button('deeper')] }]);
          const answer = await client.views
            .push({ trigger_id: body.trigger_id, view })
            .catch((error: { data: { error: string } }) => error.data);
          pushes.push(answer.error ?? 'ok');
        }),
      ),
    );
    await alice.command('/dial');
    for (let depth = 1; depth <= 3; depth += 1) {
      await eventually(() => alice.snapshot().views.length >= depth);
      await (await alice.expectModal('Form')).press('deeper');
    }
    await eventually(() => pushes.length >= 3);
    expect(pushes).toEqual(['ok', 'ok', 'push_limit_reached']);
    await (await alice.expectModal('Form')).close();
    expect(alice.snapshot().views).toHaveLength(2);
  });
});

describe('acknowledgements that are wrong', () => {
  const wrong: [string, unknown][] = [
    ['update without a view', { response_action: 'update' }],
    ['an unknown action', { response_action: 'dance' }],
    ['a view that is refused', { response_action: 'update', view: { type: 'modal', blocks: {} } }],
    ['errors that name no input', { response_action: 'errors', errors: { nowhere: 'x' } }],
    ['errors that are null', { response_action: 'errors', errors: null }],
    ['a list', ['x']],
    ['a text', 'x'],
  ];
  test.each(wrong)('%s: trouble connecting, and the modal stays', async (_name, body) => {
    const { alice } = await start(
      opening(modal('Form', [textInput('name')]), (app) => app.view('form', async ({ ack }) => ack(body as never))),
    );
    await alice.command('/dial');
    const form = await alice.expectModal('Form');
    await form.fill({ name: 'kept' }).submit();
    expect(form.status()).toBe('failed');
    expect(form.value('name')).toBe('kept');
    expect(bench?.sandbox.traffic.exchanges('ack')).toHaveLength(1);
  });

  test('none in time: the modal stays, and a second try can succeed', async () => {
    const slow = createGate();
    let heard = 0;
    const { bench: b, alice } = await start(
      opening(modal('Form', [textInput('name')]), (app) =>
        app.view('form', async ({ ack }) => {
          heard += 1;
          await slow.opened;
          await ack();
        }),
      ),
    );
    await alice.command('/dial');
    const form = await alice.expectModal('Form');
    const submitted = form.fill({ name: 'x' }).submit();
    await eventually(() => heard === 1);
    await b.clock.advance(3_000);
    expect(await submitted).toEqual({ ok: false, error: 'operation_timeout' });
    expect(form.status()).toBe('failed');
    slow.open();
    await eventually(() => b.sandbox.traffic.exchanges('frame').length === 1);
    expect(form.isOpen()).toBe(true);
    expect(await form.submit()).toEqual({ ok: true });
    await form.expectClosed();
  });

  test('errors for known and unknown blocks: the known are shown, the mistake is logged', async () => {
    const { alice } = await start(
      opening(modal('Form', [textInput('name')]), (app) =>
        app.view('form', async ({ ack }) => ack({ response_action: 'errors', errors: { name: 'no', nowhere: 'x' } })),
      ),
    );
    await alice.command('/dial');
    const form = await alice.expectModal('Form');
    await form.fill({ name: 'x' }).submit();
    expect([form.status(), form.errors()]).toEqual(['idle', { name: 'no' }]);
    expect(bench?.sandbox.traffic.exchanges('ack')[0]?.outcome).toContain('nowhere');
  });
});

describe('closing', () => {
  test('notifies the app only with notify_on_close, once per view', async () => {
    const closed: unknown[] = [];
    const { alice } = await start(
      opening(
        () => modal('Form', [{ type: 'actions', elements: [button('deeper')] }], { notify_on_close: true }),
        (app) => {
          app.action('deeper', async ({ ack, body, client }) => {
            await ack();
            if (body.type !== 'block_actions') return;
            await client.views.push({
              trigger_id: body.trigger_id,
              view: modal('Silent', [section('x')]),
            });
          });
          app.view({ type: 'view_closed' }, async ({ ack, body }) => {
            closed.push([body.view.callback_id, (body as { is_cleared?: boolean }).is_cleared]);
            await ack();
          });
        },
      ),
    );
    await alice.command('/dial');
    const form = await alice.expectModal('Form');
    await form.press('deeper');
    await (await alice.expectModal('Silent')).close();
    expect(alice.snapshot().views).toHaveLength(1);
    await form.close();
    await alice.command('/dial');
    const second = await alice.expectModal('Form');
    await second.press('deeper');
    await (await alice.expectModal('Silent')).close({ all: true });
    await second.expectClosed();
    await eventually(() => closed.length >= 2);
    expect(closed).toEqual([
      ['form', false],
      ['form', true],
    ]);
  });
});
