import { afterEach, describe, expect, jest, test } from '@jest/globals';
import type { App, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { type Bench, modes, slackError, startBench } from './support/bolt.ts';
import { button, modal, option, plain, section, textInput } from './support/views.ts';

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
    let now = 1_763_900_000_000;
    const triggers: string[] = [];
    const { bench: b, alice } = await start(
      (app) =>
        app.command('/dial', async ({ ack, body }) => {
          triggers.push(body.trigger_id);
          await ack();
        }),
      { now: () => now },
    );
    const open = (trigger_id: string) => b.web.views.open({ trigger_id, view: modal('A', [section('a')]) });
    await alice.command('/dial');
    await open(triggers[0] ?? '');
    expect((await slackError(open(triggers[0] ?? ''))).error).toBe('exchanged_trigger_id');
    await alice.command('/dial');
    now += 3_001;
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
    for (let i = 0; i < 100 && b.errors.length === 0; i += 1) await new Promise((resolve) => setTimeout(resolve, 10));
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
      for (let i = 0; i < 100 && alice.snapshot().views.length < depth; i += 1) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      await (await alice.expectModal('Form')).press('deeper');
    }
    for (let i = 0; i < 100 && pushes.length < 3; i += 1) await new Promise((resolve) => setTimeout(resolve, 10));
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
    let slow = true;
    const { alice } = await start(
      opening(modal('Form', [textInput('name')]), (app) =>
        app.view('form', async ({ ack }) => {
          if (slow) await new Promise((resolve) => setTimeout(resolve, 250));
          slow = false;
          await ack();
        }),
      ),
      { timing: { ackMs: 100 } },
    );
    await alice.command('/dial');
    const form = await alice.expectModal('Form');
    expect(await form.fill({ name: 'x' }).submit()).toEqual({ ok: false, error: 'operation_timeout' });
    expect(form.status()).toBe('failed');
    await new Promise((resolve) => setTimeout(resolve, 300));
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
  test('tells the app only with notify_on_close, once per view', async () => {
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
    for (let i = 0; i < 100 && closed.length < 2; i += 1) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(closed).toEqual([
      ['form', false],
      ['form', true],
    ]);
  });
});

describe('inputs', () => {
  test('every element, filled by hand', async () => {
    const heard: ViewSubmitAction['view']['state']['values'][] = [];
    const input = (id: string, element: object) =>
      ({ type: 'input', block_id: id, label: plain(id), element: { action_id: id, ...element } }) as never;
    const options = [option('a', 'Apple'), option('b', 'Banana'), option('c', 'Cherry')];
    const blocks = [
      input('text', { type: 'plain_text_input', multiline: true }),
      input('mail', { type: 'email_text_input' }),
      input('link', { type: 'url_text_input' }),
      input('number', { type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '9' }),
      input('rich', { type: 'rich_text_input' }),
      input('static', { type: 'static_select', option_groups: [{ label: plain('Fruit'), options }] }),
      input('multi', { type: 'multi_static_select', options }),
      input('checks', { type: 'checkboxes', options }),
      input('radio', { type: 'radio_buttons', options }),
      input('user', { type: 'users_select' }),
      input('users', { type: 'multi_users_select' }),
      input('channel', { type: 'channels_select' }),
      input('conversation', {
        type: 'conversations_select',
        default_to_current_conversation: true,
        response_url_enabled: true,
      }),
      input('date', { type: 'datepicker' }),
      input('time', { type: 'timepicker' }),
      input('moment', { type: 'datetimepicker' }),
      input('external', { type: 'external_select', min_query_length: 0 }),
      input('externals', { type: 'multi_external_select', min_query_length: 2 }),
      input('files', { type: 'file_input', max_files: 2 }),
      input('untouched', { type: 'timepicker', initial_time: '09:30' }),
    ];
    const queries: string[] = [];
    const responseUrls: unknown[] = [];
    const { alice, bench: b } = await start(
      opening(modal('All', blocks), (app) => {
        app.options(/external/, async ({ ack, options: asked }) => {
          queries.push(asked.value);
          await ack({ options: options.filter((choice) => choice.text.text.includes(asked.value)) });
        });
        app.view<ViewSubmitAction>('all', async ({ ack, view, body }) => {
          heard.push(view.state.values);
          responseUrls.push(body.response_urls);
          await ack();
        });
      }),
    );
    await alice.command('/dial');
    const form = await alice.expectModal('All');
    await form
      .fill({
        text: 'two\nlines',
        mail: 'nobody',
        link: 'https://x.test',
        number: 12,
        rich: 'rich',
        static: 'Banana',
        multi: ['Apple', 'c'],
        checks: ['a'],
        radio: 'b',
        user: 'limei',
        users: ['alice', 'bob'],
        channel: 'outbound-calls',
        date: '2026-11-23',
        time: '14:30',
        moment: new Date('2026-11-23T00:00:00Z'),
        external: 'Cherry',
        externals: ['Apple', 'Banana'],
        files: { name: 'numbers.csv', content: 'phone\n13800138000\n' },
      })
      .submit();
    expect(Object.keys(form.errors()).sort()).toEqual(['mail', 'number']);
    expect(await form.fill({ mail: 'a@b.test', number: 7 }).submit()).toEqual({ ok: true });
    expect(queries).toEqual(['Cherry', 'Apple', 'Banana']);
    const value = (id: string) => {
      const { type: _type, ...rest } = { ...heard[0]?.[id]?.[id] };
      return rest;
    };
    expect(value('text')).toEqual({ value: 'two\nlines' });
    expect(value('number')).toEqual({ value: '7' });
    expect(value('static')).toEqual({ selected_option: options[1] });
    expect(value('multi')).toEqual({ selected_options: [options[0], options[2]] });
    expect(value('checks')).toEqual({ selected_options: [options[0]] });
    expect(value('radio')).toEqual({ selected_option: options[1] });
    expect(value('user')).toEqual({ selected_user: 'U0LIMEI001' });
    expect(value('users')).toEqual({ selected_users: ['U0ALICE001', 'U0BOB00001'] });
    expect(value('channel')).toEqual({ selected_channel: 'C0CALLS001' });
    expect(value('conversation')).toEqual({ selected_conversation: 'C0GENERAL1' });
    expect(value('date')).toEqual({ selected_date: '2026-11-23' });
    expect(value('time')).toEqual({ selected_time: '14:30' });
    expect(value('moment')).toEqual({ selected_date_time: 1_795_392_000 });
    expect(value('external')).toEqual({ selected_option: options[2] });
    expect(value('externals')).toEqual({ selected_options: [options[0], options[1]] });
    expect(value('untouched')).toEqual({ selected_time: '09:30' });
    expect(value('rich')).toMatchObject({ rich_text_value: { type: 'rich_text' } });
    expect(value('files')).toMatchObject({ files: [{ name: 'numbers.csv', mimetype: 'text/csv', size: 18 }] });
    expect(responseUrls).toMatchObject([[{ block_id: 'conversation', channel_id: 'C0GENERAL1' }]]);
    const [file] = heard[0]?.files?.files?.files ?? [];
    const headers = { authorization: `Bearer ${b.sandbox.botToken}` };
    const download = await fetch(file?.url_private_download ?? '', { headers });
    expect(await download.text()).toBe('phone\n13800138000\n');
  });

  test('a control in a modal sends block_actions with the state of the whole view', async () => {
    const heard = jest.fn();
    const select = {
      type: 'input' as const,
      block_id: 'line',
      dispatch_action: true,
      label: plain('Line'),
      element: { type: 'static_select' as const, action_id: 'line', options: [option('1'), option('2')] },
    };
    const { alice } = await start(
      opening(modal('Form', [textInput('name'), select]), (app) =>
        app.action('line', async ({ ack, body, client }) => {
          if (body.type !== 'block_actions') return;
          heard(body.actions, body.view?.state.values, body.view?.hash);
          await ack();
          await client.views.update({
            view_id: body.view?.id ?? '',
            hash: body.view?.hash ?? '',
            view: modal('Form', [textInput('name'), select, section('line 2 takes 4 calls')]),
          });
        }),
      ),
    );
    await alice.command('/dial');
    const form = await alice.expectModal('Form');
    await form.fill({ name: 'typed', line: '2' }).apply();
    await form.expectText('takes 4 calls');
    expect(form.value('name')).toBe('typed');
    expect(heard).toHaveBeenCalledTimes(1);
    expect(heard.mock.calls[0]?.[0]).toMatchObject([
      { type: 'static_select', block_id: 'line', action_id: 'line', selected_option: option('2') },
    ]);
    expect(heard.mock.calls[0]?.[1]).toEqual({
      name: { name: { type: 'plain_text_input', value: 'typed' } },
      line: { line: { type: 'static_select', selected_option: option('2') } },
    });
  });
});
