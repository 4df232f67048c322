import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The administrator's pages: what they tell people to type, and what they say comes back. */

const docs = new URL('../../../docs/', import.meta.url);

/** One folder per language; each has the same pages. */
export const adminFolders = { en: 'admin', 'zh-CN': 'zh-CN/admin' } as const;
export type PageLanguage = keyof typeof adminFolders;

export function pageNames(language: PageLanguage): string[] {
  const folder = fileURLToPath(new URL(adminFolders[language], docs));
  return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.md')) : [];
}

export function readPage(language: PageLanguage, page: string): string {
  return readFileSync(new URL(`${adminFolders[language]}/${page}`, docs), 'utf8');
}

/** A fenced block. `sh` is typed into a terminal; `text` after it is what the terminal then shows. */
export interface Block {
  language: string;
  text: string;
  /** Of its first line in the page, from 1. */
  line: number;
  /** The heading that it is under. */
  heading: string;
}

/** The fenced blocks in their order. Throws for a fence that is not closed or names no language. */
export function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  let heading = '';
  let open: { language: string; from: number; lines: string[]; indent: number } | null = null;
  for (const [at, line] of markdown.split('\n').entries()) {
    const fence = /^( *)```(\S*)$/.exec(line);
    if (open === null) {
      if (fence !== null) {
        const [, indent = '', language = ''] = fence;
        if (language === '') throw new Error(`line ${at + 1}: a block without a language`);
        open = { language, from: at + 2, lines: [], indent: indent.length };
      } else if (/^#+ /.test(line)) heading = line.replace(/^#+ /, '');
    } else if (fence !== null && fence[2] === '') {
      blocks.push({ language: open.language, text: open.lines.join('\n'), line: open.from, heading });
      open = null;
    } else open.lines.push(line.slice(open.indent));
  }
  if (open !== null) throw new Error(`line ${open.from}: a block that is not closed`);
  return blocks;
}

/**
 * The lines of `expected` that `shown` lacks; `…` stands for anything. Other lines may come between them, but their order
 * counts.
 */
export function missingLines(expected: string, shown: string): string[] {
  const lines = shown.split('\n').map((line) => line.trim());
  const missing: string[] = [];
  let from = 0;
  for (const wanted of expected.split('\n').map((line) => line.trim())) {
    if (wanted === '' || wanted === '…') continue;
    const pattern = new RegExp(`^${wanted.split('…').map(escaped).join('.*')}$`);
    const found = lines.findIndex((line, at) => at >= from && pattern.test(line));
    if (found < 0) missing.push(wanted);
    else from = found + 1;
  }
  return missing;
}

const escaped = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
