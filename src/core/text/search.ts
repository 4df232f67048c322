import { fold } from './fold.ts';

/**
 * The one rule by which tasks and lines are searched for by what a person types: in the list, in pickers, as one types in
 * a menu, and in commands. Full-width forms, case and kinds of quotes make no difference (`fold`).
 */

/** What something is found by; all of it made plain (`plainText`). */
export interface Searchable {
  name: string;
  id: string;
  /** The name, and what else is said of it: one text, so that most of what does not match is known by a single look. */
  said: string;
}

/** How well something matches, the best first. Up to `part` it can be what a reference means; beyond, only found. */
const ranks = { id: 0, name: 1, begins: 2, part: 3, words: 4, details: 5 } as const;
type Rank = (typeof ranks)[keyof typeof ranks];

/** The start of an id must be at least this long to count. */
export const minIdStart = 4;

/** So many different words count. */
const maxWords = 10;

/** Text as used for comparing names. Without the … with which a message cuts a long name, since people paste that. */
export function plainText(text: string): string {
  return fold(text.replace(/…$/, ''));
}

interface Wanted {
  phrase: string;
  words: readonly string[];
  /** Nothing beyond this is looked for. */
  last: Rank;
}

function rankOf({ name, id, said }: Searchable, { phrase, words, last }: Wanted): Rank | null {
  if (id === phrase) return ranks.id;
  const beginsId = (word: string): boolean => word.length >= minIdStart && id.startsWith(word);
  if (!beginsId(phrase)) {
    for (const word of words) if (!said.includes(word) && !beginsId(word)) return null;
  }
  if (name === phrase) return ranks.name;
  if (name.startsWith(phrase) || beginsId(phrase)) return ranks.begins;
  if (name.includes(phrase)) return ranks.part;
  if (last === ranks.part) return null;
  return words.every((word) => name.includes(word) || beginsId(word)) ? ranks.words : ranks.details;
}

/** By their ranks, each in the order of before. */
function ranked<T>(
  { items, of }: { items: readonly T[]; of: (item: T) => Searchable },
  text: string,
  last: Rank = ranks.details,
): T[][] {
  const phrase = plainText(text);
  const words = [...new Set(phrase.split(' '))].filter(Boolean).slice(0, maxWords);
  const found: T[][] = Object.values(ranks).map(() => []);
  for (const item of items) {
    const rank = rankOf(of(item), { phrase, words, last });
    if (rank !== null) found[rank]?.push(item);
  }
  return found;
}

/**
 * Everything that holds each of the words in its name or details, or whose id begins with them; all of them for ''. What
 * is called so comes first, then what begins so, then what holds it as it was typed; else the order stays as it was.
 */
export function search<T>(items: readonly T[], of: (item: T) => Searchable, text: string): T[] {
  return plainText(text) === '' ? [...items] : ranked({ items, of }, text).flat();
}

/**
 * What a reference may mean: the one of that id, else those of that name, else those in whose name it is or whose id
 * begins so. Nothing is meant by its details, and nothing by ''.
 */
export function meantBy<T>(items: readonly T[], of: (item: T) => Searchable, text: string): T[] {
  if (plainText(text) === '') return [];
  const [byId = [], byName = [], ...others] = ranked({ items, of }, text, ranks.part);
  if (byId.length > 0) return byId;
  return byName.length > 0 ? byName : others.flat();
}

/** What was found, though no reference means it: all words are there, but apart or in its details. */
export function alsoFoundBy<T>(items: readonly T[], of: (item: T) => Searchable, text: string): T[] {
  return plainText(text) === '' ? [] : ranked({ items, of }, text).slice(ranks.words).flat();
}

/** What is found by its name, its id, and what else is said of it. */
export function searchable(name: string, id: string, details: readonly (string | null)[] = []): Searchable {
  const plain = plainText(name);
  // A word that is looked for holds no line break.
  return { name: plain, id: plainText(id), said: [plain, ...details.map((text) => plainText(text ?? ''))].join('\n') };
}
