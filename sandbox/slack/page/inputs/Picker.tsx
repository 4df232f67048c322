import { type KeyboardEvent, useRef, useState } from 'react';
import { valueKey } from '../../form.ts';
import { asString, num, plainText } from '../../json.ts';
import type { Json } from '../../protocol.ts';
import { useAnchored } from '../components/anchored.ts';
import { ChevronIcon, CrossIcon } from '../components/icons.tsx';
import { useDirectory } from '../state/context.ts';
import { selectKind } from '../state/elements.ts';
import { aria, type ElementProps } from './element-props.ts';
import { OptionList } from './OptionList.tsx';
import { type Option, useChosen, useOffer } from './options.ts';

/**
 * Every select menu: an editable combobox with a list (WAI-ARIA combobox pattern). Multi forms show what was chosen as
 * tokens in front of the text field.
 */
export function Picker(props: ElementProps) {
  const { element, state, onChange, id } = props;
  const { words } = useDirectory();
  const type = asString(element.type);
  const kind = selectKind(type);
  const multi = kind?.multi === true;
  const chosen = useChosen(element, state);
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(-1);
  /** A multi-select notifies the app once, when the list closes. */
  const chosenMeanwhile = useRef<Json>(null);
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const style = useAnchored(box, open, 'anchor');
  const offer = useOffer(props, query, open);
  const flat = offer.groups.flatMap((group) => group.options);
  const isChosen = (option: Option): boolean => chosen.some((other) => other.key === option.key);

  const show = (): void => {
    if (open) return;
    setOpen(true);
    setActive(multi ? -1 : flat.findIndex(isChosen));
  };
  const hide = (): void => {
    if (chosenMeanwhile.current) onChange(chosenMeanwhile.current);
    chosenMeanwhile.current = null;
    setOpen(false);
    setQuery('');
    setActive(-1);
  };
  const hold = (options: Option[]): void => {
    const values = options.map((option) => option.value);
    const next = { type, [valueKey(type) ?? '']: multi ? values : (values[0] ?? null) };
    if (multi && open) chosenMeanwhile.current = next;
    onChange(next, !(multi && open));
  };
  const choose = (option: Option): void => {
    const most = num(element.max_selected_items);
    if (!multi) {
      hold([option]);
      hide();
    } else if (isChosen(option)) {
      hold(chosen.filter((other) => other.key !== option.key));
    } else if (most === null || chosen.length < most) {
      hold([...chosen, option]);
      setQuery('');
    }
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      if (!open) show();
      else if (flat.length > 0) setActive((active + step + flat.length) % flat.length);
    } else if (event.key === 'Enter' && open && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const option = flat[active] ?? (query !== '' && flat.length === 1 ? flat[0] : undefined);
      if (option) choose(option);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      hide();
    } else if (event.key === 'Backspace' && query === '') {
      if (multi && chosen.length > 0) hold(chosen.slice(0, -1));
    }
  };
  const single = multi ? undefined : chosen[0];
  const placeholder =
    plainText(element.placeholder) || (placeholders(words, multi)[kind?.source ?? 'static'] ?? words.choose);
  const shown = open ? query : multi ? query : (single?.label ?? '');
  return (
    <div className="picker" ref={box}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a larger target for the pointer; the input has the keyboard */}
      <div
        className={open ? 'field picker-field picker-open' : 'field picker-field'}
        onMouseDown={(event) => {
          if (event.target === input.current || (event.target as HTMLElement).closest('button')) return;
          event.preventDefault();
          input.current?.focus();
          if (open) hide();
          else show();
        }}
      >
        {multi &&
          chosen.map((option) => (
            <span key={option.key} className="token">
              <span className="token-label">{option.label}</span>
              <button
                type="button"
                aria-label={words.remove(option.label)}
                onClick={() => hold(chosen.filter((other) => other.key !== option.key))}
              >
                <CrossIcon />
              </button>
            </span>
          ))}
        <input
          {...aria(props)}
          ref={input}
          id={id}
          role="combobox"
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          {...(open && active >= 0 && active < flat.length
            ? { 'aria-activedescendant': `${id}-option-${active}` }
            : {})}
          autoComplete="off"
          spellCheck={false}
          value={shown}
          placeholder={multi && chosen.length > 0 ? '' : open && single ? single.label : placeholder}
          onChange={(event) => {
            setQuery(event.target.value);
            setOpen(true);
            setActive(event.target.value === '' ? -1 : 0);
          }}
          onClick={show}
          onBlur={hide}
          onKeyDown={onKeyDown}
        />
        {single && !props.required && !open && (
          <button type="button" className="picker-clear" aria-label={words.clear} onClick={() => hold([])}>
            <CrossIcon />
          </button>
        )}
        <span className="picker-chevron" aria-hidden="true">
          <ChevronIcon />
        </span>
      </div>
      {open && (
        <OptionList
          id={id}
          label={props.label || placeholder}
          multi={multi}
          offer={offer}
          active={active}
          isChosen={isChosen}
          onChoose={choose}
          style={style}
        />
      )}
    </div>
  );
}

function placeholders(words: ReturnType<typeof useDirectory>['words'], multi: boolean): { [source: string]: string } {
  return {
    static: multi ? words.chooseMany : words.choose,
    external: multi ? words.chooseMany : words.choose,
    users: words.chooseUser,
    conversations: words.chooseConversation,
    channels: words.chooseChannel,
  };
}
