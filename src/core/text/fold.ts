import { cleaned } from './printable.ts';

/**
 * Marks on one letter beyond these are dropped before normalizing, which sorts them in quadratic time. No language has
 * so many (Unicode Standard Annex 15, stream-safe text).
 */
const marksBeyond = /(\p{M}{30})\p{M}+/gu;

/** Typographic signs and the one on the keyboard that people type for them. */
const keyboard: readonly (readonly [signs: RegExp, typed: string])[] = [
  [/[\u2018-\u201b\u2032\u0060\u00b4]/g, "'"],
  [/[\u201c-\u201f\u2033\u00ab\u00bb]/g, '"'],
  [/[\u2010-\u2015\u2212]/g, '-'],
];

/** Nearly all names hold nothing else, and of it only case and runs of blanks differ: most of the work is spared. */
const plainLetters = /^[ -_a-~\u4e00-\u9fff]*$/;

/**
 * The same for texts that people take for the same: full-width and composed forms, case, kinds of quotes, dashes and
 * blanks, line breaks and what cannot be seen make no difference. For comparing only; takes time linear in the text.
 */
export function fold(text: string): string {
  if (plainLetters.test(text)) return text.toLowerCase().replace(/ {2,}/g, ' ').trim();
  const typed = keyboard.reduce((kept, [signs, sign]) => kept.replace(signs, sign), cleaned(text));
  return typed
    .replace(marksBeyond, '$1')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Default_Ignorable_Code_Point}+/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}
