import { strict as assert } from 'node:assert';

/** Fails unless both are written the same; values of Node and of a test may come from different realms. */
export function assertSame(actual: unknown, expected: unknown): void {
  assert.equal(JSON.stringify(actual, written, 1), JSON.stringify(expected, written, 1));
}

const written = (_key: string, value: unknown): unknown => (value instanceof RegExp ? String(value) : value);
