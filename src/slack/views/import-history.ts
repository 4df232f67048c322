import type { KnownBlock } from '@slack/types';
import type { ListHistory } from '../../core/imports/plan.ts';
import type { ImportChoices } from '../../core/model/import-choices.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { inputIds } from '../ids.ts';
import { option, plain, section } from './parts.ts';
import { warning } from './state.ts';

/** What is known of the numbers that are ready; null when nothing is. */
export function historyBlock({ toSend, withheld, here, recent }: ListHistory, days: number, t: Catalogue) {
  const { do_not_call: barred = 0, frequency_cap: capped = 0 } = withheld;
  const lines = [
    barred > 0 ? t.imports.onDoNotCall(barred) : null,
    capped > 0 ? t.imports.overCap(capped) : null,
    here > 0 ? t.imports.sentHere(here) : null,
    recent > 0 ? t.imports.sentLately(recent, days) : null,
  ].filter((line) => line !== null);
  return lines.length === 0 ? null : section(`${warning} ${[...lines, t.imports.toSend(toSend)].join('\n')}`);
}

/** What was sent before and may be left out. */
export const beforeEntries = { here: 'here', lately: 'lately' } as const;

/** Numbers of the list that were sent before, and for how many days that counts. */
export interface SentBefore {
  here: number;
  recent: number;
  days: number;
}

/** The choice about numbers that were sent before; none where there are none. */
export function beforeInput(
  { here, recent, days }: SentBefore,
  choices: ImportChoices | undefined,
  t: Catalogue,
): KnownBlock[] {
  if (here === 0 && recent === 0) return [];
  const options = [
    { chosen: choices?.again !== true, entry: option(beforeEntries.here, t.imports.leaveOutHere) },
    { chosen: choices?.withoutRecent === true, entry: option(beforeEntries.lately, t.imports.leaveOutLately(days)) },
  ];
  const chosen = options.filter((one) => one.chosen).map(({ entry }) => entry);
  return [
    {
      type: 'input',
      block_id: inputIds.before,
      optional: true,
      label: plain(t.imports.beforeLabel),
      element: {
        type: 'checkboxes',
        action_id: inputIds.before,
        options: options.map(({ entry }) => entry),
        ...(chosen.length > 0 && { initial_options: chosen }),
      },
    },
  ];
}
