import { toAppError } from '../errors.ts';
import type { PersonRef } from '../model/address.ts';
import { perField, type RawDraft } from '../model/fields.ts';
import type { KeptForm, LastChoices } from '../model/form-memory.ts';
import type { Clock, Log } from '../ports.ts';
import { within } from '../time/waiting.ts';
import type { Choices } from './choices.ts';
import type { FormStore } from './ports.ts';
import { choicesIn } from './prefill.ts';

/** What is remembered of a person when a form is opened. */
interface Remembered {
  last: LastChoices | null;
  /** Forms of new tasks that can be continued, the newest first. */
  kept: KeptForm[];
}

/**
 * What people chose in create forms, and typed into forms of tasks. It is a convenience: nothing here throws but `take`,
 * and no form waits long for it.
 */
export interface FormMemory {
  of(person: PersonRef): Promise<Remembered>;
  /** What that person has begun to change in this task and not saved, the newest first. */
  editsOf(person: PersonRef, taskId: string): Promise<KeptForm[]>;
  /** A form was submitted. */
  remember(person: PersonRef, raw: RawDraft, choices: Choices): Promise<void>;
  /** Keeps what was typed, under the key of its form, unless a task is being created from it. */
  keep(form: Omit<KeptForm, 'savedAt'>): Promise<void>;
  /** The same for a form that is still being filled in: within a second, and once for all that comes until then. */
  keepSoon(form: Omit<KeptForm, 'savedAt'>): void;
  /** The kept form of this key and person; null when there is none. */
  kept(key: string, person: PersonRef): Promise<KeptForm | null>;
  /** Hands a kept form over to another form, once; null when it is not there any more. Throws `store_failed`. */
  take(request: { key: string; person: PersonRef; as: string }): Promise<KeptForm | null>;
  /** Its person does not want it, or it has been submitted. */
  drop(key: string, person: PersonRef): Promise<void>;
}

interface FormMemoryDeps {
  store: FormStore;
  clock: Pick<Clock, 'now' | 'sleep'>;
  log: Pick<Log, 'warn'>;
  /** Aborted when the process stops: what is still to be kept is kept then. */
  stopping?: AbortSignal;
}

/** So long a form waits for what is remembered, ms: Slack's trigger is good for three seconds. */
const rememberWithinMs = 500;

/** What is typed is kept after this long, ms: not with every character. */
const keepAfterMs = 700;

/** What is kept of one field, in characters: as much as an input takes. */
const maxFieldLength = 3_000;

export function createFormMemory({ store, clock, log, stopping }: FormMemoryDeps): FormMemory {
  const attempt = async <T>(what: string, act: () => Promise<T>, otherwise: T): Promise<T> => {
    const failed = (thrown: unknown): T => {
      log.warn(`${what} could not be remembered`, { code: toAppError(thrown).code });
      return otherwise;
    };
    return within(clock, { ms: rememberWithinMs }, act().catch(failed), () => otherwise);
  };
  /** What is kept in a moment, by key. */
  const coming = new Map<string, Omit<KeptForm, 'savedAt'>>();
  const keepNow = async (form: Omit<KeptForm, 'savedAt'> | undefined): Promise<void> => {
    if (form === undefined) return;
    coming.delete(form.key);
    await attempt('a form', () => store.keepForm({ ...form, raw: bounded(form.raw), savedAt: clock.now() }), undefined);
  };
  const keptBy = (person: PersonRef): Promise<KeptForm[]> => attempt('forms', () => store.keptForms(person), []);
  return {
    async of(person) {
      const [last, kept] = await Promise.all([
        attempt('choices', () => store.lastChoices(person), null),
        keptBy(person),
      ]);
      return { last, kept: kept.filter(({ task }) => task === null) };
    },
    async editsOf(person, taskId) {
      return (await keptBy(person)).filter(({ task }) => task?.id === taskId);
    },
    remember: (person, raw, choices) =>
      attempt('choices', () => store.setLastChoices(person, choicesIn(raw, choices), clock.now()), undefined),
    keep: (form) => keepNow(form),
    keepSoon(form) {
      const isWaiting = coming.has(form.key);
      coming.set(form.key, form);
      if (!isWaiting) void clock.sleep(keepAfterMs, stopping).then(() => keepNow(coming.get(form.key)));
    },
    async kept(key, person) {
      const soon = coming.get(key);
      if (soon?.person === person) return { ...soon, savedAt: clock.now() };
      return attempt('a form', () => store.keptForm(key, person), null);
    },
    take: ({ key, person, as }) => store.takeForm(key, person, as),
    drop: (key, person) => {
      coming.delete(key);
      return attempt('a form', () => store.dropForm(key, person), undefined);
    },
  };
}

/** After so long, what was typed is deleted, ms. */
export const keptFormMs = 14 * 24 * 3_600_000;

/** So many forms of one person are kept, the newest. */
export const maxKeptForms = 5;

const bounded = (raw: RawDraft): RawDraft => perField(({ name }) => raw[name].slice(0, maxFieldLength));
