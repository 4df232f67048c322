/*
 * The grammar of mrkdwn text as chat messages use it: `*bold*`, `_italic_`, `~strike~`, code, preformatted text,
 * quotes,
 * `:emoji:`, and control sequences in angle brackets. Parsing never fails: what is no markup is text.
 */

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'break' }
  | { kind: 'bold' | 'italic' | 'strike'; children: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'emoji'; name: string }
  | { kind: 'link'; url: string; label: string }
  | { kind: 'user' | 'channel' | 'group'; id: string; label: string }
  | { kind: 'broadcast'; range: string }
  | { kind: 'date'; epoch: number; format: string; url: string; fallback: string };

export type Paragraph = { kind: 'lines' | 'quote'; children: Inline[] } | { kind: 'pre'; text: string };

/** `&amp;`, `&lt;` and `&gt;` are the only escapes. */
function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

export function parseMrkdwn(source: string): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  // Odd pieces stood between a pair of fences; an unpaired fence is plain text.
  const pieces = source.split('```');
  if (pieces.length % 2 === 0) {
    const last = pieces.pop() ?? '';
    pieces.push(`${pieces.pop() ?? ''}\`\`\`${last}`);
  }
  pieces.forEach((piece, index) => {
    if (index % 2 === 1) paragraphs.push({ kind: 'pre', text: plainOf(piece).replace(/^\n|\n$/g, '') });
    else paragraphs.push(...linesOf(piece, index > 0, index < pieces.length - 1));
  });
  return paragraphs;
}

/** Text of a preformatted piece: links show their label, nothing else is markup. */
function plainOf(text: string): string {
  return unescapeText(text.replace(/<([^<>|\n]*)(?:\|([^<>\n]*))?>/g, (_match, target, label) => label ?? target));
}

function linesOf(piece: string, afterPre: boolean, beforePre: boolean): Paragraph[] {
  let text = piece;
  if (afterPre) text = text.replace(/^\n/, '');
  if (beforePre) text = text.replace(/\n$/, '');
  if (text === '') return [];
  const paragraphs: { kind: 'lines' | 'quote'; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const quoted = /^(?:>|&gt;) ?/.exec(line);
    const kind = quoted ? 'quote' : 'lines';
    const content = quoted ? line.slice(quoted[0].length) : line;
    const last = paragraphs.at(-1);
    if (last?.kind === kind) last.lines.push(content);
    else paragraphs.push({ kind, lines: [content] });
  }
  return paragraphs.map(({ kind, lines }) => ({ kind, children: parseInline(lines.join('\n')) }));
}

const marks = { '*': 'bold', _: 'italic', '~': 'strike' } as const;
const boundaryBefore = /[\s(["'“‘（【「，。：；、！？,.:;!?/>*_~-]/;
const boundaryAfter = /[\s)\]"'”’）】」，。：；、！？,.:;!?/<*_~-]/;

export function parseInline(source: string): Inline[] {
  const nodes: Inline[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') nodes.push({ kind: 'text', text: unescapeText(text) });
    text = '';
  };
  let at = 0;
  while (at < source.length) {
    const found = nodeAt(source, at);
    if (found) {
      flush();
      nodes.push(found.node);
      at = found.end;
    } else {
      text += source[at];
      at += 1;
    }
  }
  flush();
  return nodes;
}

interface Found {
  node: Inline;
  end: number;
}

function nodeAt(source: string, at: number): Found | null {
  switch (source[at]) {
    case '\n':
      return { node: { kind: 'break' }, end: at + 1 };
    case '<':
      return control(source, at);
    case '`':
      return code(source, at);
    case ':':
      return emoji(source, at);
    case '*':
    case '_':
    case '~':
      return marked(source, at, source[at] as keyof typeof marks);
    case 'h':
      return bareUrl(source, at);
    default:
      return null;
  }
}

function code(source: string, at: number): Found | null {
  const end = source.indexOf('`', at + 1);
  const inner = source.slice(at + 1, end);
  if (end < 0 || inner === '' || inner.includes('\n')) return null;
  return { node: { kind: 'code', text: plainOf(inner) }, end: end + 1 };
}

function emoji(source: string, at: number): Found | null {
  const match = /^:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/i.exec(source.slice(at, at + 70));
  const name = match?.[1];
  // `10:30:15` is a time, not an emoji.
  if (!match || !name || (/^\d+$/.test(name) && name !== '100')) return null;
  return { node: { kind: 'emoji', name }, end: at + match[0].length };
}

function marked(source: string, at: number, mark: keyof typeof marks): Found | null {
  const before = source[at - 1];
  const first = source[at + 1];
  if ((before !== undefined && !boundaryBefore.test(before)) || first === undefined || /\s/.test(first)) return null;
  for (let end = source.indexOf(mark, at + 2); end > 0; end = source.indexOf(mark, end + 1)) {
    const inner = source.slice(at + 1, end);
    if (inner.includes('\n')) return null;
    const after = source[end + 1];
    if (/\s$/.test(inner) || inner.startsWith(mark) || (after !== undefined && !boundaryAfter.test(after))) continue;
    return { node: { kind: marks[mark], children: parseInline(inner) }, end: end + 1 };
  }
  return null;
}

function bareUrl(source: string, at: number): Found | null {
  const before = source[at - 1];
  if (before !== undefined && /[\w<|]/.test(before)) return null;
  const match = /^https?:\/\/[^\s<>|]+[^\s<>|.,:;!?)\]'"”’）】」，。：；、！？*_~]/.exec(source.slice(at));
  if (!match) return null;
  const url = unescapeText(match[0]);
  return { node: { kind: 'link', url, label: url }, end: at + match[0].length };
}

function control(source: string, at: number): Found | null {
  const end = source.indexOf('>', at);
  if (end < 0) return null;
  const inner = source.slice(at + 1, end);
  if (inner === '' || inner.includes('\n') || inner.includes('<')) return null;
  const bar = inner.indexOf('|');
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? '' : unescapeText(inner.slice(bar + 1));
  const node = controlNode(target, label);
  return node && { node, end: end + 1 };
}

function controlNode(target: string, label: string): Inline | null {
  if (/^@[UW][A-Z0-9]*$/i.test(target)) return { kind: 'user', id: target.slice(1), label };
  if (/^#[CDG][A-Z0-9]*$/i.test(target)) return { kind: 'channel', id: target.slice(1), label };
  if (target.startsWith('!')) return special(target.slice(1), label);
  const url = unescapeText(target);
  return /^[a-z][a-z0-9+.-]*:/i.test(url) ? { kind: 'link', url, label: label || url.replace(/^mailto:/, '') } : null;
}

function special(command: string, label: string): Inline | null {
  const [name = '', ...rest] = command.split('^');
  if (name === 'date') {
    const [seconds = '', format = '', url = ''] = rest;
    const epoch = Number(seconds) * 1_000;
    if (seconds === '' || Number.isNaN(epoch)) return { kind: 'text', text: label };
    return { kind: 'date', epoch, format, url: unescapeText(url), fallback: label };
  }
  if (name === 'subteam') return { kind: 'group', id: rest[0] ?? '', label };
  if (/^(here|channel|everyone)$/.test(name)) return { kind: 'broadcast', range: name };
  return label ? { kind: 'text', text: label } : null;
}
