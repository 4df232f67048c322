import type { May } from '../access/permission.ts';
import type { PersonRef } from '../model/address.ts';
import type { NumberList } from '../model/numbers.ts';
import type { Clock } from '../ports.ts';
import type { KnownNumbers, ReadList } from './ports.ts';
import type { ListToRead } from './read.ts';

/** What was done to the list. All figures are numbers, `unreadable` rows. */
export interface DoNotCallChange {
  /** Numbers that were given. */
  given: number;
  /** Added to the list, or removed from it; the others were on it already, or were not. */
  changed: number;
  unreadable: number;
  /** Not empty when it is not clear which columns hold the numbers: then nothing was changed. */
  open: NumberList['open'];
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
    person: PersonRef,
    given: ListToRead,
    carryOut: (phones: readonly string[]) => Promise<number>,
  ): Promise<DoNotCallChange> => {
    await may(person, 'do_not_call', null);
    let changed = 0;
    const list = await readList(given, async ({ ready }) => {
      if (ready.length > 0) changed += await carryOut(ready.map(({ phone }) => phone));
    });
    return { given: list.ready.count, changed, unreadable: list.rejected.count, open: list.open };
  };
  return {
    add: ({ person, given }) =>
      change(person, given, (phones) => store.addDoNotCall(phones, { person, at: clock.now() })),
    remove: ({ person, given }) => change(person, given, (phones) => store.removeDoNotCall(phones)),
    count: () => store.countDoNotCall(),
  };
}
