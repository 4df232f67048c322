import { deflateRawSync } from 'node:zlib';

/** Workbooks and other ZIP archives, made in memory as the tests need them. */

const crcTable = Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

export interface ZipPart {
  name: string;
  content: Uint8Array | string;
  /** What the archive says of its size, where that is not true. */
  claimedSize?: number;
  /** Already deflated: the content is that of an archive, and its checksum and size are given. */
  deflated?: { crc: number; size: number };
  encrypted?: boolean;
}

/** A ZIP archive. */
export function zipOf(parts: readonly ZipPart[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, claimedSize, deflated, encrypted = false } of parts) {
    const plain = Buffer.from(content);
    const data = deflated === undefined ? deflateRawSync(plain) : plain;
    const raw = Buffer.from(name);
    const header = Buffer.alloc(26);
    header.writeUInt16LE(20, 0);
    header.writeUInt16LE(0x800 | (encrypted ? 1 : 0), 2);
    header.writeUInt16LE(8, 4);
    header.writeUInt32LE(deflated?.crc ?? crc32(plain), 10);
    header.writeUInt32LE(data.length, 14);
    header.writeUInt32LE(claimedSize ?? deflated?.size ?? plain.length, 18);
    header.writeUInt16LE(raw.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), header, raw, data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0', 'latin1'), header, tail, raw]));
    files.push(local);
    offset += local.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, ...directory, end]);
}

/** A cell as a spreadsheet stores it; text alone is a shared string, a number a number. */
export type WorkbookCell =
  | string
  | number
  | null
  | { inline: string }
  | { number: string; style?: number }
  | { formula: string; value?: string; text?: boolean }
  | { error: string }
  | { xml: string };

export interface WorkbookSheet {
  name?: string;
  state?: 'hidden' | 'veryHidden';
  rows: readonly (readonly WorkbookCell[])[];
  /** By row, from 0: those that a filter hides. */
  hiddenRows?: readonly number[];
  /** By row, from 0: other numbers of rows than one after another. */
  lines?: readonly number[];
}

export interface WorkbookShape {
  /** Before every element, as some writers have it: `x:`. */
  prefix?: string;
  /** Without `r` on rows and cells, as streaming writers do. */
  unnumbered?: boolean;
  since1904?: boolean;
  /** The number formats of the cell styles, from style 1. */
  formats?: readonly (number | string)[];
  /** Shared strings as they are, in place of those that the cells need. */
  stringsXml?: string;
  extra?: readonly ZipPart[];
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const columnName = (index: number): string =>
  index < 26 ? String.fromCharCode(65 + index) : columnName(Math.floor(index / 26) - 1) + columnName(index % 26);

/** A workbook (XLSX). */
export function workbookOf(sheets: readonly WorkbookSheet[], shape: WorkbookShape = {}): Buffer {
  return zipOf(workbookParts(sheets, shape));
}

export function workbookParts(sheets: readonly WorkbookSheet[], shape: WorkbookShape = {}): ZipPart[] {
  const { prefix: p = '', unnumbered = false, since1904 = false, formats = [], stringsXml, extra = [] } = shape;
  const strings: string[] = [];
  const indexes = new Map<string, number>();
  const shared = (text: string): number => {
    const known = indexes.get(text);
    if (known !== undefined) return known;
    indexes.set(text, strings.length);
    return strings.push(text) - 1;
  };
  const cellXml = (cell: WorkbookCell, reference: string): string => {
    const r = unnumbered ? '' : ` r="${reference}"`;
    if (cell === null) return unnumbered ? `<${p}c${r}/>` : '';
    if (typeof cell === 'string') return `<${p}c${r} t="s"><${p}v>${shared(cell)}</${p}v></${p}c>`;
    if (typeof cell === 'number') return `<${p}c${r}><${p}v>${cell}</${p}v></${p}c>`;
    if ('xml' in cell) return cell.xml.replace('REF', reference);
    if ('inline' in cell)
      return `<${p}c${r} t="inlineStr"><${p}is><${p}t xml:space="preserve">${escaped(cell.inline)}</${p}t></${p}is></${p}c>`;
    if ('error' in cell) return `<${p}c${r} t="e"><${p}v>${cell.error}</${p}v></${p}c>`;
    if ('formula' in cell) {
      const value = cell.value === undefined ? '' : `<${p}v>${escaped(cell.value)}</${p}v>`;
      return `<${p}c${r}${cell.text ? ' t="str"' : ''}><${p}f>${escaped(cell.formula)}</${p}f>${value}</${p}c>`;
    }
    return `<${p}c${r} s="${cell.style ?? 0}"><${p}v>${cell.number}</${p}v></${p}c>`;
  };
  const sheetXml = ({ rows, hiddenRows = [], lines = [] }: WorkbookSheet): string => {
    const body = rows.map((cells, at) => {
      const line = lines[at] ?? at + 1;
      const r = unnumbered ? '' : ` r="${line}"`;
      const hidden = hiddenRows.includes(at) ? ' hidden="1"' : '';
      const inner = cells.map((cell, column) => cellXml(cell, columnName(column) + line)).join('');
      return `<${p}row${r}${hidden}>${inner}</${p}row>`;
    });
    return `${xmlHead}<${p}worksheet${namespaces(p)}><${p}sheetData>${body.join('')}</${p}sheetData></${p}worksheet>`;
  };
  const sheetParts = sheets.map((sheet, at) => ({
    name: `xl/worksheets/sheet${at + 1}.xml`,
    content: sheetXml(sheet),
  }));
  const entries = sheets.map(
    ({ name, state }, at) =>
      `<${p}sheet name="${escaped(name ?? `Sheet${at + 1}`)}" sheetId="${at + 1}"${state ? ` state="${state}"` : ''} r:id="rId${at + 1}"/>`,
  );
  const relations = [
    ...sheets.map((_, at) => relation(`rId${at + 1}`, 'worksheet', `worksheets/sheet${at + 1}.xml`)),
    relation('rId901', 'sharedStrings', 'sharedStrings.xml'),
    relation('rId902', 'styles', 'styles.xml'),
  ];
  return [
    {
      name: '[Content_Types].xml',
      content: `${xmlHead}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    },
    { name: '_rels/.rels', content: relationsXml([relation('rId1', 'officeDocument', 'xl/workbook.xml')]) },
    {
      name: 'xl/workbook.xml',
      content: `${xmlHead}<${p}workbook${namespaces(p)}><${p}workbookPr${since1904 ? ' date1904="1"' : ''}/><${p}sheets>${entries.join('')}</${p}sheets></${p}workbook>`,
    },
    { name: 'xl/_rels/workbook.xml.rels', content: relationsXml(relations) },
    ...sheetParts,
    { name: 'xl/styles.xml', content: stylesXml(formats, p) },
    {
      name: 'xl/sharedStrings.xml',
      content:
        stringsXml ??
        `${xmlHead}<${p}sst${namespaces(p)}>${strings.map((text) => `<${p}si><${p}t xml:space="preserve">${escaped(text)}</${p}t></${p}si>`).join('')}</${p}sst>`,
    },
    ...extra,
  ];
}

const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const namespaces = (prefix: string): string =>
  ` xmlns${prefix === '' ? '' : `:${prefix.slice(0, -1)}`}="${main}" xmlns:r="${office}"`;

const relation = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`;
const relationsXml = (relations: readonly string[]): string =>
  `${xmlHead}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relations.join('')}</Relationships>`;

function stylesXml(formats: readonly (number | string)[], p: string): string {
  const custom = formats.flatMap((format, at) =>
    typeof format === 'string' ? [`<${p}numFmt numFmtId="${200 + at}" formatCode="${escaped(format)}"/>`] : [],
  );
  const used = formats.map((format, at) => `<${p}xf numFmtId="${typeof format === 'number' ? format : 200 + at}"/>`);
  return `${xmlHead}<${p}styleSheet${namespaces(p)}><${p}numFmts>${custom.join('')}</${p}numFmts><${p}cellStyleXfs><${p}xf numFmtId="14"/></${p}cellStyleXfs><${p}cellXfs><${p}xf numFmtId="0"/>${used.join('')}</${p}cellXfs></${p}styleSheet>`;
}
