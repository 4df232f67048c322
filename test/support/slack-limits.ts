import { parts } from './view-text.ts';

interface Cell {
  type: string;
  text?: string;
  element?: { action_id: string; text: { text: string } };
  elements?: unknown;
}

const shownIn = ({ text, element, elements }: Cell): string =>
  text ??
  element?.text.text ??
  [...JSON.stringify(elements).matchAll(/"(?:text|url|fallback)":"([^"]*)"/g)].map(([, said]) => said).join('');

/**
 * What Slack would refuse, by its published limits, written independently of src/slack/views/limits.ts: texts, counts,
 * ids. Returns one line per fault.
 */
export function faultsOf(rendered: { blocks: unknown[] }): string[] {
  const faults: string[] = [];
  const check = (ok: boolean, fault: string) => ok || faults.push(fault);
  const isView = (rendered as { type?: string }).type !== undefined;
  const text = (object: unknown, max: number, where: string) => {
    const length = (object as { text?: string } | undefined)?.text?.length ?? -1;
    if (object !== undefined)
      check(length >= 1 && length <= max, `${where}: ${length} characters, 1 to ${max} allowed`);
  };
  check(
    rendered.blocks.length >= 1 && rendered.blocks.length <= (isView ? 100 : 50),
    `${rendered.blocks.length} blocks`,
  );
  const ids = rendered.blocks
    .map((block) => (block as { block_id?: string }).block_id)
    .filter((id) => id !== undefined);
  check(new Set(ids).size === ids.length, `block_id repeated: ${ids}`);
  const inputs = parts(rendered, 'input');
  if (isView) {
    const view = rendered as { title?: unknown; submit?: unknown; close?: unknown };
    for (const key of ['title', 'submit', 'close'] as const) text(view[key], 24, key);
    check(view.title !== undefined || (rendered as { type?: string }).type === 'home', 'no title');
    check(inputs.length === 0 || view.submit !== undefined, 'inputs without submit');
    check(Buffer.byteLength(JSON.stringify(rendered)) <= 250_000, 'view too large');
  } else {
    check(inputs.length === 0, 'input in a message');
    const message = rendered as { text?: string };
    check((message.text?.length ?? 0) >= 1 && (message.text?.length ?? 0) <= 4000, `text of ${message.text?.length}`);
    const total = parts(rendered.blocks, 'mrkdwn', 'plain_text').reduce(
      (sum, part) => sum + String(part.text).length,
      0,
    );
    check(total <= 10_000, `texts of ${total} characters in all`);
  }
  for (const part of parts(rendered, 'plain_text', 'mrkdwn')) text(part, 3000, 'text');
  for (const section of parts(rendered, 'section')) {
    const fields = (section.fields ?? []) as unknown[];
    check(section.text !== undefined || fields.length > 0, 'section without text');
    check(fields.length <= 10, `${fields.length} fields`);
    for (const field of fields) text(field, 2000, 'field');
  }
  for (const context of parts(rendered, 'context'))
    check(((context.elements as unknown[]) ?? []).length <= 10, 'context');
  for (const actions of parts(rendered, 'actions')) {
    const elements = actions.elements as { action_id: string }[];
    check(elements.length >= 1 && elements.length <= 25, `${elements.length} elements`);
    check(new Set(elements.map((element) => element.action_id)).size === elements.length, 'action_id repeated');
  }
  const tables = parts(rendered, 'data_table') as unknown as { rows: Cell[][]; caption: string; page_size: number }[];
  check(tables.length <= 1, `${tables.length} tables`);
  for (const { rows, caption, page_size } of tables) {
    check(rows.length >= 2 && rows.length <= 101, `${rows.length} rows`);
    check(caption.length >= 1 && page_size >= 1 && page_size <= 100, 'caption or page size');
    check(
      (rows[0] ?? []).every(({ type }) => type === 'raw_text'),
      'header',
    );
    check(
      rows.every((row) => row.length === rows[0]?.length && row.length <= 20),
      'rows of different lengths',
    );
    const cells = rows.flat();
    check(
      cells.every(({ type, text: said }) => type === 'rich_text' || type === 'action' || (said ?? '').length > 0),
      'empty cell',
    );
    check(cells.reduce((sum, cell) => sum + shownIn(cell).length, 0) <= 10_000, 'text of a table');
    const pressed = cells.flatMap(({ element }) => (element === undefined ? [] : [element.action_id]));
    check(new Set(pressed).size === pressed.length, 'action_id repeated in a table');
  }
  for (const input of inputs) {
    text(input.label, 2000, 'label');
    text(input.hint, 2000, 'hint');
  }
  for (const button of parts(rendered, 'button')) {
    text(button.text, 75, 'button');
    check(String(button.value ?? '').length <= 2000, 'button value');
    check(String(button.accessibility_label ?? '').length <= 75, 'accessibility label');
    check(['primary', 'danger', undefined].includes(button.style as string | undefined), 'style');
    const confirm = button.confirm as Record<string, unknown> | undefined;
    for (const [key, max] of [
      ['title', 100],
      ['text', 300],
      ['confirm', 30],
      ['deny', 30],
    ] as const)
      text(confirm?.[key], max, key);
  }
  for (const menu of parts(rendered, 'static_select', 'overflow', 'external_select')) {
    const options = (menu.options ?? []) as { text: unknown; description?: unknown; value: string }[];
    const most = menu.type === 'overflow' ? 5 : 100;
    check(
      menu.type === 'external_select' || (options.length >= 1 && options.length <= most),
      `${options.length} options`,
    );
    for (const option of [...options, ...(menu.initial_option ? [menu.initial_option as (typeof options)[0]] : [])]) {
      text(option.text, 75, 'option');
      text(option.description, 75, 'description');
      check(option.value.length >= 1 && option.value.length <= 150, `option value of ${option.value.length}`);
    }
    text(menu.placeholder, 150, 'placeholder');
    const initial = JSON.stringify(menu.initial_option);
    const among = options.some((option) => JSON.stringify(option) === initial);
    check(initial === undefined || menu.type === 'external_select' || among, 'initial_option is no option');
  }
  for (const input of parts(rendered, 'plain_text_input', 'number_input')) {
    text(input.placeholder, 150, 'placeholder');
    const initial = input.initial_value;
    check(initial === undefined || (String(initial).length >= 1 && String(initial).length <= 3000), 'initial value');
    check(input.type !== 'number_input' || initial === undefined || /^-?\d+$/.test(String(initial)), 'no number');
  }
  return faults;
}
