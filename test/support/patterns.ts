import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';

/** A pattern as it stands in a source file. */
export interface Pattern {
  /** Below `src`. */
  file: string;
  source: string;
  flags: string;
}

/** Every pattern in `src`, and the files that build one at run time. */
export function patternsOf(folder: string): { patterns: Pattern[]; builders: string[] } {
  const patterns: Pattern[] = [];
  const builders: string[] = [];
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  )) {
    const syntax = parseSync(readFileSync(join(folder, file), 'utf8'), { syntax: 'typescript', target: 'es2022' });
    visit(syntax, (node) => {
      if (node.type === 'RegExpLiteral')
        patterns.push({ file, source: String(node.pattern), flags: String(node.flags) });
      const made = node.type === 'NewExpression' || node.type === 'CallExpression';
      if (made && isNode(node.callee) && node.callee.value === 'RegExp') builders.push(file);
    });
  }
  return { patterns, builders };
}

type Node = Record<string, unknown>;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

function visit(value: unknown, look: (node: Node) => void): void {
  if (!isNode(value)) return;
  look(value);
  for (const child of Object.values(value)) visit(child, look);
}

/** Characters of a class, and one that is not in it. */
const escapes: Readonly<Record<string, string>> = {
  d: '01',
  D: 'a',
  w: 'a_',
  W: ' -',
  s: ' \t\n\u3000',
  S: 'a',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  f: '\f',
  b: '',
  B: '',
  '0': '\0',
};

const properties: Readonly<Record<string, string>> = {
  L: 'a外',
  N: '1',
  Nd: '1',
  Cc: '\u0007',
  Cf: '\u200b',
  Han: '外',
};

/** A class with its members, an escape, an anchor or group sign, a quantifier, or one character. */
const atoms =
  /\[(\^?)((?:\\.|[^\]\\])*)\]|\\[pP]\{(?:\w+=)?(\w+)\}|\\u\{?([\da-fA-F]{4})\}?|\\(.)|\(\?(?:[:=!]|<[=!])|\{\d+(?:,\d*)?\}|[()|^$*+?]|([\s\S])/gu;

/** What a pattern may match, one place after the other, each with a few examples. Groups and quantifiers are left out. */
function placesOf(source: string): string[] {
  const places: string[] = [];
  for (const [, negated, members, property, hex, escaped, plain] of source.matchAll(atoms)) {
    if (members !== undefined) {
      const inside = placesOf(members).join('');
      places.push(negated === '^' ? [...'a1外 "'].filter((one) => !inside.includes(one)).join('') : inside);
    } else if (property !== undefined) places.push(properties[property] ?? 'a');
    else if (hex !== undefined) places.push(String.fromCharCode(Number.parseInt(hex, 16)));
    else if (escaped !== undefined) places.push(escapes[escaped] ?? escaped);
    else if (plain !== undefined) places.push(plain === '.' ? 'a' : plain);
  }
  return places.filter((place) => place !== '');
}

const mostCharacters = 20;
const mostPlaces = 24;
const longestUnit = 6;

/**
 * What to repeat in order to make a pattern return to the same text again and again: its characters, alone and in
 * pairs, and what it matches from one of its places to another.
 */
export function unitsOf(source: string): { characters: string[]; sequences: string[] } {
  const places = placesOf(source);
  const characters = [...new Set([...places.join(''), ...' 1a"\n'])].slice(0, mostCharacters);
  const first = places.slice(0, mostPlaces).map(([one = '']) => one);
  const sequences = first.flatMap((_, from) =>
    Array.from({ length: longestUnit - 2 }, (_unused, more) => first.slice(from, from + 3 + more).join('')),
  );
  return { characters, sequences: [...new Set(sequences)] };
}

/** Texts by their length to which a backtracking matcher may return at every place; all end in a miss. */
export function* hostileTexts({
  characters,
  sequences,
}: ReturnType<typeof unitsOf>): Generator<(length: number) => string> {
  const run = (unit: string, n: number): string => unit.repeat(Math.ceil(n / unit.length));
  for (const a of characters) {
    yield (length) => `${run(a, length)}\u0001`;
    for (const b of characters) {
      if (a === b) continue;
      yield (length) => `${run(a + b, length)}\u0001`;
      yield (length) => `${b}${run(a, length)}\u0001`;
      yield (length) => `${run(a, length / 2)}${run(b, length / 2)}\u0001`;
    }
  }
  for (const sequence of sequences) yield (length) => `${run(sequence, length)}\u0001`;
}
