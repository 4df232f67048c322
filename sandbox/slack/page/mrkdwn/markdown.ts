import { type Paragraph, parseMrkdwn } from './parse.ts';

export type MarkdownPart = { kind: 'heading'; text: string } | Paragraph;

/** Standard Markdown, simply: headings, bold, strike, links and bullets are put into the grammar of mrkdwn. */
export function parseMarkdown(source: string): MarkdownPart[] {
  const parts: MarkdownPart[] = [];
  let pending: string[] = [];
  let fenced = false;
  const flush = (): void => {
    const text = pending.join('\n').replace(/^\n+|\n+$/g, '');
    if (text !== '') parts.push(...parseMrkdwn(text));
    pending = [];
  };
  for (const line of source.split('\n')) {
    const heading = fenced ? null : /^#{1,6}\s+(.*?)\s*#*$/.exec(line);
    if (line.startsWith('```')) {
      fenced = !fenced;
      pending.push('```');
    } else if (heading) {
      flush();
      parts.push({ kind: 'heading', text: toMrkdwn(heading[1] ?? '').replaceAll('*', '') });
    } else {
      pending.push(fenced ? line : toMrkdwn(line));
    }
  }
  flush();
  return parts;
}

function toMrkdwn(line: string): string {
  return line
    .replace(/^(\s*)[-*+]\s+/, '$1• ')
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, '<$2|$1>')
    .replace(/(^|[^*])\*([^*\s][^*]*)\*(?!\*)/g, '$1_$2_')
    .replace(/\*\*([^*]+)\*\*/g, '*$1*')
    .replace(/~~([^~]+)~~/g, '~$1~');
}
