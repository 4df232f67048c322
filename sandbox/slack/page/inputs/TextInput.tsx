import type { KeyboardEvent } from 'react';
import { asString, num, plainText } from '../../json.ts';
import { useDirectory } from '../state/context.ts';
import { aria, type ElementProps } from './element-props.ts';

const kinds: { [type: string]: { type: string; inputMode: 'text' | 'email' | 'url' | 'decimal' | 'numeric' } } = {
  plain_text_input: { type: 'text', inputMode: 'text' },
  // The page checks addresses and numbers itself, with its own messages, so the browser's checks are off.
  email_text_input: { type: 'text', inputMode: 'email' },
  url_text_input: { type: 'text', inputMode: 'url' },
  number_input: { type: 'text', inputMode: 'numeric' },
};

/** Plain text (one line or several), number, e-mail and address inputs. */
export function TextInput(props: ElementProps) {
  const { element, state, onChange, id } = props;
  const { words } = useDirectory();
  const value = asString(state.value);
  const type = asString(element.type);
  const kind = kinds[type] ?? { type: 'text', inputMode: 'text' };
  const decimal = type === 'number_input' && element.is_decimal_allowed === true;
  const most = type === 'plain_text_input' ? (num(element.max_length) ?? 3_000) : null;
  const change = (text: string, done: boolean): void => onChange({ type, value: text === '' ? null : text }, done);
  const multiline = element.multiline === true;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
    if (multiline) return;
    event.preventDefault();
    change(value, true);
  };
  const common = {
    ...aria(props),
    id,
    value,
    placeholder: plainText(element.placeholder),
    className: 'field',
    onKeyDown,
    ...(element.focus_on_load === true ? { 'data-focus-on-load': true } : {}),
  };
  const nearLimit = most !== null && (element.max_length !== undefined || value.length > most * 0.9);
  return (
    <>
      {multiline ? (
        <textarea {...common} rows={4} onChange={(event) => change(event.target.value, false)} />
      ) : (
        <input
          {...common}
          type={kind.type}
          inputMode={decimal ? 'decimal' : kind.inputMode}
          autoComplete="off"
          onChange={(event) => change(event.target.value, false)}
        />
      )}
      {nearLimit && (
        <span className={value.length > most ? 'counter counter-over' : 'counter'}>
          {words.characters(value.length, most)}
        </span>
      )}
    </>
  );
}
