import { type CSSProperties, useEffect, useRef } from 'react';
import { CheckIcon } from '../components/icons.tsx';
import { useDirectory } from '../state/context.ts';
import type { Offer, Option } from './options.ts';

interface Props {
  id: string;
  label: string;
  multi: boolean;
  offer: Offer;
  active: number;
  isChosen: (option: Option) => boolean;
  onChoose: (option: Option) => void;
  style: CSSProperties;
}

/** The list of a combobox. Focus stays in the text field; the active option is named by `aria-activedescendant`. */
export function OptionList({ id, label, multi, offer, active, isChosen, onChoose, style }: Props) {
  const { words } = useDirectory();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // In Chromium scrollIntoView may return a value; an effect must not.
    list.current?.querySelector(`#${CSS.escape(`${id}-option-${active}`)}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);
  const message = messageOf(offer, words);
  let position = -1;
  return (
    <div className="option-popup" style={style}>
      <div
        ref={list}
        id={`${id}-list`}
        className="option-list"
        role="listbox"
        aria-label={label}
        aria-multiselectable={multi || undefined}
        tabIndex={-1}
        // The text field would lose focus and close the list before the click arrives.
        onMouseDown={(event) => event.preventDefault()}
      >
        {offer.groups.map((group) => {
          const options = group.options.map((option) => {
            position += 1;
            const index = position;
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox handles the keys
              // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the combobox
              <div
                key={`${group.label}:${option.key}`}
                id={`${id}-option-${index}`}
                className={index === active ? 'option option-active' : 'option'}
                role="option"
                aria-selected={isChosen(option)}
                onClick={() => onChoose(option)}
              >
                <span className="option-text">
                  {option.label}
                  {option.description !== '' && <span className="option-description">{option.description}</span>}
                </span>
                {isChosen(option) && <CheckIcon />}
              </div>
            );
          });
          return group.label === '' ? (
            options
          ) : (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot stand in a listbox
            <div key={group.label} role="group" aria-label={group.label}>
              <div className="option-group" aria-hidden="true">
                {group.label}
              </div>
              {options}
            </div>
          );
        })}
      </div>
      {message !== '' && <output className="option-note">{message}</output>}
    </div>
  );
}

function messageOf(offer: Offer, words: ReturnType<typeof useDirectory>['words']): string {
  if (typeof offer.status === 'object') return words.typeMore(offer.status.typeMore);
  if (offer.status === 'loading') return words.loadingOptions;
  if (offer.status === 'failed') return words.optionsFailed;
  return offer.groups.length === 0 ? words.noMatch : '';
}
