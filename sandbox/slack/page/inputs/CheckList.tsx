import { asObjects, asString } from '../../json.ts';
import type { Json } from '../../protocol.ts';
import { TextObject } from '../blocks/PlainText.tsx';
import { aria, type ElementProps } from './element-props.ts';

/** Checkboxes and radio buttons. */
export function CheckList(props: ElementProps) {
  const { element, state, onChange, id } = props;
  const type = asString(element.type);
  const many = type === 'checkboxes';
  const chosen = many
    ? asObjects(state.selected_options)
    : state.selected_option
      ? [state.selected_option as Json]
      : [];
  const isChosen = (option: Json): boolean => chosen.some((other) => asString(other.value) === asString(option.value));
  const toggle = (option: Json): void => {
    if (!many) {
      onChange({ type, selected_option: option });
      return;
    }
    const next = asObjects(element.options).filter((other) =>
      asString(other.value) === asString(option.value) ? !isChosen(option) : isChosen(other),
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
      {asObjects(element.options).map((option) => (
        <label key={asString(option.value)} className="check">
          <input
            type={many ? 'checkbox' : 'radio'}
            name={id}
            value={asString(option.value)}
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
