import { numbersIn, type ReadOptions, usualLimits } from '../core/imports/read.ts';
import type { Row } from '../core/imports/records.ts';
import { maxSeenRows, type SeenSheet, seenSheet, sheetToRead } from '../core/imports/sheets.ts';
import { Survey } from '../core/imports/survey.ts';
import type { ImportChoices } from '../core/model/import-choices.ts';
import type { ListPiece, NumberList } from '../core/model/numbers.ts';
import { cellFormats, type Format } from './xlsx/formats.ts';
import { openPackage, type Package, unreadable } from './xlsx/package.ts';
import { type CellContext, type SheetCounts, sheetRows } from './xlsx/sheet.ts';
import { Spool } from './xlsx/spool.ts';
import { StringTable } from './xlsx/string-table.ts';
import { sharedStrings } from './xlsx/texts.ts';
import { readWorkbook, type Sheet, type Workbook } from './xlsx/workbook.ts';
import { readXml, type XmlHandler } from './xlsx/xml.ts';

export interface WorkbookOptions extends ReadOptions {
  /** What may be unpacked of a workbook, MB. Default 512. */
  maxUnpackedMb?: number;
}

const maxSheets = 250;

/**
 * The numbers in a workbook (XLSX), of the sheet that is chosen or the only one with numbers. Throws
 * `file_unreadable` for other archives and damaged ones, `file_unpacks_too_large`, and as `numbersIn`.
 */
export async function* readWorkbookNumbers(
  bytes: Uint8Array,
  options: WorkbookOptions,
  choices?: ImportChoices,
): AsyncGenerator<ListPiece, NumberList> {
  const given = await openPackage(bytes, (options.maxUnpackedMb ?? 512) * 1024 * 1024);
  const workbook = await readWorkbook(given);
  const sheets = workbook.sheets.slice(0, maxSheets);
  const context = await contextOf(given, workbook);
  const limits = { ...usualLimits, ...options };
  const rules = { countries: limits.countries };
  const readSheet = async (sheet: Sheet, take: (row: Row) => void, enough?: number): Promise<SheetCounts> => {
    const counts: SheetCounts = { rows: 0, hiddenRows: 0, uncalculated: 0 };
    await readPart(given, sheet.part, sheetRows({ counts, take }, context, limits, enough));
    return counts;
  };

  const seen: SeenSheet[] = [];
  for (const sheet of sheets) {
    const rows: Row[] = [];
    await readSheet(sheet, (row) => rows.push(row), maxSeenRows);
    seen.push(seenSheet(rows, sheet.hidden, rules));
  }
  const index = sheetToRead(seen, choices?.sheet);
  const read = index === null ? undefined : sheets[index];
  const survey = new Survey(rules, limits.maxColumns);
  const spool = new Spool();
  const spooled = (row: Row): void => {
    survey.see(row);
    spool.add(row);
  };
  const { hiddenRows, uncalculated } =
    read === undefined ? { hiddenRows: 0, uncalculated: 0 } : await readSheet(read, spooled);
  return {
    ...(yield* numbersIn(() => spool.rows(), survey.end(), options, { choices, placed: true })),
    encoding: null,
    encodingDoubtful: false,
    workbook: {
      sheets: sheets.map(({ name, hidden }, at) => ({ index: at, name, hidden })),
      sheet: index,
      hiddenRows,
      uncalculated,
    },
  };
}

async function contextOf(given: Package, { strings, styles, since1904 }: Workbook): Promise<CellContext> {
  const context = { strings: new StringTable(), formats: [] as Format[], since1904 };
  if (strings !== null) await readPart(given, strings, sharedStrings(context.strings));
  if (styles !== null) await readPart(given, styles, cellFormats(context.formats));
  return context;
}

/** Throws `file_unreadable` when there is no such part. */
async function readPart(given: Package, part: string, handler: XmlHandler): Promise<void> {
  const contents = await given.open(part);
  if (contents === null) throw unreadable('damaged', 'a part of the workbook is missing');
  await readXml(contents, handler);
}
