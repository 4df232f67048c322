import { useState } from 'react';
import { asJson, asString, plainText } from '../../json.ts';
import type { Json } from '../../protocol.ts';
import { TrashIcon } from '../components/icons.tsx';
import { useForm } from './form.ts';

interface Props {
  element: Json;
  blockId: string;
  actionId: string;
}

/** `feedback_buttons`: two buttons side by side, of which the last one pressed stays marked. */
export function FeedbackButtons({ element, blockId, actionId }: Props) {
  const form = useForm();
  const [pressed, setPressed] = useState('');
  return (
    <span className="feedback">
      {(['positive_button', 'negative_button'] as const).map((which) => {
        const button = asJson(element[which]);
        return (
          <button
            key={which}
            type="button"
            className="button"
            aria-pressed={pressed === which}
            aria-label={asString(button.accessibility_label) || plainText(button.text)}
            onClick={() => {
              setPressed(which);
              void form.operate(blockId, actionId, element, { type: 'feedback_buttons', value: button.value });
            }}
          >
            <span aria-hidden="true">{which === 'positive_button' ? '👍' : '👎'}</span> {plainText(button.text)}
          </button>
        );
      })}
    </span>
  );
}

/** `icon_button`: so far the only icon is a trash can. */
export function IconButton({ element, blockId, actionId }: Props) {
  const form = useForm();
  const label = asString(element.accessibility_label) || plainText(element.text);
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      onClick={() => void form.operate(blockId, actionId, element, { type: 'icon_button' })}
    >
      <TrashIcon />
    </button>
  );
}
