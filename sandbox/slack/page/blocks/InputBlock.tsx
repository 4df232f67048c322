import { asJson, asString, plainText } from '../../json.ts';
import type { Json } from '../../protocol.ts';
import { Element } from '../inputs/Element.tsx';
import { useForm } from '../inputs/form.ts';
import { useDirectory } from '../state/context.ts';
import { actionIdOf } from '../state/elements.ts';
import { PlainText } from './PlainText.tsx';

const grouped = new Set(['checkboxes', 'radio_buttons']);

export function InputBlock({ block, blockId, id }: { block: Json; blockId: string; id: string }) {
  const { words } = useDirectory();
  const form = useForm();
  const element = asJson(block.element);
  const error = form.errors[blockId];
  const hasHint = plainText(block.hint) !== '';
  const describedBy = [hasHint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  const inputId = `${id}-0`;
  const label = (
    <>
      <PlainText value={block.label} />
      {block.optional === true && <span className="optional"> {words.optional}</span>}
    </>
  );
  return (
    <div className={error ? 'input-block input-block-wrong' : 'input-block'}>
      {grouped.has(asString(element.type)) ? (
        <span className="input-label" id={`${inputId}-label`}>
          {label}
        </span>
      ) : (
        <label className="input-label" id={`${inputId}-label`} htmlFor={inputId}>
          {label}
        </label>
      )}
      <Element
        element={element}
        blockId={blockId}
        actionId={actionIdOf(element, 0)}
        id={inputId}
        input={{ dispatches: block.dispatch_action === true, optional: block.optional === true }}
        describedBy={describedBy || undefined}
        invalid={error !== undefined}
      />
      {error && (
        <p className="field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
      {hasHint && (
        <p className="hint" id={`${id}-hint`}>
          <PlainText value={block.hint} />
        </p>
      )}
    </div>
  );
}
