import { binaryKind } from '../core/imports/file-kind.ts';
import { checkSize, type GivenList, readNumbers } from '../core/imports/read.ts';
import type { NumberList } from '../core/model/numbers.ts';
import { readWorkbookNumbers, type WorkbookOptions } from './workbook.ts';

/** The numbers in a list of any kind: what a file is, its contents say and not its name. Throws as the readers do. */
export async function readGiven(given: GivenList, options: WorkbookOptions = {}): Promise<NumberList> {
  if (!('bytes' in given) || binaryKind(given.bytes) !== 'zip') return readNumbers(given, options);
  checkSize(given.bytes.length, options);
  return readWorkbookNumbers(given.bytes, options, given.choices);
}
