import { useRef, useState } from 'react';
import { fromRichText, toRichText } from '../mrkdwn/rich-text.ts';
import { useDirectory } from '../state/context.ts';
import { record, words as textOf } from '../state/json.ts';
import { aria, type ElementProps } from './element-props.ts';

/** Formatted text, entered as mrkdwn with a small toolbar and handed to the app as `rich_text`. */
export function RichTextInput(props: ElementProps) {
  const { element, state, onChange, id } = props;
  const { words } = useDirectory();
  const area = useRef<HTMLTextAreaElement>(null);
  // The text as typed: converting rich text back would lose how it was written.
  const [text, setText] = useState(() => fromRichText(record(state.rich_text_value)));
  const change = (next: string): void => {
    setText(next);
    onChange({ type: 'rich_text_input', rich_text_value: next.trim() === '' ? null : toRichText(next) }, false);
  };
  const surround = (mark: string): void => {
    const field = area.current;
    if (!field) return;
    const { selectionStart: from, selectionEnd: to } = field;
    change(`${text.slice(0, from)}${mark}${text.slice(from, to)}${mark}${text.slice(to)}`);
    restore(field, from + mark.length, to + mark.length);
  };
  const bullet = (): void => {
    const field = area.current;
    if (!field) return;
    const start = text.lastIndexOf('\n', field.selectionStart - 1) + 1;
    change(`${text.slice(0, start)}• ${text.slice(start)}`);
    restore(field, field.selectionStart + 2, field.selectionEnd + 2);
  };
  return (
    <div className="rich-input">
      <div className="rich-tools" role="toolbar" aria-controls={id}>
        <button type="button" title={words.bold} aria-label={words.bold} onClick={() => surround('*')}>
          <b>B</b>
        </button>
        <button type="button" title={words.italic} aria-label={words.italic} onClick={() => surround('_')}>
          <i>I</i>
        </button>
        <button type="button" title={words.strike} aria-label={words.strike} onClick={() => surround('~')}>
          <s>S</s>
        </button>
        <button type="button" title={words.code} aria-label={words.code} onClick={() => surround('`')}>
          {'</>'}
        </button>
        <button type="button" title={words.bulletList} aria-label={words.bulletList} onClick={bullet}>
          •
        </button>
      </div>
      <textarea
        {...aria(props)}
        ref={area}
        id={id}
        className="field"
        rows={4}
        value={text}
        placeholder={textOf(element.placeholder)}
        onChange={(event) => change(event.target.value)}
      />
    </div>
  );
}

/** Puts the selection back after React has written the new text. */
function restore(field: HTMLTextAreaElement, from: number, to: number): void {
  requestAnimationFrame(() => {
    field.focus();
    field.setSelectionRange(from, to);
  });
}
