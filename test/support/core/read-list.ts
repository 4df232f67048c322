import type { ReadList } from '../../../src/core/imports/ports.ts';
import * as text from '../../../src/core/imports/read.ts';
import type { ListPiece } from '../../../src/core/model/numbers.ts';
import * as file from '../../../src/reader/read.ts';
import { bytesOf } from './list-files.ts';
import { type WholeList, whole } from './whole-list.ts';

export function readNumbers(...asked: Parameters<typeof text.readNumbers>): WholeList {
  const reading = text.readNumbers(...asked);
  const pieces: ListPiece[] = [];
  for (;;) {
    const { done, value } = reading.next();
    if (done) return whole(pieces, value);
    pieces.push(value);
  }
}

export async function readGiven(...asked: Parameters<typeof file.readGiven>): Promise<WholeList> {
  const reading = file.readGiven(...asked);
  const pieces: ListPiece[] = [];
  for (;;) {
    const { done, value } = await reading.next();
    if (done) return whole(pieces, value);
    pieces.push(value);
  }
}

/** As the worker of a bot, in this process. */
export const readHere: ReadList = async (given, take) => {
  const reading = text.readNumbers('file' in given ? { bytes: await bytesOf(given.file) } : given);
  for (;;) {
    const { done, value } = reading.next();
    if (done) return value;
    await take(value);
  }
};
