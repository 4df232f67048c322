import type { OpenAction, OpenActionKind, Verdict } from '../model/open-action.ts';
import type { Clock, Log } from '../ports.ts';
import { persistently } from '../time/persistently.ts';
import { within } from '../time/waiting.ts';
import type { OpenActions } from '../watch/ports.ts';

/** What is known of an action when its request is about to be sent. */
export type NewAction = Pick<OpenAction, 'kind' | 'taskId' | 'person' | 'channel' | 'taskName'> &
  Partial<Pick<OpenAction, 'id' | 'draft'>>;

/** What became of it. `unrecorded`: it is done, but the store could not take the reading that says so. */
type Ending = 'done' | 'unrecorded' | 'refused' | 'unknown';

/**
 * Remembers an action in the store from before its request is sent until its outcome is recorded, so that a lost
 * outcome is followed up, by whichever bot polls next, and a poll knows whose change it sees.
 */
export interface Journal {
  entry(action: NewAction): OpenAction;
  /** Before the request. Throws `store_failed`: then nothing may be sent, except a pause. */
  begin(action: OpenAction): Promise<void>;
  /** After it. Never throws, and waits no longer than a second: what the store does not take now it is given later. */
  end(action: OpenAction, ending: Ending): Promise<void>;
  /** The person learned the outcome by asking: nothing more is to be said. */
  answered(question: Pick<OpenAction, 'taskId' | 'kind' | 'person'> & { id?: string }, verdict: Verdict): Promise<void>;
}

export interface JournalDeps {
  store: OpenActions;
  clock: Clock;
  log: Pick<Log, 'error'>;
  newId(): string;
  /** Aborted when the process stops. */
  stopping?: AbortSignal;
}

/** How long the person who acted waits for the journal, ms. */
const waitMs = 1_000;

/** Which earlier questions are idle once such an action is done: their tasks are as someone wanted them since. */
const overrules: Record<OpenActionKind, readonly OpenActionKind[]> = {
  create: [],
  start: ['start', 'pause'],
  pause: ['start', 'pause'],
  save: ['save'],
  delete: ['start', 'pause', 'save', 'delete'],
};

export function createJournal(deps: JournalDeps): Journal {
  const { store, clock, newId } = deps;
  /** Nobody waits longer than a second for it. */
  const soon = (write: () => Promise<unknown>): Promise<void> =>
    within(clock, { ms: waitMs }, persistently(deps, write), () => undefined);

  /** Questions about that task which need no answer any more; should one take effect after all, its person is notified. */
  const close = async (
    applies: (action: OpenAction) => boolean,
    change: Pick<OpenAction, 'verdict'> | null = null,
  ): Promise<void> => {
    const { open } = await store.underWay();
    for (const { held: _lease, ...action } of open) {
      if (action.state === 'unknown' && applies(action)) {
        await store.changeAction('unknown', { ...action, ...change, state: 'closed' });
      }
    }
  };

  return {
    entry: ({ id = newId(), draft = null, ...action }) => ({
      ...action,
      id,
      draft,
      sentAt: clock.now(),
      state: 'working',
      interrupted: false,
      polls: 0,
      showing: null,
      agreeing: 0,
      verdict: null,
      late: false,
      attempted: false,
    }),

    begin: (action) => store.putAction(action),

    end(action, ending) {
      switch (ending) {
        case 'unknown':
          return soon(() => store.putAction({ ...action, state: 'unknown' }));
        case 'unrecorded':
          // The next poll sees the effect and must know whose it is.
          return soon(() => store.putAction({ ...action, state: 'closed', verdict: 'done' }));
        case 'refused':
          return soon(() => store.endAction(action.id));
        case 'done':
          return soon(async () => {
            await store.endAction(action.id);
            await close(({ taskId, kind }) => taskId === action.taskId && overrules[action.kind].includes(kind));
          });
      }
    },

    answered({ id, taskId, kind, person }, verdict) {
      const isAsked = (action: OpenAction): boolean =>
        action.taskId === taskId && action.kind === kind && action.person === person && (id ?? action.id) === action.id;
      return soon(() => close(isAsked, { verdict }));
    },
  };
}
