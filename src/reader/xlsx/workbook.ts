import { type Package, unreadable } from './package.ts';
import { readXml } from './xml.ts';

export interface Sheet {
  name: string;
  hidden: boolean;
  /** The name of its part. */
  part: string;
}

export interface Workbook {
  /** In the order of their tabs; those of charts are left out. */
  sheets: Sheet[];
  /** The parts with the texts and formats that cells refer to; null when there is none. */
  strings: string | null;
  styles: string | null;
  /** Whether days are counted from 1904. */
  since1904: boolean;
}

interface Relation {
  /** The last word of its type: `worksheet`, `sharedStrings`. */
  type: string;
  part: string;
}

/** The table of contents of a workbook. Throws `file_unreadable`, naming what the package is instead. */
export async function readWorkbook(given: Package): Promise<Workbook> {
  const main = [...(await relationsOf(given, '')).values()].find(({ type }) => type === 'officeDocument')?.part;
  const part = main ?? 'xl/workbook.xml';
  if (part.endsWith('.bin')) throw unreadable('xlsb', 'a binary workbook');
  const contents = part.startsWith('word/') || part.startsWith('ppt/') ? null : await given.open(part);
  if (contents === null) throw unreadable(kindOf(given.names, part), 'the archive is no workbook');

  const found: { name: string; hidden: boolean; relation: string }[] = [];
  let since1904 = false;
  await readXml(contents, {
    opened(name, attributes) {
      if (name === 'workbookPr') since1904 = /^(?:1|true)$/.test(attributes.date1904 ?? '');
      if (name !== 'sheet') return;
      const hidden = /hidden/i.test(attributes.state ?? '');
      found.push({ name: attributes.name ?? '', hidden, relation: relationId(attributes) });
    },
  });
  const relations = await relationsOf(given, part);
  const related = (type: string): string | null =>
    [...relations.values()].find((relation) => relation.type === type)?.part ?? null;
  return {
    sheets: found.flatMap(({ name, hidden, relation }) => {
      const sheet = relations.get(relation);
      return sheet?.type === 'worksheet' ? [{ name, hidden, part: sheet.part }] : [];
    }),
    strings: related('sharedStrings'),
    styles: related('styles'),
    since1904,
  };
}

/** The attribute `r:id`, whatever its prefix. */
function relationId(attributes: Readonly<Record<string, string>>): string {
  const key = Object.keys(attributes).find((name) => /:id$/i.test(name));
  return key === undefined ? '' : (attributes[key] ?? '');
}

/** What a part refers to, by the id it uses; of the whole package for the part ''. */
async function relationsOf(given: Package, part: string): Promise<Map<string, Relation>> {
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const relations = new Map<string, Relation>();
  const contents = await given.open(`${folder}_rels/${part.slice(folder.length)}.rels`);
  if (contents === null) return relations;
  await readXml(contents, {
    opened(name, { Id: id = '', Type: type = '', Target: target = '' }) {
      if (name !== 'Relationship') return;
      relations.set(id, { type: type.slice(type.lastIndexOf('/') + 1), part: resolved(folder, target) });
    },
  });
  return relations;
}

function resolved(folder: string, target: string): string {
  const steps: string[] = [];
  for (const step of (target.startsWith('/') ? target : folder + target).split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

function kindOf(names: ReadonlySet<string>, main: string) {
  if (/^(?:word|ppt|visio)\//.test(main)) return 'document';
  if (names.has('content.xml') && names.has('meta-inf/manifest.xml')) return 'open_document';
  if ([...names].some((name) => name.endsWith('.iwa'))) return 'iwork';
  return names.has('[content_types].xml') && names.has('xl/workbook.bin') ? 'xlsb' : 'archive';
}
