import { type CSSProperties, type RefObject, useLayoutEffect, useState } from 'react';

const gap = 4;
const margin = 8;

/**
 * Places a popup next to its anchor in viewport coordinates, so that scrolling containers do not cut it off: below when
 * there is room, else above; kept inside the window. Follows scrolling and resizing while open.
 */
export function useAnchored(
  anchor: RefObject<HTMLElement | null>,
  open: boolean,
  width: 'anchor' | 'content',
): CSSProperties {
  const [style, setStyle] = useState<CSSProperties>({ position: 'fixed', visibility: 'hidden' });
  useLayoutEffect(() => {
    const element = anchor.current;
    if (!open || !element) return;
    const place = (): void => setStyle(placeFor(element.getBoundingClientRect(), width));
    place();
    window.addEventListener('scroll', place, true);
    window.addEventListener('resize', place);
    return () => {
      window.removeEventListener('scroll', place, true);
      window.removeEventListener('resize', place);
    };
  }, [anchor, open, width]);
  return style;
}

function placeFor(box: DOMRect, width: 'anchor' | 'content'): CSSProperties {
  const { innerWidth, innerHeight } = window;
  const below = innerHeight - box.bottom - gap - margin;
  const above = box.top - gap - margin;
  const upwards = below < 220 && above > below;
  const vertical: CSSProperties = upwards
    ? { bottom: innerHeight - box.top + gap, maxHeight: Math.min(above, 360) }
    : { top: box.bottom + gap, maxHeight: Math.min(below, 360) };
  if (width === 'anchor') return { position: 'fixed', left: box.left, width: box.width, ...vertical };
  const fromRight = box.left > innerWidth / 2;
  return fromRight
    ? {
        position: 'fixed',
        right: Math.max(margin, innerWidth - box.right),
        maxWidth: innerWidth - 2 * margin,
        ...vertical,
      }
    : { position: 'fixed', left: Math.max(margin, box.left), maxWidth: innerWidth - box.left - margin, ...vertical };
}
