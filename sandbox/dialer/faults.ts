import { z } from 'zod';
import { lies } from './lies.ts';
import { chance } from './random.ts';
import { type RouteName, routeNames } from './routes.ts';

/** What another user of the account (the rival) does to a task at the same time. */
export const rivalChangeSchema = z.union([
  z.literal('destroy'),
  z.strictObject({
    start: z.boolean().exactOptional(),
    name: z.string().min(1).exactOptional(),
    remark: z.string().nullable().exactOptional(),
    maximumCall: z.int().min(1).exactOptional(),
    callPauseSecond: z.int().min(0).exactOptional(),
  }),
]);
export type RivalChange = z.infer<typeof rivalChangeSchema>;

const where = {
  /** `*` is every route. */
  route: z.enum([...routeNames, '*']),
  /** Only requests about this task. */
  taskId: z.string().exactOptional(),
  /** How many times it happens; without it, until cleared. */
  times: z.int().min(1).exactOptional(),
  /** How many requests to let pass first. */
  skip: z.int().min(0).exactOptional(),
  /** Expires after that many real milliseconds. */
  forMs: z.int().min(1).exactOptional(),
  /** Which share of the requests it happens to, 0…1, drawn by the seed; all of them by default. */
  share: z.number().min(0).max(1).exactOptional(),
  /** Only those beyond so many in so many real milliseconds: with status 429, a rate limit. */
  above: z.strictObject({ requests: z.int().min(0), perMs: z.int().min(1) }).exactOptional(),
};

/** `effect`: whether the request takes effect although its response is bad; false by default. */
export const faultSchema = z.discriminatedUnion('kind', [
  /** The effect happens at once and the response is late; with `before: true` both are late. */
  z.strictObject({ ...where, kind: z.literal('delay'), ms: z.int().min(0), before: z.boolean().exactOptional() }),
  z.strictObject({
    ...where,
    kind: z.literal('status'),
    status: z.int().min(200).max(599),
    body: z.enum(['json', 'html', 'none']).exactOptional(),
    message: z.string().exactOptional(),
    /** Sent as Retry-After: seconds, or an HTTP date. */
    retryAfter: z.union([z.int().min(0), z.string()]).exactOptional(),
    effect: z.boolean().exactOptional(),
  }),
  /** The connection is cut without a response. */
  z.strictObject({ ...where, kind: z.literal('drop'), effect: z.boolean() }),
  /** Takes effect; the JSON is cut in half, in a complete response or, with `cut`, by a broken connection. */
  z.strictObject({ ...where, kind: z.literal('truncate'), cut: z.boolean().exactOptional() }),
  /** Takes effect; the response is 200 without a body. */
  z.strictObject({ ...where, kind: z.literal('empty') }),
  z.strictObject({
    ...where,
    kind: z.literal('envelope'),
    code: z.int().exactOptional(),
    message: z.string().exactOptional(),
    effect: z.boolean().exactOptional(),
  }),
  /** To `location`, by default the same path with `redirected=1`, so that a client that follows it is noticed. */
  z.strictObject({
    ...where,
    kind: z.literal('redirect'),
    status: z.union([z.literal(301), z.literal(302), z.literal(307), z.literal(308)]).exactOptional(),
    location: z.string().exactOptional(),
  }),
  /** Never responds; the connection stays open. */
  z.strictObject({ ...where, kind: z.literal('hang'), effect: z.boolean() }),
  /** After a change, the list shows the state before the latest change. */
  z.strictObject({ ...where, kind: z.literal('stale'), route: z.literal('list') }),
  /** The list shows the state of some time ago, up to that many real milliseconds; how many, is drawn by the seed. */
  z.strictObject({ ...where, kind: z.literal('lag'), route: z.literal('list'), maxMs: z.int().min(1) }),
  /** The list looks complete and is wrong; see lies.ts. */
  z.strictObject({ ...where, kind: z.literal('lie'), route: z.literal('list'), shows: z.enum(lies) }),
  /** Another user changes the task right before (or after) the request; by default the task of the request. */
  z.strictObject({ ...where, kind: z.literal('rival'), change: rivalChangeSchema, after: z.boolean().exactOptional() }),
]);
export type Fault = z.infer<typeof faultSchema>;

export interface FaultRegistry {
  /** Adds a fault and returns the id that clears it. Throws a ZodError when it is malformed. */
  add(fault: Fault): string;
  /** Clears one fault, or all of them. */
  clear(id?: string): void;
  list(): { id: string; fault: Fault; left: number | null }[];
}

/** The side of the registry that the server sees. */
export interface FaultSource extends FaultRegistry {
  armed(kind: Fault['kind']): boolean;
  /** The faults of this request, counted down; at most one of the kinds that replace the response. */
  take(route: RouteName, taskId: string, staleReady: boolean): Fault[];
}

interface Armed {
  id: string;
  /** From 1, in the order in which they were added. */
  number: number;
  fault: Fault;
  left: number | null;
  toSkip: number;
  until: number | null;
  /** Requests it was drawn for so far. */
  drawn: number;
  /** Since when requests are counted, and how many have come since. */
  counted: { since: number; requests: number };
}

/** `wall` is real time, epoch ms; `seed` decides which requests a fault with a `share` happens to. */
export function createFaultRegistry(wall: () => number, seed: number): FaultSource {
  let armed: Armed[] = [];
  let added = 0;

  const isAbove = ({ counted }: Armed, { above }: Fault): boolean => {
    if (above === undefined) return true;
    const now = wall();
    if (now - counted.since >= above.perMs) Object.assign(counted, { since: now, requests: 0 });
    counted.requests += 1;
    return counted.requests > above.requests;
  };

  const happens = (entry: Armed, fault: Fault): boolean => {
    if (!isAbove(entry, fault)) return false;
    const { share } = fault;
    if (share === undefined) return true;
    entry.drawn += 1;
    return chance(seed, entry.number, entry.drawn) < share;
  };

  const alive = (): Armed[] => {
    const now = wall();
    armed = armed.filter(({ left, until }) => left !== 0 && (until === null || now < until));
    return armed;
  };

  return {
    add(given) {
      const fault = faultSchema.parse(given);
      added += 1;
      const id = `fault-${added}`;
      const until = fault.forMs === undefined ? null : wall() + fault.forMs;
      const counted = { since: Number.NEGATIVE_INFINITY, requests: 0 };
      armed.push({
        id,
        number: added,
        fault,
        left: fault.times ?? null,
        toSkip: fault.skip ?? 0,
        until,
        drawn: 0,
        counted,
      });
      return id;
    },
    clear(id) {
      armed = id === undefined ? [] : armed.filter((entry) => entry.id !== id);
    },
    list: () => alive().map(({ id, fault, left }) => ({ id, fault, left })),
    armed: (kind) => alive().some(({ fault }) => fault.kind === kind),
    take(route, taskId, staleReady) {
      const taken: Fault[] = [];
      for (const entry of alive()) {
        const { fault } = entry;
        if (fault.route !== '*' && fault.route !== route) continue;
        if (fault.taskId !== undefined && fault.kind !== 'rival' && fault.taskId !== taskId) continue;
        if (fault.kind === 'stale' && !staleReady) continue;
        if (replacesAnswer(fault) && taken.some(replacesAnswer)) continue;
        if (entry.toSkip > 0) {
          entry.toSkip -= 1;
          continue;
        }
        if (!happens(entry, fault)) continue;
        if (entry.left !== null) entry.left -= 1;
        taken.push(fault);
      }
      return taken;
    },
  };
}

export function replacesAnswer(fault: Fault): boolean {
  return (
    fault.kind !== 'delay' &&
    fault.kind !== 'rival' &&
    fault.kind !== 'stale' &&
    fault.kind !== 'lie' &&
    fault.kind !== 'lag'
  );
}

/** Whether a request that meets this fault takes effect. */
export function letsEffectThrough(fault: Fault): boolean {
  switch (fault.kind) {
    case 'drop':
    case 'hang':
      return fault.effect;
    case 'status':
    case 'envelope':
      return fault.effect === true;
    case 'redirect':
      return false;
    default:
      return true;
  }
}
