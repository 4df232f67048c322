import { companyRank, contactParty, type Label } from './labels.ts';

/** What a column of a table is, by its title and its content. */
export interface Column {
  index: number;
  /** Empty where it has none. */
  title: string;
  label: Label | null;
  /** Rows in which it says something. */
  filled: number;
  /** Rows with numbers that can be sent, and with numbers that cannot. */
  ready: number;
  unusable: number;
  /** Whether most of its cells look like the names of people; only known of a column without a title that says so. */
  people: boolean;
}

/** Where a name is: in one column, or as first and last name. */
export interface NameColumns {
  full: number | null;
  first: number | null;
  last: number | null;
}

/** Which columns hold the customer’s own numbers; `open` when a person has to say, from those. */
export type Decision = { phones: number[] } | { open: number[] };

const isPhone = (column: Column, whose: 'own' | 'unclear' | 'other'): boolean =>
  column.label?.kind === 'phone' && column.label.whose === whose;

/** Mostly numbers. */
export const holdsNumbers = ({ filled, ready, unusable }: Column): boolean =>
  ready + unusable > 0 && (ready + unusable) * 2 >= filled;

/**
 * A title that says that the number is the customer’s own decides. Without one the content does, apart from columns of
 * other people, which never stand in for it. What remains open is for a person to say.
 */
export function decide(columns: readonly Column[]): Decision {
  const own = columns.filter((column) => isPhone(column, 'own'));
  if (own.length > 0) return decideOwn(own, columns);
  const unclear = columns.filter((column) => isPhone(column, 'unclear'));
  const possible = columns.filter(
    (column) => (column.label === null || unclear.includes(column)) && holdsNumbers(column),
  );
  if (possible.length > 0)
    return possible.some((column) => unclear.includes(column)) ? { open: indexes(possible) } : oneOf(possible);
  // Words that are not known may name someone else; where there is no number, nobody is called.
  if (unclear.length > 0) return unclear.some(({ ready }) => ready > 0) ? { open: indexes(unclear) } : oneOf(unclear);
  const rest = columns.filter(holdsNumbers);
  return rest.length > 0 ? { open: indexes(rest) } : { phones: [leastUnlikely(columns)] };
}

/** With no number at all, the column that should hold them is the one to report. */
function leastUnlikely(columns: readonly Column[]): number {
  const free = columns.filter(({ label }) => label === null);
  const [best] = [...free].sort(
    (a, b) => b.unusable - a.unusable || Number(a.people) - Number(b.people) || b.filled - a.filled,
  );
  return best?.index ?? columns[0]?.index ?? 0;
}

function decideOwn(own: readonly Column[], columns: readonly Column[]): Decision {
  const plain = own.filter((column) => partyOf(column) === '');
  // The number of a company beside those of people whose part is another one.
  const isOffice = ({ label }: Column): boolean => label?.kind === 'phone' && label.office;
  if (plain.length > 0 && plain.every(isOffice) && own.some((column) => !/^(?:联系人)?$/.test(partyOf(column))))
    return { open: indexes(own) };
  const parties = new Set(own.map(partyOf));
  const group = plain.length > 0 ? plain : own;
  // Beside the number of a customer, the one of a person to contact may be that of the customer's employee or father.
  const people = peopleIn(columns);
  const contacts = own.filter((column) => partyOf(column) === contactParty && !isBehindOther(column, people));
  if (plain.length > 0 && contacts.length > 0) {
    const both = columns.filter((column) => plain.includes(column) || contacts.includes(column));
    const customers = people.filter((person) => whoseName(person) !== 'other');
    const isContact = customers.length > 0 && customers.every((person) => partyOf(person) === contactParty);
    return isContact ? decideSeveral(both, columns) : { open: indexes(both) };
  }
  if (plain.length === 0 && parties.size > 1) return { open: indexes(own) };
  if (group.length === 1) return { phones: indexes(group) };
  return decideSeveral(group, columns);
}

/** Several columns that might all be the customer’s: by the people before them. */
function decideSeveral(group: readonly Column[], columns: readonly Column[]): Decision {
  const people = peopleIn(columns);
  const customers = people.filter((person) => whoseName(person) !== 'other');
  const open = { open: indexes(group) };
  // `姓名1 … 姓名2` are two people.
  const titles = customers.map(({ title }) => title.replace(/[\s_\d一二三四]/g, ''));
  if (titles.some((title, index) => title !== '' && titles.indexOf(title) !== index)) return open;

  const owners = new Map(group.map((column) => [column, personBefore(column, people)]));
  const othersOwn = (column: Column): boolean => isBehindOther(column, people);
  const rest = group.filter((column) => !othersOwn(column));
  const gone = group.filter(othersOwn);
  if (rest.length === 0 || gone.some(({ label }) => label?.kind === 'phone' && label.further)) return open;
  const distinct = new Set(rest.map((column) => owners.get(column)));
  return distinct.size === 1 || customers.length <= 1 ? { phones: indexes(rest) } : open;
}

function isBehindOther(column: Column, people: readonly Column[]): boolean {
  const owner = personBefore(column, people);
  return owner !== null && whoseName(owner) === 'other';
}

function oneOf(candidates: readonly Column[]): Decision {
  return candidates.length === 1 ? { phones: indexes(candidates) } : { open: indexes(candidates) };
}

/** The columns that name people, left to right: by their titles, or by their content where the title says nothing. */
function peopleIn(columns: readonly Column[]): Column[] {
  return columns.filter((column) => {
    const label = nameLabel(column);
    if (label !== null) return label.part !== 'last' && label.rank !== companyRank;
    return column.label === null && column.people;
  });
}

function personBefore(column: Column, people: readonly Column[]): Column | null {
  return people.findLast((person) => person.index < column.index) ?? null;
}

/**
 * Where the name for the numbers of a column is; null when it is not certain whose it would be.
 * @param titled whether the table has titles: without them names are recognized by what they look like.
 */
export function nameFor(index: number, columns: readonly Column[], titled: boolean): NameColumns | null {
  const column = columns.find((one) => one.index === index);
  if (column === undefined) return null;
  if (!titled) return untitledName(column, columns);
  const people = columns.filter((one) => nameLabel(one) !== null && nameLabel(one)?.part !== 'last');
  const before = personBefore(column, people);
  if (isPhone(column, 'other')) {
    return before !== null && whoseName(before) === 'other' ? inFull(before, columns) : null;
  }
  const named = people.filter((person) => whoseName(person) === 'own');
  const lastOnly = columns.find((one) => nameLabel(one)?.part === 'last' && nameLabel(one)?.whose === 'own');
  if (named.length === 0 && lastOnly !== undefined) return { full: null, first: null, last: lastOnly.index };
  const party = partyOf(column);
  const same = named.filter(
    (person) => partyOf(person) === party || (party === '' && partyOf(person) === contactParty),
  );
  // Behind the name of a party, a number without one is that party’s.
  const nearest = named.filter((person) => party === '' && person === before);
  const fitting = same.length > 0 ? same : named.length === 1 ? named : nearest;
  const numbered = fitting.filter((person) => indexOf(person) === indexOf(column));
  const best = Math.min(...fitting.map((person) => nameLabel(person)?.rank ?? 0));
  const ranked = fitting.filter((person) => nameLabel(person)?.rank === best);
  const name =
    ranked.length === 1 ? ranked[0] : numbered.length === 1 ? numbered[0] : ranked.find((person) => person === before);
  return name === undefined ? null : inFull(name, columns);
}

/** Without titles: the only column of names, or the one beside the number. */
function untitledName(column: Column, columns: readonly Column[]): NameColumns | null {
  const names = columns.filter((one) => one.index !== column.index && one.people);
  const numbers = columns.filter(holdsNumbers);
  // With several columns of numbers each may have its own people, before or after them.
  const side = (names[0]?.index ?? 0) < (numbers[0]?.index ?? 0) ? -1 : 1;
  const beside = names.find(({ index }) => index === column.index + side);
  const name = names.length === 1 && numbers.length === 1 ? names[0] : beside;
  return name === undefined ? null : { full: name.index, first: null, last: null };
}

function inFull(person: Column, columns: readonly Column[]): NameColumns {
  const label = nameLabel(person);
  if (label?.part !== 'first') return { full: person.index, first: null, last: null };
  const last = columns.find(
    (one) => nameLabel(one)?.part === 'last' && whoseName(one) === label.whose && partyOf(one) === label.party,
  );
  return { full: null, first: person.index, last: last?.index ?? null };
}

type NameLabel = Extract<Label, { kind: 'name' }>;
const nameLabel = ({ label }: Column): NameLabel | null => (label?.kind === 'name' ? label : null);
const whoseName = (column: Column): 'own' | 'other' | null => nameLabel(column)?.whose ?? null;
const partyOf = ({ label }: Column): string => (label?.kind === 'phone' || label?.kind === 'name' ? label.party : '');
const indexOf = ({ label }: Column): string => (label?.kind === 'phone' || label?.kind === 'name' ? label.index : '');
const indexes = (columns: readonly Column[]): number[] => columns.map(({ index }) => index);
