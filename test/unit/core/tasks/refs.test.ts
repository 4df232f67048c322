import { expect, test } from '@jest/globals';
import { splitRefs } from '../../../../src/core/tasks/refs.ts';

/** What it does, as a pattern: shorter, and quadratic in quotes that are never closed. */
function byPattern(text: string): string[][] {
  const parts: string[][] = [[]];
  const words = /"[^"]*"|“[^”]*”|「[^」]*」|『[^』]*』|＂[^＂]*＂|[,，、;；]|[^\s,，、;；]+/g;
  for (const [word] of text.matchAll(words)) {
    if (/^[,，、;；]$/.test(word)) parts.push([]);
    else parts.at(-1)?.push(word);
  }
  return parts.filter((part) => part.length > 0);
}

test('splits as the pattern does', () => {
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  const alphabet = [...'ab1 "“”「」『』＂,，、;； \t\n\u3000外'];
  const texts = Array.from({ length: 1_500 }, () =>
    Array.from({ length: random(16) }, () => alphabet[random(alphabet.length)]).join(''),
  );
  expect(texts.map((text) => [text, splitRefs(text)])).toEqual(texts.map((text) => [text, byPattern(text)]));
});
