import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Row } from '../../core/imports/records.ts';

/** In no cell: XML has no place for these characters. */
const cellEnd = '\uffff';
const rowEnd = '\ufffe';

const rowsPerPart = 500;
/** What is beyond this is compressed, bytes. */
const maxPlainBytes = 16 * 1024 * 1024;

/**
 * Rows that take long to read and are needed again: packed, they take a tenth of what they take as objects, and many of
 * them about what they take in the file they are from.
 */
export class Spool {
  readonly #parts: { bytes: Buffer; isPlain: boolean }[] = [];
  #plainBytes = 0;
  #open: string[] = [];

  add({ line, cells }: Row): void {
    this.#open.push(`${line}${cellEnd}${cells.join(cellEnd)}`);
    if (this.#open.length === rowsPerPart) this.#pack();
  }

  /** All rows so far, in their order. */
  *rows(): Generator<Row> {
    this.#pack();
    for (const { bytes, isPlain } of this.#parts) {
      for (const row of (isPlain ? bytes : inflateRawSync(bytes)).toString().split(rowEnd)) {
        const [line, ...cells] = row.split(cellEnd);
        yield { line: Number(line), cells };
      }
    }
  }

  #pack(): void {
    if (this.#open.length === 0) return;
    const bytes = Buffer.from(this.#open.join(rowEnd));
    this.#open = [];
    const isPlain = this.#plainBytes + bytes.length <= maxPlainBytes;
    if (isPlain) this.#plainBytes += bytes.length;
    this.#parts.push({ bytes: isPlain ? bytes : deflateRawSync(bytes, { level: 1 }), isPlain });
  }
}
