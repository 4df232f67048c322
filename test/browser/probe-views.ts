import type { HomeView, KnownBlock, ModalView, PlainTextOption } from '@slack/types';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (text: string, value = text): PlainTextOption => ({ text: plain(text), value });
const fruit = ['Apple', 'Banana', 'Cherry'].map((name) => option(name, name.toLowerCase()));

/** A modal with every input element, some with an initial value. */
export function everyInput(title = 'Every input'): ModalView {
  const input = (block_id: string, label: string, element: object, more: object = {}): KnownBlock =>
    ({
      type: 'input',
      block_id,
      label: plain(label),
      element: { action_id: block_id, ...element },
      ...more,
    }) as KnownBlock;
  const optional = { optional: true };
  return {
    type: 'modal',
    callback_id: 'every_input',
    notify_on_close: true,
    title: plain(title),
    submit: plain('Send'),
    close: plain('Not now'),
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: 'A form with *every* input there is.' } },
      input(
        'name',
        'Name',
        { type: 'plain_text_input', max_length: 40, placeholder: plain('A short name') },
        {
          hint: plain('Up to 40 characters.'),
        },
      ),
      input('remark', 'Remark', { type: 'plain_text_input', multiline: true }, optional),
      input(
        'count',
        'Count',
        { type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '9' },
        optional,
      ),
      input('email', 'Email', { type: 'email_text_input' }, optional),
      input('site', 'Site', { type: 'url_text_input' }, optional),
      input('day', 'Day', { type: 'datepicker', initial_date: '2026-12-24' }, optional),
      input('hour', 'Hour', { type: 'timepicker' }, optional),
      input('moment', 'Moment', { type: 'datetimepicker' }, optional),
      input('fruit', 'Fruit', { type: 'static_select', options: fruit, initial_option: fruit[1] }),
      input(
        'grouped',
        'Grouped',
        {
          type: 'static_select',
          option_groups: [
            { label: plain('Near'), options: [option('Harbour'), option('Market')] },
            { label: plain('Far'), options: [option('Island'), option('Mountain')] },
          ],
        },
        optional,
      ),
      input('fruits', 'Fruits', { type: 'multi_static_select', options: fruit, initial_options: [fruit[0]] }, optional),
      input('line', 'Line', { type: 'external_select', min_query_length: 1 }, optional),
      input('lines', 'Lines', { type: 'multi_external_select', min_query_length: 0 }, optional),
      input('person', 'Person', { type: 'users_select' }, optional),
      input('people', 'People', { type: 'multi_users_select' }, optional),
      input('talk', 'Conversation', { type: 'conversations_select' }, optional),
      input('channel', 'Channel', { type: 'channels_select' }, optional),
      input('channels', 'Channels', { type: 'multi_channels_select' }, optional),
      input('ticks', 'Ticks', { type: 'checkboxes', options: fruit, initial_options: [fruit[2]] }, optional),
      input('radio', 'Radio', { type: 'radio_buttons', options: fruit }, optional),
      input('file', 'File', { type: 'file_input', filetypes: ['csv', 'txt'], max_files: 2 }, optional),
      input('rich', 'Rich text', { type: 'rich_text_input' }, optional),
      input('live', 'Live', { type: 'static_select', options: fruit }, { ...optional, dispatch_action: true }),
      {
        type: 'actions',
        block_id: 'buttons',
        elements: [
          { type: 'button', action_id: 'push_view', text: plain('Open another form') },
          {
            type: 'button',
            action_id: 'careful',
            style: 'danger',
            text: plain('Careful'),
            confirm: {
              title: plain('Sure?'),
              text: plain('This cannot be undone.'),
              confirm: plain('Do it'),
              deny: plain('No'),
            },
          },
        ],
      },
    ],
  };
}

/** Nothing to fill in yet. */
export function waitingView(): ModalView {
  return {
    type: 'modal',
    title: plain('One moment'),
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'Fetching what can be chosen…' } }],
  };
}

export function pushedView(): ModalView {
  return {
    type: 'modal',
    callback_id: 'small_form',
    title: plain('A small form'),
    submit: plain('Save'),
    blocks: [
      {
        type: 'input',
        block_id: 'word',
        label: plain('Word'),
        element: { type: 'plain_text_input', action_id: 'word' },
      },
    ],
  };
}

export function homeView(count: number): HomeView {
  return {
    type: 'home',
    blocks: [
      { type: 'header', text: plain('Probe at home') },
      { type: 'section', text: { type: 'mrkdwn', text: `Pressed *${count}* times.` } },
      {
        type: 'actions',
        block_id: 'home_actions',
        elements: [
          { type: 'button', action_id: 'home_count', style: 'primary', text: plain('Count') },
          { type: 'button', action_id: 'home_modal', text: plain('Open a form') },
        ],
      },
      {
        type: 'input',
        block_id: 'home_fruit',
        dispatch_action: true,
        label: plain('Fruit of the day'),
        element: { type: 'static_select', action_id: 'home_fruit', options: fruit },
      },
    ],
  };
}

/** A message with every block and every control a message may have. */
export function showcase(): { text: string; blocks: KnownBlock[] } {
  const blocks: KnownBlock[] = [
    { type: 'header', text: plain('Renewal reminders, November') },
    {
      type: 'section',
      block_id: 'card',
      text: {
        type: 'mrkdwn',
        text: '*Dialing* · `▓▓▓▓▓▓░░░░` 62% · 5,093 / 8,214\n> Line _Hangzhou 02_, script ~old~ *new*\nAsk <@U0LIMEI001> in <#C0GENERAL1> :telephone_receiver:',
      },
      accessory: {
        type: 'overflow',
        action_id: 'more',
        options: [option('Edit', 'edit'), option('Delete', 'delete')],
      },
    },
    {
      type: 'section',
      fields: [
        { type: 'mrkdwn', text: '*Line*\nHangzhou 02' },
        { type: 'mrkdwn', text: '*Script*\nRenewal 2026' },
        { type: 'mrkdwn', text: '*Updated*\n<!date^1795417200^{date_short_pretty} {time}|22 Nov>' },
        { type: 'mrkdwn', text: '*Caller*\n`138****8000`' },
      ],
    },
    { type: 'divider' },
    {
      type: 'actions',
      block_id: 'controls',
      elements: [
        { type: 'button', action_id: 'go', style: 'primary', text: plain('Start'), value: 'task-1' },
        {
          type: 'button',
          action_id: 'remove',
          style: 'danger',
          text: plain('Delete'),
          confirm: {
            title: plain('Delete the task?'),
            text: plain('Its numbers go with it.'),
            confirm: plain('Delete'),
            deny: plain('Keep it'),
            style: 'danger',
          },
        },
        { type: 'button', action_id: 'docs', text: plain('Report'), url: 'https://example.com/report' },
        { type: 'button', action_id: 'slow', text: plain('Slow') },
        { type: 'static_select', action_id: 'pick', placeholder: plain('Line'), options: fruit },
        { type: 'datepicker', action_id: 'date', initial_date: '2026-11-22' },
      ],
    },
    {
      type: 'section',
      block_id: 'choices',
      text: { type: 'mrkdwn', text: 'What to tell you' },
      accessory: { type: 'checkboxes', action_id: 'tell', options: fruit.slice(0, 2) },
    },
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'Rich ' },
            { type: 'text', text: 'bold', style: { bold: true } },
            { type: 'text', text: ' and ' },
            { type: 'link', url: 'https://example.com/', text: 'a link' },
          ],
        },
        {
          type: 'rich_text_list',
          style: 'bullet',
          elements: [
            { type: 'rich_text_section', elements: [{ type: 'text', text: 'first' }] },
            { type: 'rich_text_section', elements: [{ type: 'text', text: 'second' }] },
          ],
        },
      ],
    },
    {
      type: 'image',
      image_url: 'https://example.com/chart.png',
      alt_text: 'Calls per hour',
      title: plain('Calls per hour'),
    },
    {
      type: 'context',
      elements: [
        { type: 'mrkdwn', text: 'Started by *Alice* · updated 14:02' },
        { type: 'plain_text', text: 'every 20 s' },
      ],
    },
  ];
  return { text: 'Renewal reminders, November: 62%', blocks };
}
