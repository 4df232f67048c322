import { z } from 'zod';
import type { SeededTask } from './seed-tasks.ts';

/**
 * Everything the task API document leaves open, as switches. The defaults are the literal reading of the document;
 * every other value is plausible behavior of a real deployment, which a client has to survive.
 */
export const switchesSchema = z.strictObject({
  /** The form of a refusal: 422 with `{message, errors}`, or 200 with `{code, status: "error", message}`. */
  refusals: z.enum(['laravel', 'envelope']),
  /** The responses that the document leaves open (modify, start, stop, destroy, import). */
  answers: z.enum(['entity', 'message', 'envelope', 'empty']),
  /** When a task holds concurrency of its line: as soon as it exists, or only while it is switched on. */
  holding: z.enum(['created', 'started']),
  /** Also refuse lines with residue ≤ 1 and redial rules that are off. */
  strict: z.boolean(),
  paging: z.enum(['ignored', 'laravel', 'agent']),
  /** Default rows per page. */
  perPage: z.int().min(1).max(1000),
  /** The most rows per page that a client can ask for. */
  maxPerPage: z.int().min(1),
  /** Ways in which real responses differ from the document; see noise.ts. */
  noise: z.array(z.enum(['stitched', 'nulls', 'strings', 'extras', 'longIds'])),
  /** Parameters of create and modify are under a `data` key instead of at the root. */
  bodyUnderData: z.boolean(),
  /** The one accepted list key of an import, `[]` for the bare array; null accepts every known preset. */
  importKey: z.string().min(1).nullable(),
  importPhoneKey: z.string().min(1),
  importNameKey: z.string().min(1),
  /** A number that the task already has: refuse the whole request, leave that row out, or call it twice. */
  importDuplicates: z.enum(['abort', 'skip', 'accept']),
  /** Numbers with this ending are refused, and the request with them; null refuses none. */
  importRefusedEnding: z.string().min(1).nullable(),
  /** A refusal of an import says which row it is about. */
  importNamesRows: z.boolean(),
  /** Maximum rows per import. */
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
  maxPerPage: 1000,
  noise: [],
  bodyUnderData: false,
  importKey: null,
  importPhoneKey: 'phone',
  importNameKey: 'name',
  importDuplicates: 'abort',
  importRefusedEnding: null,
  importNamesRows: true,
  importLimit: 100,
  importWhileRunning: 'allow',
  pauseWhenDone: false,
  headMutates: true,
  progress: 'off',
};

/**
 * Outcome codes of a call: 1 answered, 2 blocked by carrier, 3 rejected, 4 no answer, 5 non-existent number, 6 powered
 * off, 7 out of service, 8 busy, 9 incoming calls restricted, 10 in arrears, 11 blacklisted, 12 blocked by the user.
 */
export type Outcome = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12;
export const outcomes: readonly Outcome[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

export type OutcomeWeights = Partial<Record<Outcome, number>>;

/** Typical results of a list of consumer numbers in business hours. */
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
  /** 0, the default, picks a free port. */
  port?: number;
  token?: string;
  /** The header of the token, `Authorization` by default. */
  authHeader?: string;
  /** The scheme in front of the token, `Bearer` by default; '' for the token alone. */
  authScheme?: string;
  /** The seed of everything random. Default 1. */
  seed?: number;
  /** `morning`: lines, scripts and 12 tasks of a call center; `fresh`: the same without tasks; `empty`: nothing. */
  account?: 'morning' | 'fresh' | 'empty';
  /** The `user_id` of the account. */
  userId?: string;
  /** Added to the account, for tests of large accounts. */
  extra?: { scripts?: number; lines?: number; tasks?: number };
  /** Added to the account as well. */
  tasks?: readonly SeededTask[];
  /** Simulated seconds per real second, default 1. */
  speed?: number;
  /** Simulated time at the start: epoch ms, or `HH:mm` in Shanghai today. Default `09:20`. */
  startAt?: number | string;
  /** Real time, epoch ms. */
  wall?: () => number;
  /** How delayed responses wait, in real ms, until aborted: for tests that decide when a delay is over. */
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Share of each outcome; codes left out do not occur. */
  outcomes?: OutcomeWeights;
  /** Duration of every call, instead of one that suits its outcome. */
  callSeconds?: number;
  switches?: Partial<Switches>;
}
