import type { Json } from '../../protocol.ts';
import { TextObject } from '../blocks/PlainText.tsx';
import { records, str } from '../state/json.ts';
import { aria, type ElementProps } from './element-props.ts';

/** Checkboxes and radio buttons. */
export function CheckList(props: ElementProps) {
  const { element, state, onChange, id } = props;
  const type = str(element.type);
  const many = type === 'checkboxes';
  const chosen = many ? records(state.selected_options) : state.selected_option ? [state.selected_option as Json] : [];
  const isChosen = (option: Json): boolean => chosen.some((other) => str(other.value) === str(option.value));
  const toggle = (option: Json): void => {
    if (!many) {
      onChange({ type, selected_option: option });
      return;
    }
    const next = records(element.options).filter((other) =>
      str(other.value) === str(option.value) ? !isChosen(option) : isChosen(other),
    );
    onChange({ type, selected_options: next });
  };
  const described = aria(props);
  return (
    <div
      className="check-list"
      id={id}
      role={many ? 'group' : 'radiogroup'}
      {...(described['aria-label'] ? { 'aria-label': described['aria-label'] } : { 'aria-labelledby': `${id}-label` })}
      {...(described['aria-describedby'] ? { 'aria-describedby': described['aria-describedby'] } : {})}
    >
      {records(element.options).map((option) => (
        <label key={str(option.value)} className="check">
          <input
            type={many ? 'checkbox' : 'radio'}
            name={id}
            value={str(option.value)}
            checked={isChosen(option)}
            aria-invalid={props.invalid || undefined}
            onChange={() => toggle(option)}
          />
          <span>
            <TextObject value={option.text} />
            {option.description !== undefined && (
              <span className="check-description">
                <TextObject value={option.description} />
              </span>
            )}
          </span>
        </label>
      ))}
    </div>
  );
}
