import { meantBy, searchable } from '../text/search.ts';

export interface NamedLine {
  id: string;
  name: string;
}

export type FoundLine =
  | { kind: 'one'; line: NamedLine }
  /** Several names contain the text: a choice, never a guess. */
  | { kind: 'many'; lines: NamedLine[] }
  | { kind: 'none' };

/** The line that a text means (`meantBy`). */
export function findLine(text: string, lines: readonly NamedLine[]): FoundLine {
  const known = [...new Map(lines.map((line) => [line.id, line])).values()];
  const found = meantBy(known, ({ id, name }) => searchable(name, id), text);
  const [first] = found;
  if (first === undefined) return { kind: 'none' };
  return found.length === 1 ? { kind: 'one', line: first } : { kind: 'many', lines: found };
}
