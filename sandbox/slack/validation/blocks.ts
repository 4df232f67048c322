import { allBlocks, elementsOf, textOf } from '../block-tree.ts';
import { asArray, asJson, asObjects, asString } from '../json.ts';
import type { Json } from '../protocol.ts';
import { elements, places } from './elements.ts';
import { limits } from './limits.ts';
import { imageFields, mrkdwn, oneImageSource, text } from './objects.ts';
import {
  anything,
  bool,
  integer,
  type Kind,
  kinds,
  list,
  numeric,
  object,
  type Report,
  type Rule,
  string,
} from './rules.ts';

/** Every block: its properties, its limits, and the surfaces it is allowed on. */

const blockId = { block_id: string({ max: limits.id }) };
const element = (allowed: string[]): Rule => kinds('an element', elements, allowed);
const image: Rule = element(['image']);

const needsTextOrFields: Rule = (value, at, report) => {
  const { text: shown, fields } = asJson(value);
  if ((shown === undefined || shown === null) && (fields === undefined || fields === null)) {
    report.add('missing required field: text or fields', at);
  }
};

const styled = { style: object({ open: true }) };
const inline: Rule = kinds('a rich text element', {
  text: { required: { text: string({ min: 1 }) }, optional: styled },
  link: { required: { url: string({ min: 1 }) }, optional: { ...styled, text: string(), unsafe: bool } },
  emoji: { required: { name: string({ min: 1 }) }, open: true },
  date: { required: { timestamp: integer(0, 1e12), format: string({ min: 1 }) }, open: true },
  user: { required: { user_id: string({ min: 1 }) }, optional: styled },
  usergroup: { required: { usergroup_id: string({ min: 1 }) }, optional: styled },
  channel: { required: { channel_id: string({ min: 1 }) }, optional: styled },
  team: { required: { team_id: string({ min: 1 }) }, optional: styled },
  broadcast: { required: { range: string({ oneOf: ['here', 'channel', 'everyone'] }) }, optional: styled },
  color: { required: { value: string({ min: 1 }) }, optional: styled },
});
const inlines = list(inline);
const border = { border: integer(0, 1) };
const section: Rule = kinds('a rich text section', { rich_text_section: { required: { elements: inlines } } });
const richParts: Rule = kinds('a rich text part', {
  rich_text_section: { required: { elements: inlines } },
  rich_text_list: {
    required: { elements: list(section), style: string({ oneOf: ['bullet', 'ordered'] }) },
    optional: { ...border, indent: integer(0, 8), offset: integer(0, 1e6) },
  },
  rich_text_quote: { required: { elements: inlines }, optional: border },
  rich_text_preformatted: { required: { elements: inlines }, optional: { ...border, language: string() } },
});

const cell: Rule = kinds('a table cell', {
  raw_text: { required: { text: string({ min: 1 }) }, open: true },
  raw_number: { required: { value: anything }, open: true },
  rich_text: { required: { elements: list(richParts) }, open: true },
});

const rawCells = {
  raw_text: { required: { text: string({ min: 1 }) }, open: true },
  raw_number: { required: { value: numeric }, optional: { text: string({ min: 1 }) } },
} satisfies Record<string, Kind>;

/** A button in a table, which only a `data_table` may have. */
const action: Kind = {
  required: { element: element(['button']) },
  optional: { fallback: kinds('a fallback', rawCells) },
};
const dataCell: Rule = kinds('a table cell', {
  ...rawCells,
  rich_text: { required: { elements: list(richParts) }, open: true },
  action,
});

/** docs.slack.dev, data table block: a header of plain cells, and rows of the same length. */
const asTable: Rule = (value, at, report) => {
  const rows = asArray(asJson(value).rows).map(asObjects);
  const [head = []] = rows;
  if (head.some(({ type }) => type !== 'raw_text' && type !== 'raw_number')) {
    report.add('the header row must consist of raw_text or raw_number cells', `${at}/rows/0`);
  }
  if (rows.some((row) => row.length !== head.length))
    report.add('all rows must have the same number of cells', `${at}/rows`);
  textWithin(limits.dataTable.text)(value, at, report);
};

const card: Kind = {
  optional: {
    ...blockId,
    hero_image: image,
    icon: image,
    title: mrkdwn(limits.card.title),
    subtitle: mrkdwn(limits.card.title),
    subtext: mrkdwn(limits.card.body),
    body: mrkdwn(limits.card.body),
    slack_icon: anything,
    actions: list(element(['button']), { min: 1, max: limits.card.buttons }),
  },
  also(value, at, report) {
    const given = asJson(value);
    if (!['hero_image', 'title', 'actions', 'body'].some((name) => given[name] !== undefined)) {
      report.add('one of hero_image, title, actions and body is required', at);
    }
  },
};

const inContainers = [
  'actions',
  'context',
  'divider',
  'file',
  'header',
  'image',
  'input',
  'rich_text',
  'section',
  'table',
  'video',
];

/** The texts of all cells together. */
const textWithin =
  (most: number): Rule =>
  (value, at, report) => {
    if (textOf([value]).length > most) report.add(`must be less than ${most + 1} characters in all`, `${at}/rows`);
  };

const point = object({ required: { label: string({ min: 1, max: limits.chart.label }), value: numeric } });
const points = list(point, { min: 1, max: limits.chart.points });
const series = object({ required: { name: string({ min: 1, max: limits.chart.label }), data: points } });
const drawn: Kind = {
  required: { series: list(series, { min: 1, max: limits.chart.parts }), axis_config: object({ open: true }) },
};
const chart: Rule = kinds('a chart', {
  pie: { required: { segments: list(point, { min: 1, max: limits.chart.parts }) } },
  bar: drawn,
  line: drawn,
  area: drawn,
});

/** Looked up only when a block is checked, so that containers can hold blocks of the same table. */
const contained: Rule = (value, at, report) => kinds('a block', blocks, inContainers)(value, at, report);

const blocks: { [type: string]: Kind } = {
  section: {
    optional: {
      ...blockId,
      text: text(limits.section.text, 'any'),
      fields: list(text(limits.section.field, 'any'), { min: 1, max: limits.section.fields }),
      accessory: element(places.accessory),
      expand: bool,
    },
    also: needsTextOrFields,
  },
  header: { required: { text: text(limits.header) }, optional: { ...blockId, level: integer(1, 4) } },
  divider: { optional: blockId },
  image: {
    ...imageFields,
    optional: { ...imageFields.optional, ...blockId, title: text(limits.image.title) },
    also: oneImageSource,
  },
  context: {
    required: { elements: list(element(places.context), { min: 1, max: limits.context }) },
    optional: blockId,
  },
  actions: {
    required: { elements: list(element(places.actions), { min: 1, max: limits.actions }) },
    optional: blockId,
  },
  context_actions: {
    surfaces: ['message'],
    required: { elements: list(element(places.contextActions), { min: 1, max: limits.contextActions }) },
    optional: blockId,
  },
  input: {
    required: { label: text(limits.label), element: element(places.input) },
    optional: { ...blockId, hint: text(limits.hint), optional: bool, dispatch_action: bool },
  },
  rich_text: { required: { elements: list(richParts) }, optional: blockId },
  file: { surfaces: ['message'], required: { source: string(), external_id: string() }, optional: blockId },
  video: {
    required: {
      video_url: string({ min: 1 }),
      thumbnail_url: string({ min: 1 }),
      alt_text: string({ min: 1 }),
      title: text(limits.video.title),
    },
    optional: {
      ...blockId,
      title_url: string(),
      author_name: string({ max: limits.video.author }),
      provider_name: string(),
      provider_icon_url: string(),
      description: text(limits.video.title),
    },
  },
  markdown: {
    surfaces: ['message'],
    required: { text: string({ min: 1, max: limits.markdown }) },
    optional: blockId,
  },
  alert: {
    surfaces: ['modal'],
    required: { text: text(limits.alert, 'any') },
    optional: { ...blockId, level: string({ oneOf: ['default', 'info', 'warning', 'error', 'success'] }) },
  },
  card,
  carousel: {
    surfaces: ['message', 'home'],
    required: { elements: list(kinds('a card', { card }), { min: 1, max: limits.carousel }) },
    optional: blockId,
  },
  container: {
    surfaces: ['message', 'home'],
    required: { child_blocks: list(contained, { min: 1, max: limits.container.blocks }) },
    optional: { ...blockId, title: text(limits.container.title), subtitle: text(limits.container.title, 'any') },
    open: true,
  },
  table: {
    surfaces: ['message', 'home'],
    required: { rows: list(list(cell, { min: 1, max: limits.table.cells }), { min: 1, max: limits.table.rows }) },
    optional: { ...blockId, column_settings: list(anything, { max: limits.table.cells }) },
    also: textWithin(limits.table.text),
  },
  data_table: {
    surfaces: ['message', 'home'],
    required: {
      rows: list(list(dataCell, { min: 1, max: limits.dataTable.cells }), { min: 2, max: limits.dataTable.rows }),
      caption: string({ min: 1 }),
    },
    optional: { ...blockId, page_size: integer(1, 100), row_header_column_index: integer(0, limits.dataTable.cells) },
    also: asTable,
  },
  task_card: {
    surfaces: ['message'],
    required: {
      task_id: string({ min: 1 }),
      title: string({ min: 1 }),
      status: string({ oneOf: ['pending', 'in_progress', 'complete', 'error'] }),
    },
    open: true,
  },
  plan: { surfaces: ['message'], required: { title: string({ min: 1 }) }, open: true },
  data_visualization: {
    surfaces: ['message', 'home'],
    required: { title: string({ min: 1, max: limits.chart.title }), chart },
    optional: blockId,
  },
};

/** Checks an array of blocks: each by its table, then what must be unique among them. */
export function checkBlocks(value: unknown, at: string, report: Report, most: number): void {
  list(kinds('a block', blocks), { max: most })(value, at, report);
  const seen = new Set<string>();
  asObjects(value).forEach((block, index) => {
    const id = asString(block.block_id);
    if (id !== '' && seen.has(id)) report.add(`block_id already exists: ${id}`, `${at}/${index}/block_id`);
    seen.add(id);
    uniqueActions(block, `${at}/${index}`, report);
  });
  const focused = allBlocks(value)
    .flatMap(elementsOf)
    .filter((candidate) => candidate.focus_on_load === true);
  if (focused.length > 1) report.add('only one element can set focus_on_load', at);
}

function uniqueActions(block: Json, at: string, report: Report): void {
  const seen = new Set<string>();
  for (const candidate of elementsOf(block)) {
    const id = asString(candidate.action_id);
    if (id !== '' && seen.has(id)) report.add(`action_id already exists: ${id}`, at);
    seen.add(id);
  }
}
