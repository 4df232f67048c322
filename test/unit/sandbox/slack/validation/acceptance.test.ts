import { describe, expect, test } from '@jest/globals';
import { checkMessage } from '../../../../../sandbox/slack/validation/messages.ts';
import { checkView } from '../../../../../sandbox/slack/validation/views.ts';

const long = (length: number) => 'x'.repeat(length);
const plain = (text: string) => ({ type: 'plain_text', text });
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const button = (text: string, more: object = {}) => ({ type: 'button', action_id: 'go', text: plain(text), ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const option = (index: number, text = `Option ${index}`) => ({ text: plain(text), value: `v${index}` });
const options = (count: number) => Array.from({ length: count }, (_, index) => option(index));
const select = (count: number) => ({ type: 'static_select', action_id: 's', options: options(count) });
const input = (more: object = {}) => ({
  type: 'input',
  block_id: 'name',
  label: plain('Name'),
  element: { type: 'plain_text_input', action_id: 'name' },
  ...more,
});
const modal = (blocks: unknown, more: object = {}) => ({
  type: 'modal',
  title: plain('Title'),
  submit: plain('Save'),
  blocks,
  ...more,
});

/** What Slack refuses in a message, each with the pointer to the culprit. */
const badMessages: [string, unknown, string][] = [
  ['button text over 75', [actions(button(long(76)))], '/blocks/0/elements/0/text/text'],
  ['duplicate action_id in a block', [actions(button('a'), button('b'))], '/blocks/0'],
  ['select without options', [actions(select(0))], '/blocks/0/elements/0/options'],
  ['select with 101 options', [actions(select(101))], '/blocks/0/elements/0/options'],
  ['section over 3000', [section(long(3001))], '/blocks/0/text/text'],
  ['section without text', [{ type: 'section' }], '/blocks/0'],
  ['header over 150', [{ type: 'header', text: plain(long(151)) }], '/blocks/0/text/text'],
  ['header in mrkdwn', [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }], '/blocks/0/text/type'],
  ['unknown type', [{ type: 'nonsense' }], '/blocks/0/type'],
  ['51 blocks', Array.from({ length: 51 }, () => ({ type: 'divider' })), '/blocks'],
  [
    'overflow of 6',
    [actions({ type: 'overflow', action_id: 'o', options: options(6) })],
    '/blocks/0/elements/0/options',
  ],
  [
    'option text over 75',
    [actions({ ...select(0), options: [option(0, long(76))] })],
    '/blocks/0/elements/0/options/0/text/text',
  ],
  ['11 fields', [{ type: 'section', fields: Array.from({ length: 11 }, () => plain('f')) }], '/blocks/0/fields'],
  [
    'duplicate block_id',
    [
      { ...section('a'), block_id: 'b' },
      { ...section('b'), block_id: 'b' },
    ],
    '/blocks/1/block_id',
  ],
  [
    'file_input in a message',
    [{ type: 'input', label: plain('F'), element: { type: 'file_input', action_id: 'f' } }],
    '/blocks/0/element/type',
  ],
  ['odd button style', [actions(button('a', { style: 'pretty' }))], '/blocks/0/elements/0/style'],
  ['blocks that are no array', {}, '/blocks'],
  ['a block that is null', [null], '/blocks/0'],
  ['an unknown property', [{ ...section('a'), color: 'red' }], '/blocks/0'],
  ['an initial option that is not offered', [actions({ ...select(2), initial_option: option(7) })], '/initial_option'],
];

const badViews: [string, unknown, string][] = [
  ['title over 24', modal([section('a')], { title: plain(long(25)) }), '/view/title/text'],
  ['no title', modal([section('a')], { title: undefined }), '/view'],
  ['input without submit', modal([input()], { submit: undefined }), '/view'],
  ['101 blocks', modal(Array.from({ length: 101 }, () => ({ type: 'divider' }))), '/view/blocks'],
  ['private_metadata over 3000', modal([section('a')], { private_metadata: long(3001) }), '/view/private_metadata'],
  ['blocks that are no array', modal({}), '/view/blocks'],
  ['label over 2000', modal([input({ label: plain(long(2001)) })]), '/view/blocks/0/label/text'],
  ['a view sent back with its id', modal([section('a')], { id: 'V1' }), '/view'],
  ['a block for messages only', modal([{ type: 'markdown', text: 'x' }]), '/view/blocks/0/type'],
];

describe('messages Slack refuses', () => {
  test.each(badMessages)('%s', (_name, blocks, pointer) => {
    const refusal = checkMessage({ text: 'fallback', blocks });
    expect(refusal?.error).toBe('invalid_blocks');
    expect(refusal?.messages.join('\n')).toMatch(/^\[ERROR\] .+ \[json-pointer:\/.*\]$/m);
    expect(refusal?.messages.join('\n')).toContain(pointer);
  });

  test('neither text nor blocks', () => {
    expect(checkMessage({})).toEqual({ error: 'no_text', messages: [] });
    expect(checkMessage({ text: '', blocks: [] })?.error).toBe('no_text');
  });

  test('more text in all blocks than messages hold, except through a response address', () => {
    const blocks = Array.from({ length: 5 }, () => section(long(2_900)));
    expect(checkMessage({ blocks })?.error).toBe('msg_blocks_too_long');
    expect(checkMessage({ blocks }, true)).toBeNull();
  });

  test('blocks of an attachment', () => {
    const refusal = checkMessage({ attachments: [{ blocks: [{ type: 'nonsense' }] }] });
    expect(refusal?.messages.join()).toContain('/attachments/0/blocks/0/type');
  });
});

describe('views Slack refuses', () => {
  test.each(badViews)('%s', (_name, view, pointer) => {
    const refusal = checkView(view, 'modal');
    expect(refusal?.error).toBe('invalid_arguments');
    expect(refusal?.messages.join('\n')).toContain(pointer);
  });

  test('file_input on Home', () => {
    const blocks = [{ type: 'input', label: plain('F'), element: { type: 'file_input', action_id: 'f' } }];
    expect(checkView({ type: 'home', blocks }, 'home')?.messages.join()).toContain('/view/blocks/0/element/type');
    expect(checkView(modal(blocks), 'modal')).toBeNull();
  });

  test('more than 250 KB', () => {
    const blocks = Array.from({ length: 100 }, () => section(long(2_990)));
    expect(checkView(modal(blocks), 'modal')).toEqual({ error: 'view_too_large', messages: [] });
  });
});

describe('what is legal passes', () => {
  const edge: [string, unknown][] = [
    ['button text of 75', [actions(button(long(75)))]],
    ['the same action_id in two blocks', [actions(button('a')), actions(button('b'))]],
    ['select with 1 option', [actions(select(1))]],
    ['select with 100 options', [actions(select(100))]],
    ['section of 3000', [section(long(3000))]],
    ['section with fields only', [{ type: 'section', fields: [plain('f')] }]],
    ['header of 150', [{ type: 'header', text: plain(long(150)) }]],
    ['50 blocks', Array.from({ length: 50 }, () => ({ type: 'divider' }))],
    ['overflow of 5', [actions({ type: 'overflow', action_id: 'o', options: options(5) })]],
    ['10 fields', [{ type: 'section', fields: Array.from({ length: 10 }, () => plain('f')) }]],
    ['button style danger', [actions(button('a', { style: 'danger' }))]],
    ['an initial option that is offered', [actions({ ...select(2), initial_option: option(1) })]],
    [
      'every control of a message',
      [
        actions(
          { type: 'datepicker', initial_date: '2026-11-23' },
          { type: 'timepicker', initial_time: '09:30' },
          { type: 'datetimepicker', initial_date_time: 1_763_900_000 },
          { type: 'users_select', placeholder: plain('Who') },
          { type: 'multi_external_select', min_query_length: 0, max_selected_items: 3 },
          { type: 'radio_buttons', options: [{ text: { type: 'mrkdwn', text: '*a*' }, value: 'a' }] },
        ),
      ],
    ],
    [
      'rich text',
      [
        {
          type: 'rich_text',
          elements: [
            { type: 'rich_text_section', elements: [{ type: 'text', text: 'a', style: { bold: true } }] },
            {
              type: 'rich_text_list',
              style: 'bullet',
              indent: 0,
              elements: [{ type: 'rich_text_section', elements: [{ type: 'user', user_id: 'U1' }] }],
            },
          ],
        },
      ],
    ],
    [
      'context with image and texts',
      [{ type: 'context', elements: [{ type: 'image', image_url: 'https://x.test/a.png', alt_text: '' }, plain('a')] }],
    ],
    ['table', [{ type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] }]],
  ];
  test.each(edge)('%s', (_name, blocks) => {
    expect(checkMessage({ text: 'fallback', blocks })).toBeNull();
  });

  const views: [string, unknown][] = [
    ['title of 24', modal([section('a')], { title: plain(long(24)) })],
    ['input without action_id', modal([{ ...input(), element: { type: 'plain_text_input' } }])],
    ['no submit without inputs', modal([section('a')], { submit: undefined })],
    ['100 blocks', modal(Array.from({ length: 100 }, () => ({ type: 'divider' })))],
    ['private_metadata of 3000', modal([section('a')], { private_metadata: long(3000) })],
    ['label of 2000', modal([input({ label: plain(long(2000)) })])],
    ['null where something may be left out', modal([section('a')], { close: null })],
    ['an alert', modal([{ type: 'alert', level: 'error', text: plain('No') }])],
    [
      'number input with bounds as texts',
      modal([input({ element: { type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '9' } })]),
    ],
  ];
  test.each(views)('%s', (_name, view) => {
    expect(checkView(view, 'modal')).toBeNull();
  });
});
