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

/** A body of this many characters takes some milliseconds to parse; a longer one is parsed in steps. */
const oneStep = 256 * 1024;

/**
 * As `readBody`, without keeping the process from anything else. A long body must consist of values of at most
 * `maxValueLength` characters, in at most `maxDepth` levels of lists and objects: else it is text.
 */
export async function readBodyInTurns(text: string): Promise<Body> {
  if (text.length <= oneStep) return readBody(text);
  try {
    return { kind: 'json', value: await inTurns(parseInSteps(text)) };
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

/** The platform's entities have two or three thousand characters. */
const maxValueLength = 64 * 1024;
/** Lists of tasks stand at most three levels deep: `{ data: { data: [ … ] } }`. */
const maxDepth = 4;
/** Millions of small values keep the collector busier than the parser. A hundred thousand tasks have this many. */
const maxObjects = 1_000_000;
const maxValues = 5_000_000;

interface Cursor {
  text: string;
  at: number;
  /** Where the next step begins. */
  pauseAt: number;
  /** Lists and objects so far, and signs that separate values. */
  objects: number;
  values: number;
}

function* parseInSteps(text: string): Generator<void, unknown> {
  const cursor: Cursor = { text, at: 0, pauseAt: oneStep, objects: 0, values: 0 };
  skipBlanks(cursor);
  const value = yield* valueAt(cursor, 0);
  skipBlanks(cursor);
  if (cursor.at < text.length) throw new SyntaxError('text after the end');
  return value;
}

/** A short value is parsed whole; a long list or object is taken apart. */
function* valueAt(cursor: Cursor, depth: number): Generator<void, unknown> {
  const { text, at } = cursor;
  const end = endOfValue(cursor);
  if (cursor.objects > maxObjects || cursor.values > maxValues) throw new SyntaxError('too many values');
  if (end >= 0) {
    cursor.at = end;
    if (end >= cursor.pauseAt) {
      cursor.pauseAt = end + oneStep;
      yield;
    }
    return parseExactly(text.slice(at, end));
  }
  if (depth === maxDepth) throw new SyntaxError('too deep');
  if (take(cursor, '[')) return yield* listAt(cursor, depth);
  if (take(cursor, '{')) return yield* objectAt(cursor, depth);
  throw new SyntaxError('too long');
}

function* listAt(cursor: Cursor, depth: number): Generator<void, unknown[]> {
  const items: unknown[] = [];
  do {
    cursor.values += 1;
    items.push(yield* valueAt(cursor, depth + 1));
  } while (take(cursor, ','));
  expect(cursor, ']');
  return items;
}

function* objectAt(cursor: Cursor, depth: number): Generator<void, Record<string, unknown>> {
  const members: [string, unknown][] = [];
  do {
    const end = cursor.text.charAt(cursor.at) === '"' ? endOfValue(cursor) : -1;
    if (end < 0) throw new SyntaxError('no key');
    const key = String(JSON.parse(cursor.text.slice(cursor.at, end)));
    cursor.at = end;
    skipBlanks(cursor);
    expect(cursor, ':');
    members.push([key, yield* valueAt(cursor, depth + 1)]);
  } while (take(cursor, ','));
  expect(cursor, '}');
  return Object.fromEntries(members);
}

/** Takes a sign and the blanks around it. */
function take(cursor: Cursor, sign: string): boolean {
  skipBlanks(cursor);
  if (cursor.text.charAt(cursor.at) !== sign) return false;
  cursor.at += 1;
  skipBlanks(cursor);
  return true;
}

function expect(cursor: Cursor, sign: string): void {
  if (!take(cursor, sign)) throw new SyntaxError(`no ${sign}`);
}

function skipBlanks(cursor: Cursor): void {
  const limit = cursor.at + maxValueLength;
  while (' \t\n\r'.includes(cursor.text.charAt(cursor.at)) && cursor.at < cursor.text.length) {
    cursor.at += 1;
    if (cursor.at > limit) throw new SyntaxError('too many blanks');
  }
}

/** The place behind the value that begins here; -1 when it is longer than `maxValueLength`, or never ends. */
function endOfValue(cursor: Cursor): number {
  const { text, at: start } = cursor;
  const limit = Math.min(text.length, start + maxValueLength);
  let open = 0;
  for (let at = start; at < limit; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === signs.quote) {
      const end = endOfString(text, at, limit);
      if (end < 0) return -1;
      at = end - 1;
      if (open === 0) return end;
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
  return -1;
}

const signs = { blank: 0x20, quote: 0x22, comma: 0x2c, list: 0x5b, listEnd: 0x5d, object: 0x7b, objectEnd: 0x7d };
