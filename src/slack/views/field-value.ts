import type { Field } from '../../core/model/fields.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { named } from './mrkdwn.ts';

/** The value of a field in words, as mrkdwn: a name or a text, of at most `max` characters, or a figure with its unit. */
export function fieldValueText(field: Field, value: string | number | null, t: Catalogue, max?: number): string {
  if (value === null || (typeof value === 'string' && value.trim() === '')) return t.units.none;
  if (typeof value === 'string') return named(value, max);
  return field.kind === 'number' && field.unit === 'seconds' ? t.units.seconds(value) : t.units.number(value);
}
