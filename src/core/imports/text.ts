import type { TextEncoding } from '../model/import-choices.ts';

/** A text in parts of some ten thousand characters, each time from its beginning: so it is never held as a whole. */
export type Text = () => Iterable<string>;

const partLength = 65_536;

export function textOf(given: string): Text {
  return function* () {
    for (let from = 0; from < given.length; from += partLength) yield given.slice(from, from + partLength);
  };
}

/**
 * The text of bytes, without a byte order mark.
 * @param fatal whether bytes that are nothing in this encoding are an error, a `TypeError` at their part.
 */
export function decodedText(encoding: TextEncoding, bytes: Uint8Array, fatal = false): Text {
  return function* () {
    // Never 'gbk': that one is wrong in some releases of Node 20. GB18030 contains it.
    const decoder = new TextDecoder(encoding, { fatal });
    for (let from = 0; from < bytes.length; from += partLength)
      yield decoder.decode(bytes.subarray(from, from + partLength), { stream: true });
    yield decoder.decode();
  };
}

/** The beginning of a text, at least so many characters where it has them. */
export function beginningOf(text: Text, length: number): string {
  let head = '';
  for (const part of text()) {
    head += part;
    if (head.length >= length) break;
  }
  return head;
}

/** The lines of a text, those of a part or more at a time, without their ends and without a byte order mark. */
export function* linesOf(parts: Iterable<string>): Generator<string[]> {
  /** The beginning of a line that no part has ended so far. */
  let open: string[] = [];
  let isFirst = true;
  // What follows it may belong to the same line end.
  let hasReturn = false;
  for (const part of parts) {
    if (part === '') continue;
    let text: string = hasReturn ? `\r${part}` : part;
    if (isFirst) text = text.replace(/^\ufeff/, '');
    isFirst = false;
    hasReturn = text.endsWith('\r');
    if (hasReturn) text = text.slice(0, -1);
    const lines = (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text).split('\n');
    const last = lines.pop() ?? '';
    if (lines[0] === undefined) open.push(last);
    else {
      lines[0] = open.join('') + lines[0];
      open = [last];
      yield lines;
    }
  }
  yield hasReturn ? [open.join(''), ''] : [open.join('')];
}
