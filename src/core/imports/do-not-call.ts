import type { May } from '../access/permission.ts';
import type { PersonRef } from '../model/address.ts';
import { importChoices } from '../model/import-choices.ts';
import type { Clock } from '../ports.ts';
import type { KnownNumbers, ReadList } from './ports.ts';
import type { ListToRead } from './read.ts';

/** What was done to the list. `unreadable` are rows, and further numbers in rows, that could not be read. */
export interface DoNotCallChange {
  /** Numbers that were given. */
  given: number;
  /** Added to the list, or removed from it; the others were on it already, or were not. */
  changed: number;
  unreadable: number;
  /** What has to be chosen because several of them hold numbers: then nothing was changed. */
  open: 'columns' | 'sheets' | null;
}

/**
 * The numbers that nobody is called on. Only keyed hashes are stored, so the list can be counted but not read. All throw
 * `not_permitted`, `numbers_key_wrong` and `store_failed`, and what reading a list throws. After an error a part of the
 * numbers may be changed; the same request again does the rest.
 */
export interface DoNotCallUseCases {
  add(request: { person: PersonRef; given: ListToRead }): Promise<DoNotCallChange>;
  remove(request: { person: PersonRef; given: ListToRead }): Promise<DoNotCallChange>;
  count(): Promise<number>;
}

interface DoNotCallDeps {
  store: KnownNumbers;
  readList: ReadList;
  may: May;
  clock: Pick<Clock, 'now'>;
}

export function createDoNotCallUseCases({ store, readList, may, clock }: DoNotCallDeps): DoNotCallUseCases {
  const change = async (
    { person, given, verb }: { person: PersonRef; given: ListToRead; verb: 'add' | 'remove' },
    carryOut: (phones: readonly string[]) => Promise<number>,
  ): Promise<DoNotCallChange> => {
    await may(person, 'do_not_call', null);
    let changed = 0;
    const choices = { ...importChoices.parse({}), ...given.choices, doNotCall: verb };
    const list = await readList({ ...given, choices }, async ({ ready }) => {
      if (ready.length > 0) changed += await carryOut(ready.map(({ phone }) => phone));
    });
    const open = list.open.length > 0 ? 'columns' : list.workbook?.sheet === null ? 'sheets' : null;
    return { given: list.ready.count, changed, unreadable: list.rejected.count + list.leftOut.count, open };
  };
  return {
    add: ({ person, given }) =>
      change({ person, given, verb: 'add' }, (phones) => store.addDoNotCall(phones, { person, at: clock.now() })),
    remove: ({ person, given }) => change({ person, given, verb: 'remove' }, (phones) => store.removeDoNotCall(phones)),
    count: () => store.countDoNotCall(),
  };
}
