import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useActions, useDirectory } from '../state/context.ts';
import type { Preferences } from '../state/model.ts';
import { GearIcon } from './icons.tsx';

export function Settings({ preferences }: { preferences: Preferences }) {
  const { words } = useDirectory();
  const { dispatch } = useActions();
  const [open, setOpen] = useState(false);
  const panel = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (open) panel.current?.querySelector<HTMLElement>('input:checked')?.focus();
  }, [open]);
  const prefer = (change: Partial<Preferences>): void => dispatch({ type: 'prefer', preferences: change });
  return (
    <span className="settings">
      <button
        ref={trigger}
        type="button"
        className="bar-button"
        aria-label={words.settings}
        title={words.settings}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <GearIcon />
      </button>
      {open && (
        <>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: catches a click elsewhere; Esc does the same */}
          <span className="click-away" onMouseDown={() => setOpen(false)} />
          {/* biome-ignore lint/a11y/noStaticElementInteractions: Esc closes what the button opened */}
          <div
            ref={panel}
            className="settings-panel"
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              setOpen(false);
              trigger.current?.focus();
            }}
          >
            <Choice
              legend={words.language}
              value={preferences.language}
              options={[
                ['auto', words.languageAuto],
                ['en', 'English'],
                ['zh', '中文'],
              ]}
              onChange={(language) => prefer({ language })}
            />
            <Choice
              legend={words.theme}
              value={preferences.theme}
              options={[
                ['auto', words.themeAuto],
                ['light', words.themeLight],
                ['dark', words.themeDark],
              ]}
              onChange={(theme) => prefer({ theme })}
            />
          </div>
        </>
      )}
    </span>
  );
}

interface ChoiceProps<T extends string> {
  legend: string;
  value: T;
  options: [T, string][];
  onChange: (value: T) => void;
}

function Choice<T extends string>({ legend, value, options, onChange }: ChoiceProps<T>): ReactNode {
  const name = useId();
  return (
    <fieldset>
      <legend>{legend}</legend>
      {options.map(([option, text]) => (
        <label key={option} className="check">
          <input type="radio" name={name} checked={option === value} onChange={() => onChange(option)} />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}
