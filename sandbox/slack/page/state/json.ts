import { asArray, asString } from '../../json.ts';

/* More readers of JSON the app sent; like those of the server they answer the neutral value instead of throwing. */

export function strings(value: unknown): string[] {
  return asArray(value)
    .map(asString)
    .filter((text) => text !== '');
}

/** A finite number, also when it came as text; else null. */
export function num(value: unknown): number | null {
  if (value === null || value === undefined || value === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}
