/** Characters that must not reach chat, log or terminal, by what makes them so. */
export const forbiddenRanges: Readonly<Record<string, readonly (readonly [from: number, to: number])[]>> = {
  controls: [
    [0x00, 0x08],
    [0x0b, 0x1f],
    [0x7f, 0x9f],
  ],
  'unpaired surrogates': [[0xd800, 0xdfff]],
  'line separators': [[0x2028, 0x2029]],
  'bidi controls': [
    [0x061c, 0x061c],
    [0x200e, 0x200f],
    [0x202a, 0x202e],
    [0x2066, 0x2069],
  ],
  'deprecated controls': [[0x206a, 0x206f]],
  'annotation anchors': [[0xfff9, 0xfffb]],
  'no characters': [
    [0xfdd0, 0xfdef],
    [0xfffe, 0xffff],
    [0x1fffe, 0x1ffff],
    [0x10fffe, 0x10ffff],
  ],
  tags: [
    [0xe0000, 0xe00ff],
    [0xe01f0, 0xe0fff],
  ],
};

/** Each of them, once. */
export function forbiddenCharacters(kind: string): string[] {
  return (forbiddenRanges[kind] ?? []).flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, offset) => String.fromCodePoint(from + offset)),
  );
}

/** The forbidden characters that a text holds, as `U+…`. */
export function forbiddenIn(text: string): string[] {
  const ranges = Object.values(forbiddenRanges).flat();
  // A string's iterator takes pairs of surrogates together: what is left of them is unpaired.
  return [...text].flatMap((character) => {
    const point = character.codePointAt(0) ?? 0;
    if (point >= 0x20 && point < 0x7f) return [];
    return ranges.some(([from, to]) => point >= from && point <= to) ? [`U+${point.toString(16)}`] : [];
  });
}

/** The same of text in JSON, whose escapes a reader decodes. */
export function forbiddenInJson(json: string): string[] {
  return forbiddenIn(json.replaceAll(/\\u([\da-f]{4})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))));
}
