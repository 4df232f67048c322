import { binaryKind } from '../core/imports/file-kind.ts';
import { checkSize, type GivenList, readNumbers } from '../core/imports/read.ts';
import type { ListPiece, NumberList } from '../core/model/numbers.ts';
import { readWorkbookNumbers, type WorkbookOptions } from './workbook.ts';

/**
 * The numbers in a list of any kind, piece by piece, and what is to be said of it as a whole. What a file is, its
 * contents say and not its name. Throws as the readers do.
 */
export async function* readGiven(
  given: GivenList,
  options: WorkbookOptions = {},
): AsyncGenerator<ListPiece, NumberList> {
  if (!('bytes' in given) || binaryKind(given.bytes) !== 'zip') return yield* readNumbers(given, options);
  checkSize(given.bytes.length, options);
  return yield* readWorkbookNumbers(given.bytes, options, given.choices);
}
