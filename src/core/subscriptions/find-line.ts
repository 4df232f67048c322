import { fold } from '../text/fold.ts';

export interface NamedLine {
  id: string;
  name: string;
}

export type FoundLine =
  | { kind: 'one'; line: NamedLine }
  /** Several names contain the text: a choice, never a guess. */
  | { kind: 'many'; lines: NamedLine[] }
  | { kind: 'none' };

/** The line that a text means: the one of that id or name, else the only one whose name contains it. */
export function findLine(text: string, lines: readonly NamedLine[]): FoundLine {
  const wanted = fold(text);
  const known = [...new Map(lines.map((line) => [line.id, line])).values()].map((line) => ({
    line,
    name: fold(line.name),
  }));
  const of = (found: typeof known): FoundLine | null => {
    const [first] = found;
    if (first === undefined) return null;
    return found.length === 1
      ? { kind: 'one', line: first.line }
      : { kind: 'many', lines: found.map(({ line }) => line) };
  };
  return (
    of(known.filter(({ line }) => fold(line.id) === wanted)) ??
    of(known.filter(({ name }) => name === wanted)) ??
    of(known.filter(({ name }) => wanted !== '' && name.includes(wanted))) ?? { kind: 'none' }
  );
}
