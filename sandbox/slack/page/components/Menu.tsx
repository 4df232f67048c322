import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useAnchored } from './anchored.ts';

interface MenuItem {
  key: string;
  text: ReactNode;
  hint?: ReactNode;
  run: () => void;
}

interface Props {
  label: string;
  trigger: ReactNode;
  triggerClass: string;
  items: MenuItem[];
  /** Shown when there is nothing to choose. */
  empty?: string;
}

/** A button that opens a menu (WAI-ARIA menu button pattern). */
export function Menu({ label, trigger, triggerClass, items, empty }: Props) {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const style = useAnchored(anchor, open, 'content');

  // What is still hidden, because it has no place yet, cannot take the focus.
  const placed = style.visibility !== 'hidden';
  useEffect(() => {
    if (open && placed) list.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus({ preventScroll: true });
  }, [open, placed]);

  const close = (): void => {
    setOpen(false);
    anchor.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const all = [...(list.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    const targets: { [key: string]: number } = {
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    };
    const target = targets[event.key];
    if (target !== undefined) {
      event.preventDefault();
      all[target]?.focus();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === 'Tab') {
      setOpen(false);
    }
  };
  return (
    <span className="menu">
      <button
        ref={anchor}
        type="button"
        className={triggerClass}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {trigger}
      </button>
      {open && (
        <>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: catches a click elsewhere; Esc does the same */}
          <span className="click-away" onMouseDown={() => setOpen(false)} />
          <div ref={list} className="menu-list" style={style} onKeyDown={onKeyDown} role="menu" aria-label={label}>
            {items.map((item) => (
              <button
                key={item.key}
                type="button"
                role="menuitem"
                tabIndex={-1}
                onClick={() => {
                  close();
                  item.run();
                }}
              >
                <span>{item.text}</span>
                {item.hint && <span className="menu-hint">{item.hint}</span>}
              </button>
            ))}
            {items.length === 0 && empty && (
              <span className="menu-empty" role="menuitem" aria-disabled="true" tabIndex={-1}>
                {empty}
              </span>
            )}
          </div>
        </>
      )}
    </span>
  );
}
