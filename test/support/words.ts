/** Words in Latin letters that stand in a Chinese text although they are not the platform's data; what may stand is taken out first. */
export function foreignWords(text: string, allowed: readonly (string | RegExp)[]): string[] {
  let left = text;
  for (const one of allowed)
    left = left.replaceAll(
      typeof one === 'string' ? one : new RegExp(one.source, `${one.flags.replace('g', '')}g`),
      ' ',
    );
  return left.match(/[A-Za-z]{2,}/g) ?? [];
}
