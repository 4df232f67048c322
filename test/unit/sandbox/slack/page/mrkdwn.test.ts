import { describe, expect, test } from '@jest/globals';
import { formatDate, type Viewer } from '../../../../../sandbox/slack/page/mrkdwn/dates.ts';
import { parseMarkdown } from '../../../../../sandbox/slack/page/mrkdwn/markdown.ts';
import { type Inline, parseInline, parseMrkdwn } from '../../../../../sandbox/slack/page/mrkdwn/parse.ts';
import { fromRichText, toRichText } from '../../../../../sandbox/slack/page/mrkdwn/rich-text.ts';
import { safeUrl } from '../../../../../sandbox/slack/page/mrkdwn/safe-url.ts';

/** Nodes in a short form that is easy to compare: `b(…)`, `@U1`, `"text"`. */
function short(nodes: Inline[]): string {
  return nodes
    .map((node) => {
      switch (node.kind) {
        case 'text':
          return node.text;
        case 'break':
          return '⏎';
        case 'bold':
        case 'italic':
        case 'strike':
          return `${node.kind[0]}(${short(node.children)})`;
        case 'code':
          return `c(${node.text})`;
        case 'emoji':
          return `e(${node.name})`;
        case 'link':
          return `l(${node.url}|${node.label})`;
        case 'user':
        case 'channel':
        case 'group':
          return `${node.kind}(${node.id})`;
        case 'broadcast':
          return `!${node.range}`;
        case 'date':
          return `d(${node.epoch}|${node.format}|${node.fallback})`;
        default:
          return '?';
      }
    })
    .join('');
}

describe('inline mrkdwn', () => {
  test.each([
    ['*bold* _it_ ~no~', 'b(bold) i(it) s(no)'],
    ['*_both_*', 'b(i(both))'],
    ['2*3*4 and snake_case_name', '2*3*4 and snake_case_name'],
    ['* not bold *', '* not bold *'],
    ['*a* b*', 'b(a) b*'],
    ['（*中文*）', '（b(中文)）'],
    ['*two\nlines*', '*two⏎lines*'],
    ['`*raw* &lt;b&gt;`', 'c(*raw* <b>)'],
    ['a &amp; b &lt;c&gt; &amp;lt;', 'a & b <c> &lt;'],
    ['<@U1> <@U1|al> <#C1|gen> <!here> <!subteam^S1|@ops>', 'user(U1) user(U1) channel(C1) !here group(S1)'],
    ['<https://a.example/?x=1&amp;y=2|the *link*>', 'l(https://a.example/?x=1&y=2|the *link*)'],
    ['see https://a.example/x. And', 'see l(https://a.example/x|https://a.example/x). And'],
    ['<mailto:a@b.example>', 'l(mailto:a@b.example|a@b.example)'],
    ['at 10:30:15, :tada: :100: :+1:', 'at 10:30:15, e(tada) e(100) e(+1)'],
    ['<!date^1700000000^{date}|then>', 'd(1700000000000|{date}|then)'],
    ['<!date^soon^{date}|then>', 'then'],
    ['<unclosed and <b> tags', '<unclosed and <b> tags'],
    ['', ''],
  ])('%s', (source, expected) => {
    expect(short(parseInline(source))).toBe(expected);
  });

  test('any text of marks ends, and loses no letter', () => {
    for (const source of ['*'.repeat(500), '_*~'.repeat(200), '<'.repeat(500), '`'.repeat(301), ':a'.repeat(300)]) {
      expect(short(parseInline(source)).replace(/[bisc()]/g, '').length).toBeGreaterThan(0);
    }
  });
});

describe('paragraphs', () => {
  test('quotes, preformatted text and lines', () => {
    expect(parseMrkdwn('one\n> q1\n&gt; q2\ntwo\n```\ncode *x*\n```\nthree').map(({ kind }) => kind)).toEqual([
      'lines',
      'quote',
      'lines',
      'pre',
      'lines',
    ]);
    expect(parseMrkdwn('```<https://a.example|A> &lt;b&gt;```')).toEqual([{ kind: 'pre', text: 'A <b>' }]);
    expect(parseMrkdwn('an unpaired ``` fence')).toHaveLength(1);
  });

  test('markdown is read simply', () => {
    const parts = parseMarkdown('# Title\n\n**bold** and [a](https://a.example)\n- item\n```\n# no heading\n```');
    expect(parts[0]).toEqual({ kind: 'heading', text: 'Title' });
    const [, lines, pre] = parts;
    expect(lines?.kind === 'lines' && short(lines.children)).toBe('b(bold) and l(https://a.example|a)⏎• item');
    expect(pre).toEqual({ kind: 'pre', text: '# no heading' });
  });
});

describe('dates', () => {
  const words = { today: 'Today', yesterday: 'Yesterday', tomorrow: 'Tomorrow' };
  const viewer: Viewer = { locale: 'en-US', zone: 'Asia/Shanghai', now: Date.parse('2026-11-22T06:00:00Z'), words };
  const at = Date.parse('2026-11-21T23:30:00Z');

  test.each([
    ['{date_short_pretty} {time}', 'today 7:30 AM'],
    ['{date_num} {time_secs}', '2026-11-22 7:30:00 AM'],
    ['{date_long}', 'Sunday, November 22, 2026'],
    ['{ago}', '6 hours ago'],
    ['{nonsense}', '{nonsense}'],
  ])('%s', (format, expected) => {
    // Some browsers separate time and AM by a narrow space.
    expect(formatDate(at, format, viewer).replace(/\u202f/g, ' ')).toBe(expected);
  });

  test('the same instant in another zone and language', () => {
    const other = { ...viewer, zone: 'Europe/London', locale: 'zh-CN', words: { ...words, yesterday: '昨天' } };
    expect(formatDate(at, '{date_pretty} {time}', other)).toBe('昨天 23:30');
  });
});

describe('rich text', () => {
  test('what was typed becomes rich text and back', () => {
    const typed = 'plain *bold* `code`\n• one\n• two\n> quoted\n```x < y```';
    const block = toRichText(typed);
    expect(block).toMatchObject({
      type: 'rich_text',
      elements: [
        { type: 'rich_text_section' },
        { type: 'rich_text_list', style: 'bullet', elements: [{}, {}] },
        { type: 'rich_text_quote' },
        { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'x < y' }] },
      ],
    });
    expect(fromRichText(block)).toBe(typed);
  });
});

test.each([
  ['https://a.example/', true],
  ['mailto:a@b.example', true],
  ['/files/F1', true],
  ['//evil.example', false],
  ['javascript:alert(1)', false],
  [' JaVaScript:alert(1)', false],
  ['data:text/html,x', false],
])('%s may be opened: %s', (url, allowed) => {
  expect(safeUrl(url) !== null).toBe(allowed);
});
