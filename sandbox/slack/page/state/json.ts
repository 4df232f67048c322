import type { Json } from '../../protocol.ts';

/*
 * Readers of JSON the app sent. They never throw and answer the neutral value when the shape is not the expected one:
 * a malformed block may look odd but may not take the page down.
 */

export function record(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

export function records(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(record) : [];
}

export function str(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

export function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(str).filter((text) => text !== '') : [];
}

/** A finite number, also when it came as text; else null. */
export function num(value: unknown): number | null {
  if (value === null || value === undefined || value === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** The `text` of a text object. */
export function words(textObject: unknown): string {
  return typeof textObject === 'string' ? textObject : str(record(textObject).text);
}
