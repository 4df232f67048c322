import type { KnownBlock } from '@slack/types';
import type { ListWarning, NumberList } from '../../core/model/numbers.ts';
import { maskPhone } from '../../core/text/phone-mask.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { escapeMarkup } from '../../i18n/escape.ts';
import { named } from './mrkdwn.ts';
import { section } from './parts.ts';
import { warning } from './state.ts';

/** What looks wrong with a list as a whole: each a sentence that says what to do. */
export function warningBlocks({ warnings, encoding }: NumberList, t: Catalogue): KnownBlock[] {
  return warnings.map((found) => section(`${warning} ${warningText(found, encoding !== null, t)}`));
}

function warningText(found: ListWarning, mayChoose: boolean, t: Catalogue): string {
  const { oneNumber, garbled, garbledChoose, lossy } = t.listWarnings;
  const column = columnText(found, t);
  const where = t.listWarnings.where(column, found.cells, found.of);
  switch (found.kind) {
    case 'one_number':
      return oneNumber(where, escapeMarkup(maskPhone(found.phone)));
    case 'garbled': {
      const text = garbled(column, t.units.quote(named(found.sample)));
      return t.units.sentences(mayChoose ? [text, garbledChoose] : [text]);
    }
    case 'lossy':
      return lossy[found.loss](where);
  }
}

function columnText({ title, position }: ListWarning, t: Catalogue): string {
  if (title !== null) return t.listWarnings.columnNamed(t.units.quote(named(title, 40)));
  return position === null ? t.listWarnings.list : t.listWarnings.columnAt(position);
}
