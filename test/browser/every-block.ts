/** Every block of Block Kit, by the surface it is allowed on: plain JSON, as some are newer than the typings. */

type Json = { [key: string]: unknown };

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const raw = (text: string) => ({ type: 'raw_text', text });
const figure = (value: number) => ({ type: 'raw_number', value });
const button = (action_id: string, text: string) => ({
  type: 'button',
  action_id,
  text: plain(text),
  value: action_id,
});
const rich = (text: string) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
});
const picture = (alt_text: string) => ({ type: 'image', image_url: 'https://example.com/p.png', alt_text });
const series = (name: string, ...values: number[]) => ({
  name,
  data: values.map((value, index) => ({ label: `${9 + index}:00`, value })),
});

const core: Json[] = [
  { type: 'header', text: plain('A header') },
  { type: 'section', text: mrkdwn('A *section*'), fields: [plain('First field'), plain('Second field')] },
  { type: 'divider' },
  { type: 'context', elements: [mrkdwn('In _context_'), picture('A small picture')] },
  { type: 'image', image_url: 'https://example.com/chart.png', alt_text: 'A picture elsewhere' },
  { type: 'actions', block_id: 'acts', elements: [button('act', 'An action')] },
  rich('Rich text'),
  {
    type: 'video',
    title: plain('How a campaign runs'),
    title_url: 'https://example.com/how',
    video_url: 'https://example.com/embed/how',
    thumbnail_url: 'https://example.com/how.png',
    alt_text: 'A still of the video',
    description: plain('Three minutes.'),
    author_name: 'Alice Chen',
    provider_name: 'Harbour TV',
  },
];

const card = (title: string): Json => ({
  type: 'card',
  block_id: `card-${title}`,
  title: mrkdwn(title),
  subtitle: mrkdwn('Line 2'),
  body: mrkdwn('4 of 10 lines *free*'),
  icon: picture('An icon'),
  actions: [button(`open_${title}`, `Open ${title}`)],
});

const wide: Json[] = [
  { type: 'carousel', elements: [card('Morning'), card('Evening')] },
  {
    type: 'container',
    title: plain('A container'),
    subtitle: plain('folded'),
    is_collapsible: true,
    default_collapsed: true,
    child_blocks: [{ type: 'section', text: mrkdwn('Inside the container') }],
  },
  {
    type: 'table',
    rows: [
      [raw('Line'), raw('Calls')],
      [raw('Hangzhou 02'), figure(5093)],
    ],
    column_settings: [{}, { align: 'right' }],
  },
  {
    type: 'data_table',
    caption: 'Calls per line',
    page_size: 2,
    row_header_column_index: 0,
    rows: [
      [raw('Line'), raw('Calls')],
      [raw('Ningbo'), figure(12)],
      [raw('Wenzhou'), figure(7)],
      [raw('Shaoxing'), figure(310)],
    ],
  },
  {
    type: 'data_visualization',
    title: 'Calls per hour',
    chart: {
      type: 'line',
      series: [series('Answered', 40, 55, 30), series('Busy', 10, 22, 18)],
      axis_config: { categories: ['9:00', '10:00', '11:00'], x_label: 'Hour', y_label: 'Calls' },
    },
  },
  {
    type: 'data_visualization',
    title: 'Outcomes',
    chart: {
      type: 'pie',
      segments: [
        { label: 'Answered', value: 75 },
        { label: 'No answer', value: 25 },
      ],
    },
  },
];

const step = (task_id: string, title: string, status: string, more: Json = {}): Json => ({
  type: 'task_card',
  task_id,
  title,
  status,
  ...more,
});

const messageOnly: Json[] = [
  { type: 'markdown', text: '## A heading\n\nStandard **Markdown** with [a link](https://example.com/)' },
  step('alone', 'Dial the list', 'in_progress', { details: rich('5,093 of 8,214') }),
  {
    type: 'plan',
    title: 'The day',
    tasks: [
      step('one', 'Import', 'complete', {
        sources: [{ type: 'url', url: 'https://example.com/list', text: 'the list' }],
      }),
      step('two', 'Check', 'error', { output: rich('96 numbers are invalid') }),
      step('three', 'Report', 'pending'),
    ],
  },
  {
    type: 'context_actions',
    block_id: 'opinion',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: 'opinion',
        positive_button: { text: plain('Good'), value: 'good' },
        negative_button: { text: plain('Bad'), value: 'bad' },
      },
      { type: 'icon_button', action_id: 'bin', icon: 'trash', text: plain('Throw away'), value: 'thing' },
    ],
  },
  { type: 'file', external_id: 'report-7', source: 'remote' },
];

const alerts: Json[] = ['default', 'info', 'warning', 'error', 'success'].map((level) => ({
  type: 'alert',
  level,
  text: plain(`An alert: ${level}`),
}));

/** What each surface may hold (docs.slack.dev, reference of each block). */
export const blocksOfMessages = [...core, card('Alone'), ...wide, ...messageOnly];
export const blocksOfHome = [...core, card('Alone'), ...wide];
export const blocksOfModals = [...core, card('Alone'), ...alerts];
