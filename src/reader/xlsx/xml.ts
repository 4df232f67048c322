import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import { AppError } from '../../core/errors.ts';
import { damaged } from './package.ts';

/** What a reader of XML is given, in order. Names come without the prefix of their namespace. */
export interface XmlHandler {
  opened(name: string, attributes: Readonly<Record<string, string>>): void;
  /** All text between two tags at once. */
  text?(text: string): void;
  closed?(name: string): void;
  /** Asked after each piece of the document: true ends the reading. */
  isDone?(): boolean;
}

/** Longer tags and texts do not occur in workbooks: a cell has at most 32,767 characters. */
const maxTokenLength = 1_000_000;
const maxDepth = 100;

/**
 * Reads a part as a stream: memory does not depend on its length, nor on that of anything in it. Throws
 * `file_unreadable` for what is not well-formed, and for definitions of entities, which no workbook has.
 */
export async function readXml(parts: AsyncIterable<Uint8Array>, handler: XmlHandler): Promise<void> {
  const parser = new SaxesParser<{ position: false; xmlns: false }>({ position: false, xmlns: false });
  let sinceEvent = 0;
  let depth = 0;
  parser.on('doctype', () => fail('a document type'));
  parser.on('opentag', ({ name, attributes }) => {
    sinceEvent = 0;
    depth += 1;
    if (depth > maxDepth) fail('too deep');
    handler.opened(localName(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    sinceEvent = 0;
    depth -= 1;
    handler.closed?.(localName(name));
  });
  const onText = (text: string): void => {
    sinceEvent = 0;
    handler.text?.(text);
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  let decoder: TextDecoder | null = null;
  const take = (text: string): void => {
    sinceEvent += text.length;
    parser.write(text);
    if (sinceEvent > maxTokenLength) fail('a tag or text without end');
  };
  try {
    for await (const part of parts) {
      decoder ??= decoderOf(part);
      take(decoder.decode(part, { stream: true }));
      if (handler.isDone?.()) return;
    }
    take(decoder?.decode() ?? '');
    parser.close();
  } catch (thrown) {
    throw thrown instanceof AppError ? thrown : damaged(thrown);
  }
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

function decoderOf([first, second]: Uint8Array): TextDecoder {
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le');
  return new TextDecoder(first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8');
}

function fail(what: string): never {
  throw damaged(new Error(`the XML has ${what}`));
}
