import { asJson, asObjects, asString, num } from '../../json.ts';
import type { Json } from '../../protocol.ts';
import { type Inline, parseInline, parseMrkdwn } from './parse.ts';

type Style = { bold?: true; italic?: true; strike?: true; code?: true };

/** A `rich_text` block of what was typed as mrkdwn. */
export function toRichText(text: string): Json {
  const elements: Json[] = [];
  for (const paragraph of parseMrkdwn(escapeTyped(text))) {
    if (paragraph.kind === 'pre') {
      elements.push({ type: 'rich_text_preformatted', elements: [{ type: 'text', text: paragraph.text }] });
    } else if (paragraph.kind === 'quote') {
      elements.push({ type: 'rich_text_quote', elements: paragraph.children.flatMap((node) => toElements(node, {})) });
    } else {
      elements.push(...sectionsAndLists(paragraph.children));
    }
  }
  return { type: 'rich_text', elements };
}

/** A person types `<`; only `<@U…>`, `<#C…>` and links are control sequences. */
function escapeTyped(text: string): string {
  return text.replaceAll('&', '&amp;').replace(/<(?![@#!]|https?:|mailto:)/g, '&lt;');
}

function sectionsAndLists(nodes: Inline[]): Json[] {
  const lines: Inline[][] = [[]];
  for (const node of nodes) {
    if (node.kind === 'break') lines.push([]);
    else lines.at(-1)?.push(node);
  }
  const parts: Json[] = [];
  for (const line of lines) {
    const first = line[0];
    const bullet = first?.kind === 'text' ? /^[•-] /.exec(first.text) : null;
    const rest: Inline[] =
      bullet && first?.kind === 'text' ? [{ kind: 'text', text: first.text.slice(2) }, ...line.slice(1)] : line;
    const elements = rest.flatMap((node) => toElements(node, {}));
    const last = parts.at(-1);
    if (bullet) {
      const item = { type: 'rich_text_section', elements };
      if (last?.type === 'rich_text_list') last.elements = [...asObjects(last.elements), item];
      else parts.push({ type: 'rich_text_list', style: 'bullet', indent: 0, border: 0, elements: [item] });
    } else if (last?.type === 'rich_text_section') {
      last.elements = [...asObjects(last.elements), { type: 'text', text: '\n' }, ...elements];
    } else {
      parts.push({ type: 'rich_text_section', elements });
    }
  }
  return parts;
}

function toElements(node: Inline, style: Style): Json[] {
  const styled = (element: Json): Json[] => [Object.keys(style).length > 0 ? { ...element, style } : element];
  switch (node.kind) {
    case 'text':
      return styled({ type: 'text', text: node.text });
    case 'break':
      return styled({ type: 'text', text: '\n' });
    case 'code':
      return [{ type: 'text', text: node.text, style: { ...style, code: true } }];
    case 'bold':
    case 'italic':
    case 'strike':
      return node.children.flatMap((child) => toElements(child, { ...style, [node.kind]: true }));
    case 'emoji':
      return styled({ type: 'emoji', name: node.name });
    case 'link':
      return styled({ type: 'link', url: node.url, ...(node.label === node.url ? {} : { text: node.label }) });
    case 'user':
      return styled({ type: 'user', user_id: node.id });
    case 'channel':
      return styled({ type: 'channel', channel_id: node.id });
    case 'group':
      return styled({ type: 'usergroup', usergroup_id: node.id });
    case 'broadcast':
      return styled({ type: 'broadcast', range: node.range });
    case 'date':
      return styled({ type: 'date', timestamp: Math.round(node.epoch / 1_000), format: node.format });
  }
}

/** The text a person would have typed for a `rich_text` block; what has no short form becomes plain text. */
export function fromRichText(block: Json): string {
  return asObjects(block.elements)
    .map((part) => {
      const inner = asObjects(part.elements);
      switch (part.type) {
        case 'rich_text_list':
          return inner.map((item) => `• ${inline(asObjects(item.elements))}`).join('\n');
        case 'rich_text_quote':
          return inline(inner).replace(/^/gm, '> ');
        case 'rich_text_preformatted':
          return `\`\`\`${inline(inner)}\`\`\``;
        default:
          return inline(inner);
      }
    })
    .join('\n');
}

function inline(elements: Json[]): string {
  return elements.map((element) => marked(plain(element), asJson(element.style))).join('');
}

function plain(element: Json): string {
  switch (element.type) {
    case 'emoji':
      return `:${asString(element.name)}:`;
    case 'link':
      return element.text === undefined
        ? asString(element.url)
        : `<${asString(element.url)}|${asString(element.text)}>`;
    case 'user':
      return `<@${asString(element.user_id)}>`;
    case 'channel':
      return `<#${asString(element.channel_id)}>`;
    default:
      return asString(element.text);
  }
}

function marked(text: string, style: Json): string {
  let out = text;
  if (style.code === true) out = `\`${out}\``;
  if (style.strike === true) out = `~${out}~`;
  if (style.italic === true) out = `_${out}_`;
  return style.bold === true ? `*${out}*` : out;
}

/** The nodes for one element of a rich text section. */
export function nodesOf(element: Json): Inline[] {
  const style = asJson(element.style);
  let nodes = baseNodes(element);
  if (style.code === true) nodes = [{ kind: 'code', text: asString(element.text) || asString(element.url) }];
  for (const kind of ['strike', 'italic', 'bold'] as const) {
    if (style[kind] === true) nodes = [{ kind, children: nodes }];
  }
  return nodes;
}

function baseNodes(element: Json): Inline[] {
  const text = asString(element.text);
  switch (element.type) {
    case 'text':
      return text.split('\n').flatMap((line, index): Inline[] => {
        const node: Inline = { kind: 'text', text: line };
        return index === 0 ? [node] : [{ kind: 'break' }, node];
      });
    case 'emoji':
      return [{ kind: 'emoji', name: asString(element.name) }];
    case 'link':
      return [{ kind: 'link', url: asString(element.url), label: text || asString(element.url) }];
    case 'user':
      return [{ kind: 'user', id: asString(element.user_id), label: '' }];
    case 'channel':
      return [{ kind: 'channel', id: asString(element.channel_id), label: '' }];
    case 'usergroup':
      return [{ kind: 'group', id: asString(element.usergroup_id), label: '' }];
    case 'broadcast':
      return [{ kind: 'broadcast', range: asString(element.range) }];
    case 'date':
      return [
        {
          kind: 'date',
          epoch: (num(element.timestamp) ?? Number.NaN) * 1_000,
          format: asString(element.format),
          url: asString(element.url),
          fallback: asString(element.fallback),
        },
      ];
    case 'color':
      return [{ kind: 'code', text: asString(element.value) }];
    default:
      return text ? parseInline(text) : [];
  }
}
