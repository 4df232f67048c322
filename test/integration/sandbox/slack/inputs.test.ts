import { afterEach, describe, expect, jest, test } from '@jest/globals';
import type { App, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { type Bench, startBench } from '../../../support/sandbox/bolt.ts';
import { modal, option, plain, section, textInput } from '../../../support/sandbox/views.ts';

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.stop();
  bench = undefined;
});

/** A person in front of an app whose command opens the view. */
async function start(view: ModalView, more: (app: App) => void = () => undefined) {
  bench = await startBench((app) => {
    app.command('/dial', async ({ ack, client, body }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view });
    });
    more(app);
  });
  return { bench, alice: bench.sandbox.as('alice') };
}

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
      input('channels', { type: 'multi_channels_select' }),
      input('conversations', { type: 'multi_conversations_select' }),
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
    const { alice, bench: b } = await start(modal('All', blocks), (app) => {
      app.options(/external/, async ({ ack, options: asked }) => {
        queries.push(asked.value);
        await ack({ options: options.filter((choice) => choice.text.text.includes(asked.value)) });
      });
      app.view<ViewSubmitAction>('all', async ({ ack, view, body }) => {
        heard.push(view.state.values);
        responseUrls.push(body.response_urls);
        await ack();
      });
    });
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
        channels: ['general', 'outbound-calls'],
        conversations: ['leads', 'general'],
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
    expect(value('channels')).toEqual({ selected_channels: ['C0GENERAL1', 'C0CALLS001'] });
    expect(value('conversations')).toEqual({ selected_conversations: ['C0LEADS001', 'C0GENERAL1'] });
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
    expect(file).toMatchObject({
      id: expect.stringMatching(/^F/),
      title: 'numbers.csv',
      filetype: 'csv',
      user: alice.id,
      mode: 'hosted',
      url_private: expect.stringContaining('numbers.csv'),
      permalink: expect.any(String),
    });
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
    const { alice } = await start(modal('Form', [textInput('name'), select]), (app) =>
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

  test('every kind of initial value counts untouched, with option groups too', async () => {
    const options = [option('a', 'Apple'), option('b', 'Banana')];
    const groups = { option_groups: [{ label: plain('Fruit'), options }] };
    const starts: { [type: string]: object } = {
      plain_text_input: { initial_value: 'text' },
      email_text_input: { initial_value: 'a@b.test' },
      url_text_input: { initial_value: 'https://x.test' },
      number_input: { initial_value: '4', is_decimal_allowed: false },
      static_select: { initial_option: options[1], ...groups },
      external_select: { initial_option: options[0] },
      radio_buttons: { initial_option: options[0], options },
      users_select: { initial_user: 'U0BOB00001' },
      conversations_select: { initial_conversation: 'C0GENERAL1' },
      channels_select: { initial_channel: 'C0CALLS001' },
      multi_static_select: { initial_options: options, ...groups },
      multi_external_select: { initial_options: options },
      checkboxes: { initial_options: [options[1]], options },
      multi_users_select: { initial_users: ['U0BOB00001'] },
      multi_conversations_select: { initial_conversations: ['C0GENERAL1'] },
      multi_channels_select: { initial_channels: ['C0CALLS001'] },
      datepicker: { initial_date: '2026-11-23' },
      timepicker: { initial_time: '09:30' },
      datetimepicker: { initial_date_time: 1_795_392_000 },
    };
    const blocks = Object.entries(starts).map(
      ([type, more]) =>
        ({ type: 'input', block_id: type, label: plain(type), element: { type, action_id: 'a', ...more } }) as never,
    );
    const heard: { [block: string]: { a: { [key: string]: unknown } } }[] = [];
    const { alice } = await start(modal('All', blocks), (app) => {
      app.view<ViewSubmitAction>('all', async ({ ack, view }) => {
        heard.push(view.state.values as never);
        await ack();
      });
    });
    await alice.command('/dial');
    await (await alice.expectModal('All')).submit();
    const sent = Object.entries(heard[0] ?? {}).map(([block, { a }]) => {
      const { type: _type, ...values } = a;
      return [block, Object.values(values)[0]];
    });
    const wanted = Object.entries(starts).map(([type, more]) => [
      type,
      Object.entries(more).find(([key]) => key.startsWith('initial_'))?.[1],
    ]);
    expect(Object.fromEntries(sent)).toEqual(Object.fromEntries(wanted));
  });
});
