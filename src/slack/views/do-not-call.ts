import type { ModalView } from '@slack/types';
import type { DoNotCallChange } from '../../core/imports/do-not-call.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { callbackIds } from '../ids.ts';
import { fileInput, numbersInput } from './imports.ts';
import { fitView } from './limits.ts';
import { plain, section } from './parts.ts';

/** The form for numbers that must not be called: pasted or as a file. */
export function doNotCallView({ privateMetadata }: { privateMetadata: string }, t: Catalogue): ModalView {
  return fitView({
    type: 'modal',
    callback_id: callbackIds.doNotCall,
    title: plain(t.titles.do_not_call),
    close: plain(t.buttons.cancel),
    submit: plain(t.buttons.addToList),
    private_metadata: privateMetadata,
    blocks: [section(t.doNotCall.form), numbersInput('', t), fileInput(t)],
  });
}

/** What was done, in words and figures. */
export function doNotCallText(verb: 'add' | 'remove', change: DoNotCallChange, t: Catalogue): string {
  const { given, changed, unreadable, open } = change;
  const says = t.doNotCall;
  if (open !== null) return open === 'sheets' ? says.whichSheet : says.whichColumn;
  const parts = [
    given === 0 ? says.nothing : says[verb](changed),
    given > changed ? says.same[verb](given - changed) : null,
    unreadable > 0 ? says.unreadable(unreadable) : null,
  ];
  return t.units.sentences(parts.filter((part) => part !== null));
}
