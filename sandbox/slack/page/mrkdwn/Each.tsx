import { Fragment, type ReactNode } from 'react';

/**
 * Renders items that have no identity but their position: pieces of one text, cells of one table, lists in a block.
 * They are replaced as a whole whenever the text or block changes, so the position serves as key.
 */
export function Each<T>({ items, draw }: { items: readonly T[]; draw: (item: T, index: number) => ReactNode }) {
  return items.map((item, index) => {
    const key = `at-${index}`;
    return <Fragment key={key}>{draw(item, index)}</Fragment>;
  });
}
