import type { Task } from '../model/task.ts';
import { fold } from '../text/fold.ts';
import { cleaned, oneLine } from '../text/printable.ts';

/** So much of a name is typed to confirm a deletion, in characters as people see them: beyond this nobody types. */
const maxTypedLength = 60;

/** It must fit into a text and the private data of a view, in UTF-16 units: one such character may have any number. */
const maxCarriedLength = 720;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * What a person types to confirm that a task is deleted: its name on one line, or the beginning of a very long one;
 * its id when the name shows nothing that could be typed. Takes the confirmation itself for a name, too.
 */
export function confirmationOf({ id, name }: Pick<Task, 'id' | 'name'>): string {
  const whole = fold(name) === '' ? id : name;
  // Cleaned once more, because a cut by length may halve a character.
  const line = cleaned(oneLine(cleaned(whole)).slice(0, maxCarriedLength));
  return Array.from(graphemes.segment(line), ({ segment }) => segment)
    .slice(0, maxTypedLength)
    .join('')
    .trimEnd();
}

/** Whether what was typed, or pasted as a whole, is that confirmation, however its characters are written. */
export function confirms(typed: string, confirmation: string): boolean {
  return fold(confirmationOf({ id: '', name: typed })) === fold(confirmation);
}
