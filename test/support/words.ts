/** Latin words in a Chinese text that are not the platform's data; those that are allowed are removed first. */
export function foreignWords(text: string, allowed: readonly (string | RegExp)[]): string[] {
  let left = text;
  for (const one of allowed)
    left = left.replaceAll(
      typeof one === 'string' ? one : new RegExp(one.source, `${one.flags.replace('g', '')}g`),
      ' ',
    );
  return left.match(/[A-Za-z]{2,}/g) ?? [];
}
