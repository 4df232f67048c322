import type { Json } from './protocol.ts';

/** Readers for JSON of unknown shape: everything the app sends is read with these, so nothing it sends can throw. */

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asJson(value: unknown): Json {
  return isJson(value) ? value : {};
}

export function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The objects in an array; everything else is left out. */
export function asObjects(value: unknown): Json[] {
  return asArray(value).filter(isJson);
}

export function asString(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Any value in words, for a message about it. */
export function spelled(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined');
}

/** What a text object, or a bare string, shows. */
export function plainText(value: unknown): string {
  return typeof value === 'string' ? value : asString(asJson(value).text);
}

/** The non-empty strings in an array; everything else is left out. */
export function strings(value: unknown): string[] {
  return asArray(value)
    .map(asString)
    .filter((text) => text !== '');
}

/** A finite number, also when it came as text; else null. */
export function num(value: unknown): number | null {
  // Not every object can be made a number, or a text: `Number` may throw.
  if ((typeof value !== 'number' && typeof value !== 'string') || value === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** Parsed JSON, or undefined when the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
