/** What goes wrong with the next calls of a method. */
export type Fault =
  /** `{ ok: false, error }` with status 200, and `Retry-After` in seconds if given; nothing happens. */
  | { kind: 'error'; error: string; retryAfter?: number }
  /** An HTTP status with a body that is not Slack's JSON; nothing happens. */
  | { kind: 'status'; status: number; body?: string }
  /** HTTP 429 with `Retry-After` in whole seconds; nothing happens. */
  | { kind: 'rate_limited'; retryAfter: number }
  /** The response is late by that much; the call takes effect after the delay. */
  | { kind: 'delay'; ms: number }
  /** Takes effect (unless `effect` is false), then the connection is cut without a response. */
  | { kind: 'drop'; effect?: boolean }
  /** Takes effect; the answer is `{ ok: true }` without anything else. */
  | { kind: 'bare' }
  /** Takes effect and is never answered; the connection stays open. */
  | { kind: 'hang' };

/** Faults that any call may run into. */
interface FaultMix {
  /** The share of all calls that fail, 0…1. */
  share: number;
  /** One of these, each as likely as the others. */
  faults: readonly Fault[];
  /** Numbers in [0, 1): which calls fail, and how. */
  random: () => number;
}

interface PostingLimit {
  /** Messages a channel accepts at once. */
  burst: number;
  /** One more message every so many milliseconds. */
  everyMs: number;
}

interface CallLimit {
  /** Calls the workspace accepts at once. */
  burst: number;
  /** One more call every so many milliseconds. */
  everyMs: number;
  /** Seconds that a refused call is asked to wait; by default until the next one is accepted. */
  retryAfter?: number;
}

/** A full bucket of `burst` that gets one back every `everyMs`. */
interface Bucket {
  tokens: number;
  at: number;
}

export interface Faults {
  /** The next `times` calls (default 1; Infinity until cleared) of a method fail that way; `*` is any method. */
  next(method: string, fault: Fault, times?: number): void;
  /** From now on a share of all calls fails; null, the default, means none but those planned by `next`. */
  mix(mix: FaultMix | null): void;
  /** Takes the fault that the current call runs into, if any. */
  take(method: string): Fault | undefined;
  /** Limits posting per channel as Slack does (about one message per second); null, the default, means no limit. */
  limitPosting(limit: PostingLimit | null): void;
  /** Seconds until the channel accepts another message; 0 when it accepts this one (which is counted). */
  takePost(channel: string): number;
  /** Limits the calls of a method in the whole workspace, as Slack's tiers do; null, the default, means no limit. */
  limitCalls(method: string, limit: CallLimit | null): void;
  /** Seconds that this call is asked to wait; 0 when it is accepted (and counted). */
  takeCall(method: string): number;
  /** The next `times` payloads of that kind (`slash_commands`, `interactive`, `events_api`, `*`) are sent twice. */
  sendTwice(kind: string, times?: number): void;
  takeTwice(kind: string): boolean;
  clear(): void;
}

export function createFaults(now: () => number): Faults {
  let planned: { method: string; fault: Fault; left: number }[] = [];
  let doubled: { kind: string; left: number }[] = [];
  let mixed: FaultMix | null = null;
  let posting: PostingLimit | null = null;
  const buckets = new Map<string, Bucket>();
  const calls = new Map<string, CallLimit & { bucket: Bucket }>();

  /** Takes one from a bucket. Returns the seconds until it has one, 0 when it had. */
  const takeFrom = (bucket: Bucket, { burst, everyMs }: PostingLimit): number => {
    bucket.tokens = Math.min(burst, bucket.tokens + (now() - bucket.at) / everyMs);
    bucket.at = now();
    // Fractions of a token add up: a call made exactly on time is accepted.
    if (bucket.tokens < 1 - 1e-9) return Math.max(1, Math.ceil(((1 - bucket.tokens) * everyMs) / 1000));
    bucket.tokens -= 1;
    return 0;
  };

  return {
    next(method, fault, times = 1) {
      planned.push({ method, fault, left: times });
    },
    mix(mix) {
      mixed = mix;
    },
    take(method) {
      const found = planned.find((plan) => plan.method === method || plan.method === '*');
      if (!found) return mixed === null || mixed.random() >= mixed.share ? undefined : oneOf(mixed);
      found.left -= 1;
      if (found.left <= 0) planned = planned.filter((plan) => plan !== found);
      return found.fault;
    },
    limitPosting(limit) {
      posting = limit;
      buckets.clear();
    },
    takePost(channel) {
      if (!posting) return 0;
      const bucket = buckets.get(channel) ?? { tokens: posting.burst, at: now() };
      buckets.set(channel, bucket);
      return takeFrom(bucket, posting);
    },
    limitCalls(method, limit) {
      if (limit === null) calls.delete(method);
      else calls.set(method, { ...limit, bucket: { tokens: limit.burst, at: now() } });
    },
    takeCall(method) {
      const limit = calls.get(method);
      if (limit === undefined) return 0;
      const wait = takeFrom(limit.bucket, limit);
      return wait === 0 ? 0 : (limit.retryAfter ?? wait);
    },
    sendTwice(kind, times = 1) {
      doubled.push({ kind, left: times });
    },
    takeTwice(kind) {
      const found = doubled.find((plan) => plan.kind === kind || plan.kind === '*');
      if (!found) return false;
      found.left -= 1;
      if (found.left <= 0) doubled = doubled.filter((plan) => plan !== found);
      return true;
    },
    clear() {
      planned = [];
      mixed = null;
      doubled = [];
      posting = null;
      buckets.clear();
      calls.clear();
    },
  };
}

function oneOf({ faults, random }: FaultMix): Fault | undefined {
  return faults[Math.floor(random() * faults.length)];
}
