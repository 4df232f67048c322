import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Row } from '../../core/imports/records.ts';

const rowsPerPart = 1_000;

/**
 * Rows that take long to read and are needed again: packed, they take about what they take in the file they are from,
 * however many they are.
 */
export class Spool {
  readonly #packed: Uint8Array[] = [];
  #open: Row[] = [];

  add(row: Row): void {
    if (this.#open.push(row) < rowsPerPart) return;
    this.#packed.push(deflateRawSync(JSON.stringify(this.#open), { level: 1 }));
    this.#open = [];
  }

  /** All rows so far, in their order. */
  *rows(): Generator<Row> {
    for (const part of this.#packed) yield* JSON.parse(inflateRawSync(part).toString()) as Row[];
    yield* this.#open;
  }
}
