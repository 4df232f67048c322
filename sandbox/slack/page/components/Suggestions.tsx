import { useEffect, useRef } from 'react';
import type { Completion } from '../state/completion.ts';
import { useDirectory } from '../state/context.ts';

interface Props {
  id: string;
  completion: Completion;
  active: number;
  onTake: (index: number) => void;
}

/** What the composer offers to complete, above the text. */
export function Suggestions({ id, completion, active, onTake }: Props) {
  const { words } = useDirectory();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('.option-active')?.scrollIntoView({ block: 'nearest' });
  });
  if (completion.suggestions.length === 0) return <p className="composer-note">{completion.usage}</p>;
  return (
    <div
      ref={list}
      id={`${id}-list`}
      className="suggestions"
      role="listbox"
      aria-label={words.suggestions}
      tabIndex={-1}
      onMouseDown={(event) => event.preventDefault()}
    >
      {completion.suggestions.map((suggestion, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the text field handles the keys
        // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the text field
        <div
          key={suggestion.key}
          id={`${id}-${index}`}
          className={index === active ? 'option option-active' : 'option'}
          role="option"
          aria-selected={index === active}
          onClick={() => onTake(index)}
        >
          <span className="suggestion-label">{suggestion.label}</span>
          <span className="option-description">{suggestion.hint}</span>
        </div>
      ))}
    </div>
  );
}
