import { inTurns } from './steps.ts';

/** The body of a response as it arrived, before it is interpreted. */
export type Body = { kind: 'empty' } | { kind: 'json'; value: unknown } | { kind: 'text' };

/**
 * Reads a JSON text in which integers may be larger than a JavaScript number can hold: those become strings, so that
 * an id of 18 digits survives to the last one. Distinguishes text that is not JSON from an empty body.
 * @internal Exported for tests.
 */
export function readBody(text: string): Body {
  if (text.trim() === '') return { kind: 'empty' };
  return parsed(() => parseExactly(text));
}

/** What stands in a list of the body, read entry by entry. */
export interface EntryReader {
  /** What the answer was the last time, and was read as; null when there is none to expect. */
  readonly expected: { bytes: Buffer; body: Body } | null;
  /** Whether the entry that begins here is known to the last byte: then its end, else -1. Called in order. */
  known(bytes: Buffer, start: number): number;
  /** Any other entry, as JSON. What is thrown here ends the reading. */
  read(value: unknown, bytes: Buffer, start: number, end: number): void;
  /** The body is complete. Where its bytes are those that were expected, no entry was read. */
  end(bytes: Buffer, body: Body): void;
}

/** A body of this many bytes takes some milliseconds to parse; a longer one is parsed in steps. */
const oneStep = 256 * 1024;
/** So many entries of a list, however small, take a few milliseconds. */
const entriesPerStep = 100;

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * As `readBody`, from UTF-8 and without keeping the process from anything else. A long body must consist of values of
 * at most `maxValueBytes`, in at most `maxDepth` levels of lists and objects: else it is text.
 *
 * With `entries`, the entries of the list that is the body, its `data` or the `data` in that go to it one by one; the
 * list in the result is empty. The very buffer that was expected is not read again.
 */
export async function readBodyInTurns(bytes: Buffer, entries: EntryReader | null = null): Promise<Body> {
  const content = bytes.subarray(0, 3).equals(byteOrderMark) ? bytes.subarray(3) : bytes;
  if (entries === null && content.length <= oneStep) return readBody(content.toString());
  try {
    const again = entries?.expected?.bytes === bytes ? entries.expected.body : null;
    const body = again ?? (await inTurns(parseInSteps(content, entries)));
    entries?.end(bytes, body);
    return body;
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return { kind: 'text' };
    throw thrown;
  }
}

function parsed(parse: () => unknown): Body {
  try {
    return { kind: 'json', value: parse() };
  } catch {
    return { kind: 'text' };
  }
}

/** JSON.parse that keeps large integers, as strings. Throws `SyntaxError`. */
function parseExactly(text: string): unknown {
  return JSON.parse(quoteLargeIntegers(text));
}

const minDigits = 16;
const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Goes from string to string: a pattern that matches strings whole returns to each of their escapes. */
function quoteLargeIntegers(text: string): string {
  if (!/\d{16}/.test(text)) return text;
  const parts: string[] = [];
  let [at, kept] = [0, 0];
  while (at < text.length) {
    const quote = text.indexOf('"', at);
    const stop = quote < 0 ? text.length : quote;
    if (stop - at >= minDigits) {
      parts.push(text.slice(kept, at), text.slice(at, stop).replace(number, quotedIfLarge));
      kept = stop;
    }
    const end = quote < 0 ? -1 : endOfString(text, quote, text.length);
    at = end < 0 ? text.length : end;
  }
  parts.push(text.slice(kept));
  return parts.join('');
}

function quotedIfLarge(token: string): string {
  return /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token;
}

/** The place behind a string that begins at `start`; -1 when it does not end before `limit`. */
function endOfString(text: string, start: number, limit: number): number {
  let quote = text.indexOf('"', start + 1);
  while (quote >= 0 && quote < limit) {
    let escapes = quote - 1;
    while (text.charAt(escapes) === '\\') escapes -= 1;
    if ((quote - escapes) % 2 === 1) return quote + 1;
    quote = text.indexOf('"', quote + 1);
  }
  return -1;
}

/** The platform's entities have two or three thousand characters, each of at most three bytes. */
const maxValueBytes = 192 * 1024;
/** Lists of tasks stand at most three levels deep: `{ data: { data: [ … ] } }`. */
const maxDepth = 4;
/** Millions of small values keep the collector busier than the parser. A hundred thousand tasks have this many. */
const maxObjects = 1_000_000;
const maxValues = 5_000_000;

interface Cursor {
  bytes: Buffer;
  at: number;
  entries: EntryReader | null;
  /** Where the next step begins. */
  pauseAt: number;
  /** Lists and objects so far, and signs that separate values. */
  objects: number;
  values: number;
}

/** What a value is to the one around it: `source`, where the list may be that goes to the reader of entries. */
interface Place {
  depth: number;
  source: boolean;
}

function* parseInSteps(bytes: Buffer, entries: EntryReader | null): Generator<void, Body> {
  const cursor: Cursor = { bytes, at: 0, entries, pauseAt: oneStep, objects: 0, values: 0 };
  skipBlanks(cursor);
  if (cursor.at === bytes.length) return { kind: 'empty' };
  const value = yield* valueAt(cursor, { depth: 0, source: entries !== null });
  skipBlanks(cursor);
  if (cursor.at < bytes.length) throw new SyntaxError('text after the end');
  return { kind: 'json', value };
}

/** A short value is parsed whole; a long list or object is taken apart, and so is one that may hold the entries. */
function* valueAt(cursor: Cursor, place: Place): Generator<void, unknown> {
  const { bytes, at } = cursor;
  const apart = place.source && (bytes[at] === signs.list || bytes[at] === signs.object);
  const end = apart ? -1 : endOfValue(cursor);
  if (cursor.objects > maxObjects || cursor.values > maxValues) throw new SyntaxError('too many values');
  if (end >= 0) {
    cursor.at = end;
    if (end >= cursor.pauseAt) yield* pause(cursor);
    return parseExactly(bytes.toString('utf8', at, end));
  }
  if (place.depth === maxDepth) throw new SyntaxError('too deep');
  if (take(cursor, signs.list)) return yield* listAt(cursor, place);
  if (take(cursor, signs.object)) return yield* objectAt(cursor, place);
  throw new SyntaxError('too long');
}

function* pause(cursor: Cursor): Generator<void, void> {
  cursor.pauseAt = cursor.at + oneStep;
  yield;
}

function* listAt(cursor: Cursor, { depth, source }: Place): Generator<void, unknown[]> {
  const items: unknown[] = [];
  if (take(cursor, signs.listEnd)) return items;
  const entries = source ? cursor.entries : null;
  let count = 0;
  do {
    cursor.values += 1;
    count += 1;
    if (entries === null) items.push(yield* valueAt(cursor, { depth: depth + 1, source: false }));
    else yield* entryAt(cursor, entries, depth + 1);
    if (entries !== null && count % entriesPerStep === 0) yield* pause(cursor);
  } while (take(cursor, signs.comma));
  expect(cursor, signs.listEnd);
  return items;
}

function* entryAt(cursor: Cursor, entries: EntryReader, depth: number): Generator<void, void> {
  const { bytes, at } = cursor;
  const end = entries.known(bytes, at);
  if (end >= 0) cursor.at = end;
  else {
    const value = yield* valueAt(cursor, { depth, source: false });
    entries.read(value, bytes, at, cursor.at);
  }
}

function* objectAt(cursor: Cursor, { depth, source }: Place): Generator<void, Record<string, unknown>> {
  const members: [string, unknown][] = [];
  if (take(cursor, signs.objectEnd)) return {};
  do {
    const start = cursor.at;
    const end = cursor.bytes[start] === signs.quote ? endOfValue(cursor) : -1;
    if (end < 0) throw new SyntaxError('no key');
    const key = String(JSON.parse(cursor.bytes.toString('utf8', start, end)));
    cursor.at = end;
    skipBlanks(cursor);
    expect(cursor, signs.colon);
    members.push([key, yield* valueAt(cursor, { depth: depth + 1, source: source && key === 'data' })]);
  } while (take(cursor, signs.comma));
  expect(cursor, signs.objectEnd);
  return Object.fromEntries(members);
}

/** Takes a sign and the blanks around it. */
function take(cursor: Cursor, sign: number): boolean {
  skipBlanks(cursor);
  if (cursor.bytes[cursor.at] !== sign) return false;
  cursor.at += 1;
  skipBlanks(cursor);
  return true;
}

function expect(cursor: Cursor, sign: number): void {
  if (!take(cursor, sign)) throw new SyntaxError(`no ${String.fromCharCode(sign)}`);
}

function skipBlanks(cursor: Cursor): void {
  const limit = cursor.at + maxValueBytes;
  while (isBlank(cursor.bytes[cursor.at])) {
    cursor.at += 1;
    if (cursor.at > limit) throw new SyntaxError('too many blanks');
  }
}

function isBlank(sign: number | undefined): boolean {
  return sign === 0x20 || sign === 0x0a || sign === 0x0d || sign === 0x09;
}

/**
 * The place behind the value that begins here; -1 when it is longer than `maxValueBytes`, or never ends. All signs of
 * JSON are ASCII, and no byte of a longer character is.
 */
function endOfValue(cursor: Cursor): number {
  const { bytes, at: start } = cursor;
  const limit = Math.min(bytes.length, start + maxValueBytes);
  let open = 0;
  for (let at = start; at < limit; at += 1) {
    const sign = bytes[at] ?? 0;
    if (sign === signs.quote) {
      at += 1;
      while (at < limit && bytes[at] !== signs.quote) at += bytes[at] === signs.escape ? 2 : 1;
      if (at >= limit) return -1;
      if (open === 0) return at + 1;
    } else if (sign === signs.list || sign === signs.object) {
      open += 1;
      cursor.objects += 1;
    } else if (sign === signs.listEnd || sign === signs.objectEnd) {
      open -= 1;
      if (open === 0) return at + 1;
      // A number, or a word such as `null`, ends with what surrounds it.
      if (open < 0) return at;
    } else if (open === 0 && (sign === signs.comma || sign <= signs.blank)) return at;
    else if (sign === signs.comma) cursor.values += 1;
  }
  // A body that is a bare number or word.
  return open === 0 && start < limit && limit === bytes.length ? limit : -1;
}

const signs = {
  blank: 0x20,
  quote: 0x22,
  comma: 0x2c,
  colon: 0x3a,
  list: 0x5b,
  escape: 0x5c,
  listEnd: 0x5d,
  object: 0x7b,
  objectEnd: 0x7d,
};
