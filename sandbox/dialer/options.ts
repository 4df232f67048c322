import { z } from 'zod';

/**
 * Everything the task API document leaves open, as switches. The defaults are the literal reading of the document;
 * every other value is plausible behaviour of a real deployment that a client has to survive.
 */
export const switchesSchema = z.strictObject({
  /** How a refusal looks: 422 with `{message, errors}`, or 200 with `{code, status: "error", message}`. */
  refusals: z.enum(['laravel', 'envelope']),
  /** The answers the document leaves open (modify, start, stop, destroy, import). */
  answers: z.enum(['entity', 'message', 'envelope', 'empty']),
  /** When a task holds the concurrency of its line: as soon as it exists, or only while it is switched on. */
  holding: z.enum(['created', 'started']),
  /** Also refuse lines with residue ≤ 1 and redial rules that are off. */
  strict: z.boolean(),
  paging: z.enum(['ignored', 'laravel', 'agent']),
  /** Rows of a page when the client does not say. */
  perPage: z.int().min(1).max(1000),
  /** Ways in which real answers differ from the document; see noise.ts. */
  noise: z.array(z.enum(['stitched', 'nulls', 'strings', 'extras', 'longIds'])),
  /** Parameters of create and modify stand under a `data` key instead of at the root. */
  bodyUnderData: z.boolean(),
  /** The one accepted list key of an import, `[]` for the bare array; null accepts every known preset. */
  importKey: z.string().min(1).nullable(),
  importPhoneKey: z.string().min(1),
  importNameKey: z.string().min(1),
  /** A number that the task holds already: refuse the whole request, or leave that row out. */
  importDuplicates: z.enum(['abort', 'skip']),
  /** Rows of one import. */
  importLimit: z.int().min(1),
  importWhileRunning: z.enum(['allow', 'refuse']),
  /** A task switches itself off after its last number. */
  pauseWhenDone: z.boolean(),
  /** HEAD on a mutating GET route takes effect, as it does where HEAD is served by the GET handler. */
  headMutates: z.boolean(),
  /** `GET /v1/task/progress/{id}`: absent, plain at the root, plain under `data`, or the statistics shape. */
  progress: z.enum(['off', 'root', 'data', 'stat']),
});
export type Switches = z.infer<typeof switchesSchema>;

export const defaultSwitches: Switches = {
  refusals: 'laravel',
  answers: 'entity',
  holding: 'created',
  strict: false,
  paging: 'ignored',
  perPage: 15,
  noise: [],
  bodyUnderData: false,
  importKey: null,
  importPhoneKey: 'phone',
  importNameKey: 'name',
  importDuplicates: 'abort',
  importLimit: 100,
  importWhileRunning: 'allow',
  pauseWhenDone: false,
  headMutates: true,
  progress: 'off',
};

/** Outcome codes of a call: 1 answered, 2 blocked by carrier, 3 rejected, 4 no answer, 5 non-existent number,
 * 6 powered off, 7 out of service, 8 busy, 9 incoming calls restricted, 10 in arrears, 11 blacklist, 12 blocked by user. */
export type Outcome = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12;
export const outcomes: readonly Outcome[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

export type OutcomeWeights = Partial<Record<Outcome, number>>;

/** What a list of consumer numbers in business hours tends to give. */
export const defaultOutcomeWeights: Record<Outcome, number> = {
  1: 44,
  2: 2,
  3: 11,
  4: 20,
  5: 4,
  6: 7,
  7: 3,
  8: 5,
  9: 1,
  10: 1,
  11: 1,
  12: 1,
};

export interface DialerSandboxOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  token?: string;
  /** Where the token is expected, default `Authorization`. */
  authHeader?: string;
  /** The word before the token, default `Bearer`; '' for the bare token. */
  authScheme?: string;
  /** Everything random comes from here. Default 1. */
  seed?: number;
  /** `morning`: lines, scripts and 12 tasks of a call centre; `fresh`: the same without tasks; `empty`: nothing at all. */
  account?: 'morning' | 'fresh' | 'empty';
  /** Added to the account, for tests of size. */
  extra?: { scripts?: number; lines?: number; tasks?: number };
  /** Simulated seconds per real second, default 1. */
  speed?: number;
  /** Simulated time of the first moment: epoch ms, or `HH:mm` in Shanghai today. Default `09:20`. */
  startAt?: number | string;
  /** Real time, epoch ms. */
  wall?: () => number;
  /** How delayed responses wait, in real ms, until aborted: for tests that decide when a delay is over. */
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Share of each outcome; codes left out do not occur. */
  outcomes?: OutcomeWeights;
  /** Every call lasts exactly that long instead of a length that suits its outcome. */
  callSeconds?: number;
  switches?: Partial<Switches>;
}
