import { useLayoutEffect, useRef, useState } from 'react';
import { asJson, plainText } from '../../json.ts';
import { fromRichText, toRichText } from '../mrkdwn/rich-text.ts';
import { useDirectory } from '../state/context.ts';
import { aria, type ElementProps } from './element-props.ts';

/** Formatted text, entered as mrkdwn with a small toolbar and handed to the app as `rich_text`. */
export function RichTextInput(props: ElementProps) {
  const { element, state, onChange, id } = props;
  const { words } = useDirectory();
  const area = useRef<HTMLTextAreaElement>(null);
  /** Where the selection goes once React has written the new text. */
  const select = useRef<[number, number]>(null);
  // The text as typed: converting rich text back would lose how it was written.
  const [text, setText] = useState(() => fromRichText(asJson(state.rich_text_value)));
  const change = (next: string): void => {
    setText(next);
    onChange({ type: 'rich_text_input', rich_text_value: next.trim() === '' ? null : toRichText(next) }, false);
  };
  useLayoutEffect(() => {
    const selection = select.current;
    if (!selection || area.current?.value !== text) return;
    area.current.focus();
    area.current.setSelectionRange(...selection);
    select.current = null;
  }, [text]);
  const surround = (mark: string): void => {
    const field = area.current;
    if (!field) return;
    const { selectionStart: from, selectionEnd: to } = field;
    change(`${text.slice(0, from)}${mark}${text.slice(from, to)}${mark}${text.slice(to)}`);
    select.current = [from + mark.length, to + mark.length];
  };
  const bullet = (): void => {
    const field = area.current;
    if (!field) return;
    const { selectionStart: from, selectionEnd: to } = field;
    const start = text.lastIndexOf('\n', from - 1) + 1;
    change(`${text.slice(0, start)}• ${text.slice(start)}`);
    select.current = [from + 2, to + 2];
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
        placeholder={plainText(element.placeholder)}
        onChange={(event) => change(event.target.value)}
      />
    </div>
  );
}
