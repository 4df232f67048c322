/**
 * The same text, sharing no memory with another. A part of a text keeps the whole of it alive, so what is kept of a long
 * one for longer than the rest must be copied.
 */
export function detached(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
