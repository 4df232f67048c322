import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { type Adjustment, adjustSchema } from './adjust.ts';
import type { SimClock } from './clock.ts';
import { type FaultRegistry, faultSchema, type RivalChange, rivalChangeSchema } from './faults.ts';
import { readBody, writeReply } from './http.ts';
import { type Switches, switchesSchema } from './options.ts';
import type { TaskView } from './platform.ts';
import type { RecordedRequest } from './recorder.ts';
import { type RouteName, routeNames } from './routes.ts';
import { parseJson } from './validate.ts';

/** The part of a running stand-in that the control API reads and changes. */
export interface Controllable {
  readonly clock: SimClock;
  readonly faults: FaultRegistry;
  readonly switches: Readonly<Switches>;
  /** Every request of the task API since the start or the last reset, oldest first; the latest 10,000. */
  readonly requests: readonly RecordedRequest[];
  /** Oldest first. */
  readonly tasks: TaskView[];
  /** Simulated seconds per real second; 0 pauses. */
  setSpeed(speed: number): void;
  /** Throws a ZodError when a switch is unknown or malformed. */
  setSwitches(change: Partial<Switches>): void;
  /** Another user of the account changes a task now. Throws a RangeError when there is no such task. */
  rival(taskId: string, change: RivalChange): void;
  /** Changes a line, script, redial rule or agent group. Throws a RangeError when there is no such thing. */
  adjust(adjustment: Adjustment): void;
  /** The line stops dialing and has no free concurrency. Throws a RangeError when there is no such line. */
  lineDies(lineId: string): void;
  lineRevives(lineId: string): void;
  /** Cuts every connection before any effect, for that many real milliseconds. */
  platformDown(ms: number): void;
  /** The next response of that route is lost after its effect. */
  answerLost(route: RouteName): void;
  /** Back to the initial state: account, clock, switches, faults and records. Open requests are cut off. */
  reset(): void;
}

const scenarioSchema = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('lineDies'), lineId: z.string() }),
  z.strictObject({ name: z.literal('lineRevives'), lineId: z.string() }),
  z.strictObject({ name: z.literal('platformDown'), ms: z.int().min(1) }),
  z.strictObject({ name: z.literal('answerLost'), route: z.enum(routeNames) }),
]);

const clockSchema = z.strictObject({
  speed: z.number().min(0).exactOptional(),
  /** Simulated milliseconds to jump forward. */
  advance: z.number().min(0).exactOptional(),
});

/** The verbs of `/sandbox/…`: `METHOD /path` → what to do with the JSON body; the result is the response. */
const verbs: Record<string, (sandbox: Controllable, body: unknown) => unknown> = {
  'GET /sandbox': (sandbox) => ({
    now: sandbox.clock.now(),
    speed: sandbox.clock.speed(),
    switches: sandbox.switches,
    faults: sandbox.faults.list(),
    tasks: sandbox.tasks.length,
    requests: sandbox.requests.length,
  }),
  'GET /sandbox/faults': (sandbox) => sandbox.faults.list(),
  'POST /sandbox/faults': (sandbox, body) => ({ id: sandbox.faults.add(faultSchema.parse(body)) }),
  'DELETE /sandbox/faults': (sandbox) => sandbox.faults.clear(),
  'GET /sandbox/tasks': (sandbox) => sandbox.tasks,
  'GET /sandbox/requests': (sandbox) => sandbox.requests,
  'POST /sandbox/clock': (sandbox, body) => {
    const { speed, advance } = clockSchema.parse(body);
    if (speed !== undefined) sandbox.setSpeed(speed);
    if (advance !== undefined) sandbox.clock.advance(advance);
    return { now: sandbox.clock.now(), speed: sandbox.clock.speed() };
  },
  'POST /sandbox/switches': (sandbox, body) => {
    const known = z.partialRecord(switchesSchema.keyof(), z.unknown()).parse(body);
    sandbox.setSwitches(known as Parameters<Controllable['setSwitches']>[0]);
    return sandbox.switches;
  },
  'POST /sandbox/rival': (sandbox, body) => {
    const { taskId, change } = z.strictObject({ taskId: z.string(), change: rivalChangeSchema }).parse(body);
    sandbox.rival(taskId, change);
  },
  'POST /sandbox/adjust': (sandbox, body) => sandbox.adjust(adjustSchema.parse(body)),
  'POST /sandbox/scenarios': (sandbox, body) => {
    const scenario = scenarioSchema.parse(body);
    if (scenario.name === 'lineDies') sandbox.lineDies(scenario.lineId);
    else if (scenario.name === 'lineRevives') sandbox.lineRevives(scenario.lineId);
    else if (scenario.name === 'platformDown') sandbox.platformDown(scenario.ms);
    else sandbox.answerLost(scenario.route);
  },
  'POST /sandbox/reset': (sandbox) => sandbox.reset(),
};

/** For the printed help. */
export const controlRoutes: readonly string[] = [...Object.keys(verbs), 'DELETE /sandbox/faults/{id}'];

/**
 * The control API, by which tests and the demo script the stand-in over HTTP. It requires no token: the server listens
 * on this machine only. A page from another origin cannot use it, as it would have to send JSON.
 */
export async function serveControl(
  sandbox: Controllable,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const raw = await readBody(request);
  const path = (request.url ?? '').split('?')[0] ?? '';
  const [, faultId] = /^\/sandbox\/faults\/([\w-]+)$/.exec(path) ?? [];
  const reply = (status: number, body: unknown): void => writeReply(response, { status, body }, { head: false });
  if (request.method === 'DELETE' && faultId !== undefined) {
    sandbox.faults.clear(faultId);
    return reply(200, { ok: true });
  }
  const verb = verbs[`${request.method} ${path}`];
  if (verb === undefined) return reply(404, { error: 'no such control route', routes: controlRoutes });
  if (request.method === 'POST' && !/^application\/json\b/.test(request.headers['content-type'] ?? '')) {
    return reply(415, { error: 'send JSON' });
  }
  try {
    return reply(200, verb(sandbox, parseJson(raw?.toString('utf8') || '{}')) ?? { ok: true });
  } catch (error) {
    if (error instanceof z.ZodError) return reply(400, { error: z.prettifyError(error) });
    if (error instanceof RangeError) return reply(400, { error: error.message });
    throw error;
  }
}
