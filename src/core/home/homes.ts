import type { Alerts } from '../alerts/ports.ts';
import { type AppError, toAppError } from '../errors.ts';
import type { Imports } from '../imports/ports.ts';
import type { LinesUseCases } from '../lines/lines.ts';
import type { PersonRef } from '../model/address.ts';
import type { Home } from '../model/home.ts';
import { createEditQueue } from '../notices/edit-queue.ts';
import { createPace } from '../notices/pace.ts';
import type { Clock, Log } from '../ports.ts';
import type { ScheduleDay } from '../schedules/today.ts';
import type { Stops } from '../stop/ports.ts';
import type { FormStore } from '../tasks/ports.ts';
import type { Board } from '../watch/board.ts';
import type { OpenActions } from '../watch/ports.ts';
import { type HomeSurroundings, homeDataOf } from './home-data.ts';
import type { DrawnHome, HomeScreens, HomeStore, OpenedHome } from './ports.ts';

/** The app's Home of each person who has opened it. */
export interface Homes {
  /**
   * Publishes the Home of a person who has just opened it or pressed something there. `shown`: the hash of what they see,
   * null when that is nothing or not known: what shows already is not published again. Throws `chat_failed`.
   */
  show(person: PersonRef, shown: string | null): Promise<void>;
  /**
   * Publishes what has changed for those who opened Home lately, in their turns. Only the bot that polls does. Resolves
   * when nothing more can be published now; the rest follows by itself. Never throws.
   */
  refresh(): Promise<void>;
  /** Resolves after the calls in progress. */
  stop(): Promise<void>;
}

/** Times in ms. */
interface HomeLimits {
  /** Who opened Home longer ago does not look at it any more: nothing says when it is closed. */
  openForMs: number;
  /** So many people have a Home that is kept up to date; those who opened it last. */
  maxOpen: number;
  /** Between two publications for one person. */
  everyMs: number;
  /** In the whole workspace, and how many of them may come at once after a pause. */
  perMinute: number;
  burst: number;
}

/**
 * Slack takes "100 and more" calls of views.publish a minute of an app and workspace (docs.slack.dev, rate limits,
 * tier 4): the rest is for people who open their Home. At that pace everybody's is renewed within a minute.
 * @internal Exported for tests.
 */
export const defaultHomeLimits: HomeLimits = {
  openForMs: 60 * 60_000,
  maxOpen: 50,
  everyMs: 15_000,
  perMinute: 60,
  burst: 10,
};

interface HomesDeps {
  store: HomeStore &
    Pick<Alerts, 'alertBook'> &
    Pick<OpenActions, 'underWay'> &
    Pick<Imports, 'openImports'> &
    Pick<Stops, 'stopInForce'> &
    Pick<FormStore, 'keptForms'>;
  board: Pick<Board, 'all' | 'readAt' | 'staleSince'>;
  lines: Pick<LinesUseCases, 'atHand'>;
  /** What schedules do today. Throws `store_failed`. */
  scheduleDay(): Promise<ScheduleDay>;
  screens: HomeScreens;
  clock: Clock;
  log: Log;
  isPolling(): boolean;
  limits?: Partial<HomeLimits>;
}

export function createHomes(deps: HomesDeps): Homes {
  const { store, board, screens, clock, log } = deps;
  const limits = { ...defaultHomeLimits, ...deps.limits };
  const stopping = new AbortController();
  const pace = createPace(limits.perMinute, limits.burst, clock.elapsed());
  const queue = createEditQueue({ pace, clock, held: () => false, signal: stopping.signal });
  /** When each Home was last published by this bot, by `Clock.elapsed`. */
  const publishedAt = new Map<PersonRef, number>();
  /** One publication per person at a time, in their order. */
  const underWay = new Map<PersonRef, Promise<void>>();
  /** What is being written of Homes that were opened: who opens one again waits for it. */
  const noting = new Map<PersonRef, Promise<void>>();
  let reading: Promise<Around> | null = null;
  let refreshing: Promise<void> | null = null;

  const alone = (person: PersonRef, act: () => Promise<void>): Promise<void> => {
    const earlier = underWay.get(person) ?? Promise.resolve();
    const mine = earlier.catch(() => undefined).then(act);
    underWay.set(person, mine);
    const over = (): void => {
      if (underWay.get(person) === mine) underWay.delete(person);
    };
    mine.then(over, over);
    return mine;
  };

  const orNull = async <T>(what: string, read: () => Promise<T>): Promise<T | null> => {
    try {
      return await read();
    } catch (thrown) {
      log.warn('a part of Home could not be read', { what, code: toAppError(thrown).code });
      return null;
    }
  };

  /** What is the same for everybody is read once for all who ask at the same time. */
  const around = (): Promise<Around> => {
    reading ??= Promise.all([
      orNull('alerts', () => store.alertBook(clock.now())),
      orNull('actions', async () => (await store.underWay()).open),
      orNull('imports', () => store.openImports()),
      orNull('schedules', deps.scheduleDay),
      orNull('stop', async () => (await store.stopInForce()).stop),
    ])
      .then(([book, actions, imports, day, stop]) => ({ book, actions, imports, day, stop }))
      .finally(() => {
        reading = null;
      });
    return reading;
  };

  const drawFor = async (person: PersonRef): Promise<DrawnHome> => {
    const surroundings: HomeSurroundings = {
      ...(await around()),
      kept: await orNull('forms', () => store.keptForms(person)),
      lines: deps.lines.atHand().lines,
      readAt: board.readAt,
      staleSince: board.staleSince,
    };
    return screens.draw(homeDataOf(person, board.all(), surroundings));
  };

  const publish = async (person: PersonRef, drawn: DrawnHome, over: string | null): Promise<void> => {
    publishedAt.set(person, clock.elapsed());
    const viewHash = await drawn.publish(over);
    await store.setHome(person, { fingerprint: drawn.fingerprint, viewHash });
  };

  /** Another bot has published meanwhile, or what is stored is older than what is published. */
  const conflicted = async ({ person, viewHash }: Home, drawn: DrawnHome): Promise<void> => {
    const now = await store.home(person);
    // What another bot has published is newer: the next refresh goes on from there.
    if (now === null || now.viewHash !== viewHash) return;
    await publish(person, drawn, null);
  };

  const failed = async (person: PersonRef, error: AppError): Promise<void> => {
    const { retryAfterMs, chatError, permanent, concerns } = error.details;
    log.warn('a Home could not be published', { who: person, code: error.code, chatError, retryAfterMs });
    if (retryAfterMs !== undefined) return pace.throttled(clock.elapsed(), retryAfterMs);
    const isOver = chatError === 'not_enabled' || (permanent === true && concerns === 'channel');
    if (isOver) await orNull('home', () => store.forgetHome(person));
  };

  /** The call that renews one Home; null when it shows everything already. Never throws. */
  const renewal = async (person: PersonRef): Promise<(() => Promise<void>) | null> => {
    try {
      const home = await store.home(person);
      if (home === null) return null;
      const drawn = await drawFor(person);
      if (drawn.fingerprint === home.fingerprint) return null;
      return () =>
        alone(person, async () => {
          try {
            await publish(person, drawn, home.viewHash);
          } catch (thrown) {
            const error = toAppError(thrown);
            if (error.details.chatError === 'hash_conflict') await conflicted(home, drawn);
            else throw error;
          }
        }).catch((thrown) => failed(person, toAppError(thrown)));
    } catch (thrown) {
      log.error('a Home could not be drawn', { who: person, reason: toAppError(thrown).message });
      return null;
    }
  };

  const offerAll = async (): Promise<void> => {
    const since = clock.now() - limits.openForMs;
    const homes = await orNull('homes', () => store.openHomes({ since, limit: limits.maxOpen }));
    if (homes === null) return;
    const open = new Set(homes.map(({ person }) => person));
    for (const person of publishedAt.keys()) if (!open.has(person)) publishedAt.delete(person);
    for (const { person } of homes) {
      const notBefore = (publishedAt.get(person) ?? Number.NEGATIVE_INFINITY) + limits.everyMs;
      queue.put({ id: person, urgent: false, notBefore, prepare: () => renewal(person) });
    }
    await queue.advance();
  };

  return {
    show: (person, shown) =>
      alone(person, async () => {
        await noting.get(person);
        const at = clock.now();
        const [home, drawn] = await Promise.all([
          // A store that is silent must not leave a Home empty.
          shown === null ? null : orNull('home', () => store.home(person)),
          drawFor(person),
        ]);
        // Nobody waits for the disk to see their Home.
        const note = (published: OpenedHome['shown']): void => {
          const noted = orNull('home', () => store.noteOpened({ person, at, shown: published })).then(() => {
            if (noting.get(person) === noted) noting.delete(person);
          });
          noting.set(person, noted);
        };
        if (shown !== null && home?.viewHash === shown && home.fingerprint === drawn.fingerprint) return note(null);
        publishedAt.set(person, clock.elapsed());
        try {
          note({ fingerprint: drawn.fingerprint, viewHash: await drawn.publish(null) });
        } catch (thrown) {
          note(null);
          throw thrown;
        }
      }),
    async refresh() {
      if (stopping.signal.aborted || !deps.isPolling()) return;
      refreshing ??= offerAll()
        .catch((thrown) => log.error('Homes could not be renewed', { reason: toAppError(thrown).message }))
        .finally(() => {
          refreshing = null;
        });
      await refreshing;
    },
    async stop() {
      stopping.abort();
      await queue.settled();
      await Promise.allSettled(underWay.values());
      await Promise.all(noting.values());
    },
  };
}

type Around = Pick<HomeSurroundings, 'book' | 'actions' | 'imports' | 'day' | 'stop'>;
