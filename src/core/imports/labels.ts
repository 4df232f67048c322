import { narrow } from '../text/narrow.ts';
import { maxWordLength, type WordKind, wordKind } from './words.ts';

/** What a column title, or a label beside a number, says. */
export type Label =
  | {
      kind: 'phone';
      /** `unclear`: qualified by words that are not known. */
      whose: 'own' | 'unclear' | 'other';
      /** The people it names beyond the customer, as `收货人`; empty for none. */
      party: string;
      /** It is the number of a company, an office or the like. */
      office: boolean;
      /** It presents itself as one more number: `备用`, `更多`, a `2`. */
      further: boolean;
      /** The number in it, as in `电话2`; empty for none. */
      index: string;
    }
  | {
      kind: 'name';
      part: 'full' | 'first' | 'last';
      whose: 'own' | 'other';
      party: string;
      index: string;
      /** Lower is more surely the person’s name. */
      rank: number;
    }
  | { kind: 'area' | 'country' | 'extension' | 'column' | 'remark' };

/** A title is short; a sentence about the columns is none. */
const maxTitleLength = 40;
const maxCellLength = 160;
/** Of what is no known word: characters, and so many for a word in Latin letters. */
const maxUnknownLength = 8;
const latinWordLength = 3;
/** In brackets; Chinese says there in a few characters whose the number is. */
const maxQualifierLength = 8;

const known = new Map<string, Label | null>();
const maxKnown = 5_000;

/** What a cell says as a title; null when it is none that is known. */
export function labelOf(cell: string): Label | null {
  if (cell.length > maxCellLength || cell.trim() === '') return null;
  const before = known.get(cell);
  if (before !== undefined) return before;
  const label = read(cell);
  if (known.size >= maxKnown) known.clear();
  known.set(cell, label);
  return label;
}

const ownWords: ReadonlySet<WordKind> = new Set<WordKind>(['phone', 'number', 'own', 'person', 'call', 'name']);

/** Whether a text beside a number says no more than that it is the customer’s: `手机`, `电话：`, `（本人，微信同号）`. */
export function labelsOwn(text: string): boolean {
  const { outside, inside } = parts(text.slice(0, maxCellLength));
  const { kinds, unknown } = wordsIn(`${outside} ${inside}`);
  return unknown === '' && kinds.size > 0 && [...kinds].every((kind) => ownWords.has(kind));
}

/** Whether the words of a text name someone who is not the customer, or a number that must not be dialed. */
export function namesOther(text: string): boolean {
  const { outside, inside } = parts(text.slice(0, maxCellLength));
  return wordsIn(`${outside} ${inside}`).kinds.has('other');
}

function read(cell: string): Label | null {
  const { outside, inside } = parts(cell);
  if (outside.length > maxTitleLength || /[。，！？；：!?;:,]|\d{5}/.test(outside)) return null;
  const { kinds, unknown, unknownLength, index, parties } = wordsIn(outside);
  // `电话（队友）` is as much about someone as `队友电话` is; longer remarks are about the format.
  const qualifier = inside.trim().length <= maxQualifierLength && !/\d/.test(inside) ? wordsIn(inside) : null;
  const contact = contactIn(outside) ?? contactIn(qualifier === null ? '' : inside);
  if (kinds.size === 0 || unknownLength > maxUnknownLength) return null;
  // One more person to contact is not one more number of the same.
  const furtherPerson = contact !== null && (kinds.has('further') || qualifier?.kinds.has('further') === true);
  const other = kinds.has('other') || furtherPerson || wordsIn(inside).kinds.has('other');
  const party = [...parties, ...(qualifier?.parties ?? []), ...(contact ?? [])].join(' ');
  const has = (...some: WordKind[]): boolean => some.some((kind) => kinds.has(kind));

  if ((has('area') || /\barea[\s_-]*code/.test(outside)) && !/[含带加]|with/.test(outside)) return { kind: 'area' };
  if (has('extension') && !/[含带加]|with|[+/]/.test(outside)) return { kind: 'extension' };
  if (has('country') && (!has('phone') || /码|碼|区号|區號|code/.test(outside))) return { kind: 'country' };
  if (has('phone') || /传真|傳真|\bfax/.test(outside)) {
    if (has('column', 'remark', 'code')) return { kind: has('remark') ? 'remark' : 'column' };
    // Someone with an office or a place in a family, as `村长电话`.
    const unknowns = [unknown, qualifier?.unknown ?? ''].filter((part) => part !== '');
    const person = unknowns.some((part) => /[长員员师師父母爸妈哥姐弟妹叔姨婶友伴亲属总任方者]$/.test(part));
    const whose = other || person ? 'other' : unknowns.length === 0 ? 'own' : 'unclear';
    const further = has('further') || (index !== '' && index !== '1');
    const office = has('organization', 'merchant') && !has('person') && parties.length === 0;
    return { kind: 'phone', whose, party: office && has('merchant') ? merchantParty : party, office, further, index };
  }
  if (outside === '备用' || outside === '備用')
    return { kind: 'phone', whose: other ? 'other' : 'own', party, office: false, further: true, index };
  if (has('remark')) return { kind: 'remark' };
  if (has('column')) return { kind: 'column' };
  if (has('number'))
    return numberLabel(outside, { kinds, unknown: unknown + (qualifier?.unknown ?? ''), other, party, index });
  return nameLabel(outside, { kinds, unknown, other, party, index });
}

/** The party of a title about the person to contact, as in `联系人手机` or `Contact 2 Phone`; null for others. */
function contactIn(title: string): string[] | null {
  const found =
    /(联系人|联络人|聯絡人|聯繫人)\s*(\d*)|contact\s*person|contact[\s_-]*(\d+)[\s_-]*[a-z]|\bcontact\b/.exec(title);
  if (found === null) return null;
  const [, person, index = '', number] = found;
  if (person !== undefined || number !== undefined) return [`${contactParty}${index || (number ?? '')}`];
  return [];
}

/** Who sells to the customer, unless the table has nobody else. */
const merchantParty = '商家';

/** The person to contact, who may be the customer or someone at a customer. */
export const contactParty = '联系人';

interface Said {
  kinds: ReadonlySet<WordKind>;
  unknown: string;
  other: boolean;
  party: string;
  index: string;
}

/** `号码` and `contact number` are phone numbers; of a plain `number` only the content shows what it is. */
function numberLabel(title: string, { kinds, unknown, other, party, index }: Said): Label | null {
  const phone = { kind: 'phone', party, office: false, further: kinds.has('further'), index } as const;
  if (other) return { ...phone, whose: 'other' };
  const named = /号码|號碼/.test(title);
  const dialed = named || kinds.has('call') || /contact/.test(title);
  const clear = dialed && unknown === '' && [...kinds].every((kind) => named || kind !== 'organization');
  return clear ? { ...phone, whose: 'own' } : { kind: 'column' };
}

function nameLabel(title: string, { kinds, unknown, other, party, index }: Said): Label | null {
  const named = kinds.has('name') || kinds.has('first_name') || kinds.has('last_name');
  const person = kinds.has('person') || party !== '';
  if (other && (named || unknown === '')) return { kind: 'name', part: 'full', whose: 'other', party, index, rank: 9 };
  if (unknown !== '') return null;
  if ((kinds.has('organization') || kinds.has('merchant')) && !person) return { kind: 'column' };
  if (!named && !person) return null;
  const part = kinds.has('first_name') ? 'first' : kinds.has('last_name') ? 'last' : 'full';
  return { kind: 'name', part, whose: 'own', party, index, rank: rankOf(title, named, part) };
}

/** The rank of `客户名称`, which is often the name of a company. */
export const companyRank = 3;

function rankOf(title: string, named: boolean, part: 'full' | 'first' | 'last'): number {
  if (part !== 'full') return 1;
  if (!named) return 2;
  return /名称|名稱/.test(title) ? companyRank : 0;
}

/** What a title says outside and inside its brackets, in narrow lower case. */
function parts(cell: string): { outside: string; inside: string } {
  const text = narrow(cell)
    .replace(/[\p{Cf}\p{Cc}]/gu, ' ')
    // `phoneNumber`; `WhatsApp` is one word.
    .replace(/([a-z])([A-Z])/g, (_, end: string, start: string) => `${end}\u2009${start}`)
    .toLowerCase()
    .replaceAll('whats\u2009app', 'whatsapp')
    // `姓　名`, and a title that is broken over lines.
    .replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '');
  let [outside, inside, depth] = ['', '', 0];
  for (const char of text) {
    if ('([【{<'.includes(char)) depth += 1;
    else if (')]】}>'.includes(char)) depth = Math.max(0, depth - 1);
    else if (depth > 0) inside += char;
    else outside += char;
  }
  outside = outside.trim();
  // A title in brackets as a whole is a title.
  if (outside === '') return { outside: inside.trim(), inside: '' };
  return { outside: outside.replace(/[:：*]$/, '').trim(), inside };
}

interface Words {
  kinds: Set<WordKind>;
  /** What is no known word. */
  unknown: string;
  unknownLength: number;
  index: string;
  parties: string[];
}

/** The longest known words from the left: letters in whole words, other scripts character by character. */
function wordsIn(text: string): Words {
  const found: Words = { kinds: new Set(), unknown: '', unknownLength: 0, index: '', parties: [] };
  for (const [run] of text.matchAll(/[a-z]+|\d+|\p{L}+/gu)) {
    if (/^\d/.test(run)) found.index = run;
    else take(run, found);
  }
  return found;
}

function take(run: string, found: Words): void {
  const latin = /^[a-z]/.test(run);
  const words = latin ? wholeWords(run) : null;
  if (latin && words === null) {
    found.unknown += run;
    found.unknownLength += Math.min(run.length, latinWordLength);
  }
  for (const word of latin ? (words ?? []) : longestWords(run)) {
    const kind = wordKind(word);
    if (kind === undefined) {
      found.unknown += word;
      found.unknownLength += word.length;
    } else if (kind !== 'noise') found.kinds.add(kind);
    if (kind === 'party') found.parties.push(word);
  }
}

/** `phonenumber` as its words; null unless all of it is words. */
function wholeWords(run: string): string[] | null {
  if (run.length > maxTitleLength) return null;
  const ends: (string[] | undefined)[] = [[]];
  for (let start = 0; start < run.length; start += 1) {
    const before = ends[start];
    if (before === undefined) continue;
    for (let length = Math.min(maxWordLength, run.length - start); length > 0; length -= 1) {
      const word = run.slice(start, start + length);
      // Within a longer word a letter or two are no word of their own.
      const counts = wordKind(word) !== undefined && (length > 2 || length === run.length || /^(?:no|my)$/.test(word));
      if (counts && (ends[start + length]?.length ?? Number.POSITIVE_INFINITY) > before.length + 1)
        ends[start + length] = [...before, word];
    }
  }
  return ends[run.length] ?? null;
}

function longestWords(run: string): string[] {
  const words: string[] = [];
  for (let at = 0; at < run.length; ) {
    let length = Math.min(maxWordLength, run.length - at);
    while (length > 1 && wordKind(run.slice(at, at + length)) === undefined) length -= 1;
    words.push(run.slice(at, at + length));
    at += length;
  }
  return words;
}
