import { z } from 'zod';
import type { Json } from './protocol.ts';
import type { World } from './world.ts';

/**
 * Verbs for the operator of the stand-in rather than for a person in it: faults, lost connections, the log. In-process
 * callers use `sandbox.faults`, `sandbox.sockets` and `sandbox.traffic`; these are the same over HTTP
 * (`POST /control/admin/<verb>`).
 */

const fault = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('error'), error: z.string(), retryAfter: z.number().int().min(1).exactOptional() }),
  z.object({ kind: z.literal('bare') }),
  z.object({ kind: z.literal('status'), status: z.number().int(), body: z.string().exactOptional() }),
  z.object({ kind: z.literal('rate_limited'), retryAfter: z.number().int().min(1) }),
  z.object({ kind: z.literal('delay'), ms: z.number().min(0) }),
  z.object({ kind: z.literal('drop'), effect: z.boolean().exactOptional() }),
  z.object({ kind: z.literal('hang') }),
]);

const schemas = {
  fault: z.object({ method: z.string(), fault, times: z.number().int().min(1).default(1) }),
  posting_limit: z.object({ limit: z.object({ burst: z.number().min(1), everyMs: z.number().min(1) }).nullable() }),
  call_limit: z.object({
    method: z.string(),
    limit: z
      .object({
        burst: z.number().min(1),
        everyMs: z.number().min(1),
        retryAfter: z.number().int().min(1).exactOptional(),
      })
      .nullable(),
  }),
  send_twice: z.object({
    kind: z.enum(['slash_commands', 'interactive', 'events_api', '*']),
    times: z.number().int().min(1).default(1),
  }),
  disconnect: z.object({
    reason: z.enum(['warning', 'refresh_requested', 'link_disabled', 'abrupt']),
    which: z.number().int().min(0).optional(),
  }),
  traffic: z.object({ limit: z.number().int().min(1).default(200) }),
  clear_faults: z.object({}),
};

export const adminVerbs: ReadonlySet<string> = new Set(Object.keys(schemas));

/** Carries out one verb. Returns `ok: false` when the body does not fit its schema. */
export function administer(world: World, verb: string, body: unknown): Json {
  try {
    return { ok: true, ...run(world, verb, body) };
  } catch (error) {
    if (error instanceof z.ZodError) return { ok: false, error: z.prettifyError(error) };
    throw error;
  }
}

function run(world: World, verb: string, body: unknown): Json {
  switch (verb) {
    case 'fault': {
      const given = schemas.fault.parse(body);
      world.faults.next(given.method, given.fault, given.times);
      return {};
    }
    case 'posting_limit':
      world.faults.limitPosting(schemas.posting_limit.parse(body).limit);
      return {};
    case 'call_limit': {
      const { method, limit } = schemas.call_limit.parse(body);
      world.faults.limitCalls(method, limit);
      return {};
    }
    case 'send_twice': {
      const { kind, times } = schemas.send_twice.parse(body);
      world.faults.sendTwice(kind, times);
      return {};
    }
    case 'disconnect': {
      const { reason, which } = schemas.disconnect.parse(body);
      world.sockets.disconnect(reason, which);
      return {};
    }
    case 'traffic':
      return { traffic: world.traffic.lines(schemas.traffic.parse(body).limit) };
    default:
      world.faults.clear();
      return {};
  }
}
