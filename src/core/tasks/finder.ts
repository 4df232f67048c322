import type { PersonRef } from '../model/address.ts';
import type { CardData } from '../model/card.ts';
import type { Reading } from '../model/reading.ts';
import type { Task } from '../model/task.ts';
import type { Clock } from '../ports.ts';
import type { Board } from '../watch/board.ts';
import { cardOf } from '../watch/card.ts';
import { type CardFilter, filterCards, type Page, page } from './filter.ts';
import { type Found, findTask, findTasks, isEverything, longestTyped, mostReferences, settled } from './find.ts';
import { plainText } from './plain-text.ts';
import type { Lists } from './ports.ts';

/** Cards with the moment at which the platform was read (epoch ms). */
interface DatedCards {
  cards: CardData[];
  readAt: number;
}

/**
 * What a person who named several tasks meant. `unclear` holds the first reference that fits none or more than one;
 * `too_many` is more than `mostReferences`, or more text than `longestTyped`.
 */
type FoundSeveral =
  | { kind: 'tasks'; tasks: Task[] }
  | { kind: 'too_many' }
  | { kind: 'everything' }
  | { kind: 'unclear'; ref: string; found: Exclude<Found, { kind: 'one' }> };

export interface ListRequest {
  /** From 1; a page beyond the end shows the last one. */
  page: number;
  filter: CardFilter | null;
  text: string;
}

export interface TaskFinder {
  /** The tasks of the last poll, when that is recent enough to answer with; null otherwise. Never waits. */
  atHand(): DatedCards | null;
  /** The tasks of the last poll, whatever its age: for a menu, old tasks are better than none. */
  known(): CardData[];
  /** The tasks at hand, else read now. Throws `AppError`. */
  cards(): Promise<DatedCards>;
  /** One page, and from now on the numbers by which the person may name these tasks. Throws `AppError`. */
  list(person: PersonRef, request: ListRequest): Promise<Page<CardData> & { readAt: number }>;
  /** Looks a task up among those at hand alone; null when there are none. */
  findAtHand(person: PersonRef, ref: string): Promise<Found | null>;
  /** Looks a task up among those at hand first, and on the platform when that does not settle it. Throws `AppError`. */
  find(person: PersonRef, ref: string): Promise<Found>;
  /**
   * The tasks of `1 3 Spring sale…`, all of them clear or none. With `urgent`, what was last known of the tasks is
   * enough where it is clear, whatever its age: stopping must not wait for the platform. Throws `AppError`.
   */
  findSeveral(person: PersonRef, text: string, urgent: boolean): Promise<FoundSeveral>;
}

export interface FinderDeps {
  board: Pick<Board, 'all' | 'readAt' | 'staleSince'>;
  store: Lists;
  clock: Pick<Clock, 'now'>;
  /** Every task of the account, read now. Throws `AppError`. */
  read(): Promise<CardData[]>;
}

/** A poll this recent answers a question as well as a reading of its own would, ms. */
const recentMs = 60_000;

/** Tasks on one page of a list; a task's number is its place in the whole list. */
export const pageSize = 10;

/** Tasks of a list that can be named by their numbers; those up to the page that was shown always can. */
const mostRemembered = 1_000;

export function createFinder({ board, store, clock, read }: FinderDeps): TaskFinder {
  // A reading never changes, and thousands of them are asked for with every command.
  const cardsOf = new WeakMap<Reading, CardData>();
  const cardFor = (reading: Reading): CardData => {
    const card = cardsOf.get(reading) ?? cardOf(reading, null);
    cardsOf.set(reading, card);
    return card;
  };
  const known = (): CardData[] =>
    board
      .all()
      .filter((reading) => reading.state !== 'gone')
      .map(cardFor);

  const atHand = (): DatedCards | null => {
    const { readAt, staleSince } = board;
    if (readAt === null || staleSince !== null || clock.now() - readAt > recentMs) return null;
    return { cards: known(), readAt };
  };

  const readNow = async (): Promise<DatedCards> => ({ cards: await read(), readAt: clock.now() });
  const cards = async (): Promise<DatedCards> => atHand() ?? (await readNow());

  const among = async (person: PersonRef, ref: string, { cards }: DatedCards): Promise<Found> =>
    findTask(ref, tasksOf(cards), await store.lastList(person));

  const findAtHand = async (person: PersonRef, ref: string): Promise<Found | null> => {
    const dated = atHand();
    return dated === null ? null : among(person, ref, dated);
  };

  const find = async (person: PersonRef, ref: string): Promise<Found> => {
    const found = await findAtHand(person, ref);
    return found !== null && found.kind !== 'none' ? found : among(person, ref, await readNow());
  };

  return {
    atHand,
    known,
    cards,
    findAtHand,
    find,

    async list(person, request) {
      const dated = await cards();
      const shown = filterCards(dated.cards, request.filter, request.text);
      const asked = page(shown, request.page, pageSize);
      const nameable = shown.slice(0, Math.max(mostRemembered, asked.page * pageSize));
      await store.rememberList(person, idsOf(nameable));
      return { ...asked, readAt: dated.readAt };
    },

    async findSeveral(person, text, urgent) {
      if (text.length > longestTyped) return { kind: 'too_many' };
      const lastList = await store.lastList(person);
      if (urgent && atHand() === null && !isEverything(text)) {
        const refs = findTasks(text, tasksOf(known()), lastList);
        if (refs.length > mostReferences) return { kind: 'too_many' };
        const tasks = settled(refs);
        if (tasks !== null) return { kind: 'tasks', tasks };
      }
      const all = tasksOf((await cards()).cards);
      if (isEverything(text) && !all.some((task) => plainText(task.name) === plainText(text))) {
        return { kind: 'everything' };
      }
      const refs = findTasks(text, all, lastList);
      if (refs.length > mostReferences) return { kind: 'too_many' };
      const tasks = settled(refs);
      if (tasks !== null) return { kind: 'tasks', tasks };
      const [unclear] = refs.flatMap(({ ref, found }) => (found.kind === 'one' ? [] : [{ ref, found }]));
      if (unclear === undefined) return { kind: 'tasks', tasks: [] };
      if (unclear.found.kind === 'many') return { kind: 'unclear', ...unclear };
      // The last poll may not know a task made a moment ago, so a reference that fits none gets a second look.
      const found = await find(person, unclear.ref);
      if (found.kind !== 'one') return { kind: 'unclear', ref: unclear.ref, found };
      return { kind: 'tasks', tasks: refs.length === 1 ? [found.task] : [] };
    },
  };
}

const tasksOf = (cards: readonly CardData[]): Task[] => cards.map(({ task }) => task);
const idsOf = (cards: readonly CardData[]): string[] => cards.map(({ task }) => task.id);
