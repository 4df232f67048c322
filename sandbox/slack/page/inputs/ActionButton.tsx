import { useState } from 'react';
import { asString, plainText } from '../../json.ts';
import type { Json } from '../../protocol.ts';
import { PlainText } from '../blocks/PlainText.tsx';
import { safeUrl } from '../mrkdwn/safe-url.ts';
import { useForm } from './form.ts';

/** A button. With a `url` it is a link that also notifies the app. */
export function ActionButton(props: { element: Json; blockId: string; actionId: string }) {
  const { element, blockId, actionId } = props;
  const form = useForm();
  const [busy, setBusy] = useState(false);
  const press = async (): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    const value = { type: 'button', text: element.text, ...(asString(element.value) ? { value: element.value } : {}) };
    const agreed = await form.operate(blockId, actionId, element, value);
    setBusy(false);
    return agreed;
  };
  const style = element.style === 'primary' || element.style === 'danger' ? ` button-${element.style}` : '';
  const label = asString(element.accessibility_label);
  const common = {
    className: `button${style}`,
    'aria-busy': busy,
    ...(label ? { 'aria-label': label } : {}),
  };
  const text = <PlainText value={element.text} />;
  const url = safeUrl(asString(element.url));
  if (url) {
    return (
      <a
        {...common}
        href={url}
        target="_blank"
        rel="noopener noreferrer"
        onClick={(event) => {
          if (element.confirm === undefined) {
            void press();
            return;
          }
          event.preventDefault();
          void press().then((agreed) => agreed && window.open(url, '_blank', 'noopener'));
        }}
      >
        {text}
      </a>
    );
  }
  return (
    <button {...common} type="button" onClick={() => void press()}>
      {text}
      {plainText(element.text) === '' && label}
    </button>
  );
}
