import { AppError } from '../errors.ts';
import type { PersonRef } from '../model/address.ts';
import type { CardData } from '../model/card.ts';
import type { Reading } from '../model/reading.ts';
import type { Task } from '../model/task.ts';
import type { Clock } from '../ports.ts';
import { within } from '../time/waiting.ts';
import type { Board } from '../watch/board.ts';
import { cardOf } from '../watch/card.ts';
import { nextReading } from '../watch/infer.ts';
import { derivedOnce } from './derived.ts';
import { type CardFilter, filterCards, inListOrder, type Page, page } from './filter.ts';
import { type Found, type FoundSeveral, findSeveral, findTask } from './find.ts';
import { mayNumber } from './list-numbers.ts';
import { listedCards } from './listed-cards.ts';
import type { Lists } from './ports.ts';
import { createSortCards, type ListSort } from './sort.ts';

/** Cards, and when the platform was read (epoch ms). */
interface DatedCards {
  cards: readonly CardData[];
  readAt: number;
}

export interface ListRequest {
  /** From 1; a page beyond the end shows the last one. */
  page: number;
  filter: CardFilter | null;
  /** What is searched for; '' for everything. */
  text: string;
  /** Only the tasks that the person runs. */
  mine: boolean;
  sort: ListSort;
  reversed: boolean;
}

/** The list as a person sees it who asks for nothing else. */
export const wholeList: ListRequest = {
  page: 1,
  filter: null,
  text: '',
  mine: false,
  sort: 'usual',
  reversed: false,
};

/** A part of a list, which begins with its page. */
interface ListPart extends Page<CardData> {
  /** When the platform was read, epoch ms. */
  readAt: number;
}

export interface TaskFinder {
  /** The tasks of the last poll, if recent enough to answer with; null otherwise. Never waits. */
  atHand(): DatedCards | null;
  /** The tasks of the last poll, whatever its age: for a menu, old tasks are better than none. */
  known(): readonly CardData[];
  /** Tasks that were found, as cards by what is known of each, in the same order. */
  cardsOf(tasks: readonly Task[]): CardData[];
  /** The tasks of a recent poll in the order of every list, else read from the platform. Throws `AppError`. */
  cards(): Promise<DatedCards>;
  /** One page, or so many; from now on, the person may refer to these tasks by their numbers. Throws `AppError`. */
  list(person: PersonRef, request: ListRequest, pages?: number): Promise<ListPart>;
  /** Looks a task up in the last poll only; null when there is none recent enough. */
  findAtHand(person: PersonRef, ref: string): Promise<Found | null>;
  /** Looks a task up in the last poll, whatever its age: where the platform does not answer. Throws `store_failed`. */
  findKnown(person: PersonRef, ref: string): Promise<Found>;
  /** Looks a task up in the last poll first, and on the platform when that does not settle it. Throws `AppError`. */
  find(person: PersonRef, ref: string): Promise<Found>;
  /**
   * The tasks of `1 3 Spring sale…`, all of them unambiguous or none. With `urgent`, the last known tasks are enough
   * where they are unambiguous, whatever their age: stopping must not wait for the platform. Nor for the store: only a
   * number in the last list needs it. Throws `AppError`.
   */
  findSeveral(person: PersonRef, text: string, urgent: boolean): Promise<FoundSeveral>;
}

export interface FinderDeps {
  board: Pick<Board, 'all' | 'readAt' | 'readAge' | 'staleSince'>;
  store: Lists;
  clock: Pick<Clock, 'now' | 'sleep'>;
  /** Every task of the account, read from the platform. Throws `AppError`. */
  read(): Promise<readonly CardData[]>;
}

/** A poll this recent answers a question as well as a read of its own would, ms. */
const recentMs = 60_000;

/** How long a pause waits for the person's last list, ms: the request is to go out within 3 s all the same. */
const storeAnswerMs = 500;

/** Tasks on one page of a list; a task's number is its place in the whole list. */
export const pageSize = 10;

/** Tasks of a list that can be named by their numbers; those up to the page that was shown always can. */
const maxRemembered = 1_000;

export function createFinder({ board, store, clock, read }: FinderDeps): TaskFinder {
  const sortCards = createSortCards();
  const known = (): readonly CardData[] => listedCards(board.all());

  const atHand = (): DatedCards | null => {
    const { readAt, readAge, staleSince } = board;
    if (readAt === null || readAge === null || staleSince !== null || readAge > recentMs) return null;
    return { cards: known(), readAt };
  };

  const readNow = async (): Promise<DatedCards> => ({ cards: inListOrder(await read()), readAt: clock.now() });
  const cards = async (): Promise<DatedCards> => atHand() ?? (await readNow());

  /** What a person asked for, in the order they asked for. */
  const listed = (
    all: readonly CardData[],
    person: PersonRef,
    { filter, text, mine, sort, reversed }: ListRequest,
  ): readonly CardData[] => {
    const every = filterCards(all, filter, text);
    const runners = mine ? runnersOf(board.all()) : null;
    const found = runners === null ? every : every.filter(({ task }) => runners.get(task.id) === person);
    if (sort === 'usual') return reversed ? found.toReversed() : found;
    const isFound = new Set(found);
    return sortCards(all, sort, reversed).filter((card) => isFound.has(card));
  };

  const among = async (person: PersonRef, ref: string, { cards }: Pick<DatedCards, 'cards'>): Promise<Found> =>
    findTask(ref, tasksOf(cards), await store.lastList(person));

  const findAtHand = async (person: PersonRef, ref: string): Promise<Found | null> => {
    const dated = atHand();
    return dated === null ? null : among(person, ref, dated);
  };

  const find = async (person: PersonRef, ref: string): Promise<Found> => {
    const found = await findAtHand(person, ref);
    return found !== null && found.kind !== 'none' ? found : among(person, ref, await readNow());
  };

  /** Stopping must not wait for a store that is silent: null when a number is given and it does not say of what. */
  const listInTime = async (person: PersonRef, text: string): Promise<readonly string[] | null> => {
    if (!mayNumber(text)) return [];
    return within<readonly string[], null>(clock, { ms: storeAnswerMs }, store.lastList(person), () => null).catch(
      () => null,
    );
  };

  return {
    atHand,
    known,
    cards,
    cardsOf(tasks) {
      const byId = new Map(known().map((card) => [card.task.id, card]));
      // One that no poll has seen yet.
      const seen = (task: Task): CardData => cardOf(nextReading(null, task, clock.now(), { look: 'glance' }), null);
      return tasks.map((task) => byId.get(task.id) ?? seen(task));
    },
    findAtHand,
    findKnown: (person, ref) => among(person, ref, { cards: known() }),
    find,

    async list(person, request, pages = 1) {
      const dated = await cards();
      const shown = listed(dated.cards, person, request);
      const asked = page(shown, request.page, pageSize);
      const from = (asked.page - 1) * pageSize;
      const items = shown.slice(from, from + pages * pageSize);
      await store.rememberList(person, idsOf(shown.slice(0, Math.max(maxRemembered, from + items.length))));
      return { ...asked, items, readAt: dated.readAt };
    },

    async findSeveral(person, text, urgent) {
      const lastList = urgent ? await listInTime(person, text) : await store.lastList(person);
      const several = (cards: readonly CardData[]): FoundSeveral => {
        const found = findSeveral(text, tasksOf(cards), lastList);
        const missed = lastList === null && found.kind === 'unclear' && found.found.kind === 'none';
        if (missed) throw new AppError('store_failed', 'the last list of the person is not known now');
        return found;
      };
      const recent = atHand();
      if (recent !== null) {
        const found = several(recent.cards);
        // The last poll may not know a task made a moment ago, so a reference that fits none gets a second look.
        if (found.kind !== 'unclear' || found.found.kind !== 'none') return found;
      } else if (urgent) {
        const found = several(known());
        if (found.kind !== 'unclear') return found;
      }
      return several((await readNow()).cards);
    },
  };
}

/** Who runs each task, of those that someone runs. */
const runnersOf = derivedOnce(
  (readings: readonly Reading[]): ReadonlyMap<string, PersonRef> =>
    new Map(readings.flatMap(({ task, runBy }) => (runBy === null ? [] : [[task.id, runBy] as const]))),
);

const tasksOf = (cards: readonly CardData[]): Task[] => cards.map(({ task }) => task);
const idsOf = (cards: readonly CardData[]): string[] => cards.map(({ task }) => task.id);
