import type { StringTable } from './string-table.ts';
import type { XmlHandler } from './xml.ts';

/** Collects the text of a cell or shared string: of all its runs, without the reading aids of East Asian text. */
export class TextRuns {
  #text = '';
  #inText = false;
  #phonetic = 0;

  opened(name: string): void {
    if (name === 'rPh') this.#phonetic += 1;
    this.#inText = name === 't' && this.#phonetic === 0;
  }

  text(text: string): void {
    if (this.#inText) this.#text += text;
  }

  closed(name: string): void {
    if (name === 'rPh') this.#phonetic -= 1;
    if (name === 't') this.#inText = false;
  }

  /** Forgets what nobody took. */
  reset(): void {
    this.#text = '';
  }

  /** The text so far; the next one begins. */
  take(): string {
    const text = unescaped(this.#text);
    this.#text = '';
    return text;
  }
}

/** The first of the two codes that are no characters anywhere. */
const noCharacter = 0xfffe;

/** Characters that XML has no place for are written as `_x000D_` (ECMA-376, ST_Xstring). */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([\dA-Fa-f]{4})_/g, (_, hex: string) => {
    const code = Number.parseInt(hex, 16);
    return code >= noCharacter ? '\ufffd' : String.fromCharCode(code);
  });
}

/** Reads the table of shared strings into `strings`. */
export function sharedStrings(strings: StringTable): XmlHandler {
  const runs = new TextRuns();
  return {
    opened: (name) => runs.opened(name),
    text: (text) => runs.text(text),
    closed(name) {
      runs.closed(name);
      if (name === 'si') strings.add(runs.take());
    },
  };
}
