import { type RefObject, useEffect } from 'react';

const focusable =
  'a[href], button:not([disabled]), input:not([disabled]):not([tabindex="-1"]), select, textarea:not([disabled]), [tabindex="0"]';

/** Focuses the field that asks for it, else the first field, else the button marked for it, else the box. */
export function focusFirst(box: HTMLElement): void {
  const first =
    box.querySelector<HTMLElement>('[data-focus-on-load]') ??
    box.querySelector<HTMLElement>('.dialog-body input:not([type=file]), .dialog-body textarea') ??
    box.querySelector<HTMLElement>('[data-autofocus]');
  (first ?? box).focus();
}

/**
 * Keeps the keyboard inside `box` while it is mounted. Focus starts where `focusFirst` puts it;
 * afterward it returns to where it was.
 */
export function useFocusTrap(box: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const before = document.activeElement;
    const within = (): HTMLElement[] =>
      [...element.querySelectorAll<HTMLElement>(focusable)].filter((candidate) => candidate.offsetParent !== null);
    focusFirst(element);
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Tab') return;
      const all = within();
      const edge = event.shiftKey ? all[0] : all.at(-1);
      const outside = !element.contains(document.activeElement);
      if (outside || document.activeElement === edge || document.activeElement === element) {
        if (document.activeElement === element && !event.shiftKey) return;
        event.preventDefault();
        (event.shiftKey ? all.at(-1) : all[0])?.focus();
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [box]);
}
