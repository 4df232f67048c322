import { asString, num } from '../../json.ts';
import { useDirectory } from '../state/context.ts';
import { epochOf, localMinute } from '../state/zone.ts';
import { aria, type ElementProps } from './element-props.ts';

/** Date, time, and date with time. A date with time is an instant: it is entered in the person's own time zone. */
export function DateTimeInput(props: ElementProps) {
  const { element, state, onChange, id, label } = props;
  const { me, words } = useDirectory();
  const type = asString(element.type);
  const common = { ...aria(props), id, className: 'field field-date' };
  if (type === 'datepicker') {
    return (
      <input
        {...common}
        aria-label={label || undefined}
        type="date"
        value={asString(state.selected_date)}
        onChange={(event) => onChange({ type, selected_date: event.target.value || null })}
      />
    );
  }
  if (type === 'timepicker') {
    return (
      <span className="field-with-unit">
        <input
          {...common}
          aria-label={label || undefined}
          type="time"
          value={asString(state.selected_time)}
          onChange={(event) => onChange({ type, selected_time: event.target.value || null })}
        />
        {asString(element.timezone) !== '' && <span className="unit">{asString(element.timezone)}</span>}
      </span>
    );
  }
  const epoch = num(state.selected_date_time);
  const shown = epoch === null ? '' : localMinute(epoch * 1_000, me.tz);
  const [day = '', time = ''] = shown.split('T');
  const change = (nextDay: string, nextTime: string): void => {
    const instant = nextDay === '' ? Number.NaN : epochOf(`${nextDay}T${nextTime || '00:00'}`, me.tz);
    onChange({ type, selected_date_time: Number.isNaN(instant) ? null : Math.round(instant / 1_000) });
  };
  return (
    <span className="field-with-unit">
      <input
        {...common}
        type="date"
        aria-label={label ? `${label}: ${words.date}` : undefined}
        value={day}
        onChange={(event) => change(event.target.value, time)}
      />
      <input
        {...aria(props)}
        className="field field-date"
        type="time"
        aria-label={`${label} ${words.time}`.trim()}
        value={time}
        disabled={day === ''}
        onChange={(event) => change(day, event.target.value)}
      />
      <span className="unit">{me.tz}</span>
    </span>
  );
}
