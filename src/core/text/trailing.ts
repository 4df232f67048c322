/** `text` without the characters of `signs` (single UTF-16 units) at its end. A pattern would try at every place. */
export function withoutTrailing(text: string, signs: string): string {
  let end = text.length;
  while (end > 0 && signs.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
