import { pipeline, type Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { AppError, type FileKind } from '../../core/errors.ts';

/** A file in Office Open XML or another format that is a ZIP archive of parts. */
export interface Package {
  /** The names of its parts: no slash at the start, in lower case, since case does not distinguish them. */
  names: ReadonlySet<string>;
  /**
   * The contents of a part; null when there is none. What is taken out of all parts together is bounded. Throws
   * `file_unpacks_too_large` beyond that, and `file_unreadable` where the archive is damaged.
   */
  open(name: string): Promise<AsyncIterable<Uint8Array> | null>;
}

/** Workbooks have some dozens. */
const maxParts = 10_000;

/**
 * Opens an archive in memory. Throws `file_unreadable`, saying whether it is damaged or has a password.
 * @param maxBytes that may be unpacked, over all parts.
 */
export async function openPackage(bytes: Uint8Array, maxBytes: number): Promise<Package> {
  const zip = await soundly(() =>
    // Names are decoded here: yauzl refuses a whole archive for an absolute one, which some writers of workbooks use.
    fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { decodeStrings: false }),
  );
  const parts = await soundly(() => partsOf(zip));
  let left = maxBytes;

  async function* contents(part: Entry): AsyncGenerator<Uint8Array> {
    const stream = await soundly(() => inflated(zip, part));
    let length = 0;
    try {
      for await (const chunk of stream) {
        length += chunk.length;
        left -= chunk.length;
        if (left < 0) {
          const limit = Math.floor(maxBytes / (1024 * 1024));
          throw new AppError('file_unpacks_too_large', `the parts of the file have more than ${limit} MB`, {
            details: { limit },
          });
        }
        if (length > part.uncompressedSize) throw damaged(new Error('a part is longer than announced'));
        yield chunk;
      }
      if (length < part.uncompressedSize) throw damaged(new Error('a part is shorter than announced'));
    } catch (thrown) {
      throw thrown instanceof AppError ? thrown : damaged(thrown);
    } finally {
      stream.destroy();
    }
  }

  return {
    names: new Set(parts.keys()),
    async open(name) {
      const part = parts.get(name.toLowerCase());
      return part === undefined ? null : contents(part);
    },
  };
}

/** What a part unpacks to, in pieces larger than those of yauzl: each costs the same, whatever its length. */
async function inflated(zip: ZipFile, part: Entry): Promise<Readable> {
  const { compressionMethod } = part;
  if (compressionMethod !== stored && compressionMethod !== deflated)
    throw damaged(new Error('a compression of its own'));
  const packed = await zip.openReadStreamPromise(part, { decodeFileData: false });
  // An error of either reaches the reader of the last one.
  return compressionMethod === stored
    ? packed
    : pipeline(packed, createInflateRaw({ chunkSize: pieceBytes }), () => undefined);
}

const [stored, deflated] = [0, 8];
const pieceBytes = 65_536;

async function partsOf(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > maxParts) throw unreadable('archive', `the archive has ${zip.entryCount} parts`);
  const parts = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    if (entry.isEncrypted()) throw unreadable('encrypted', 'the archive has a password');
    parts.set(partName(entry.fileNameRaw), entry);
  }
  return parts;
}

function partName(raw: Buffer): string {
  return raw.toString('utf8').replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();
}

export function unreadable(fileKind: FileKind, message: string, cause?: unknown): AppError {
  return new AppError('file_unreadable', message, { details: { fileKind }, cause });
}

/** An archive that ends too early, or whose contents are not what it says. */
export function damaged(cause: unknown): AppError {
  return unreadable('damaged', 'the file is damaged or incomplete', cause);
}

async function soundly<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (thrown) {
    throw thrown instanceof AppError ? thrown : damaged(thrown);
  }
}
