const closings: Readonly<Record<string, string>> = { '"': '"', '“': '”', '「': '」', '『': '』', '＂': '＂' };
const between = /[,，、;；]/;
const outside = /[\s,，、;；]/;

/** References between commas, each as its words; quoted text is one word. */
export function splitRefs(text: string): string[][] {
  const parts: string[][] = [[]];
  // Closing quotes known to be missing: a pattern would search again at each opening one.
  const unclosed = new Set<string>();
  let at = 0;
  while (at < text.length) {
    const sign = text.charAt(at);
    if (between.test(sign)) parts.push([]);
    if (outside.test(sign)) {
      at += 1;
      continue;
    }
    const end = endOfQuoted(text, at, unclosed) ?? endOfWord(text, at);
    parts.at(-1)?.push(text.slice(at, end));
    at = end;
  }
  return parts.filter((part) => part.length > 0);
}

function endOfQuoted(text: string, start: number, unclosed: Set<string>): number | null {
  const closing = closings[text.charAt(start)];
  if (closing === undefined || unclosed.has(closing)) return null;
  const end = text.indexOf(closing, start + 1);
  if (end >= 0) return end + 1;
  unclosed.add(closing);
  return null;
}

function endOfWord(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && !outside.test(text.charAt(end))) end += 1;
  return end;
}
