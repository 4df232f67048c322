import type { RouteName } from './routes.ts';

/** One request of the task API as received, and its result. */
export interface RecordedRequest {
  /** From 1, in order of arrival. */
  ordinal: number;
  /** Real time of arrival, epoch ms. */
  at: number;
  method: string;
  /** Path and query as sent. */
  path: string;
  /** Lower case; without the header that carries the token. */
  headers: Record<string, string>;
  /** The body, decoded as UTF-8. */
  body: string;
  /** null when no route matches. */
  route: RouteName | null;
  /** From the path; for a create, the task it created; '' otherwise. */
  taskId: string;
  /** Something changed because of this request (a repeated start or stop counts: it was carried out again). */
  effect: boolean;
  /** Status of the response; null while there is none, also after a drop or a hang. */
  status: number | null;
  /** Kinds of the faults it ran into. */
  faults: string[];
}

/** Older requests are dropped beyond this many; effects stay counted. */
const kept = 10_000;

export interface Recorder {
  requests: RecordedRequest[];
  add(request: Omit<RecordedRequest, 'ordinal'>): RecordedRequest;
  /** Marks the effect of a request, once. */
  effect(request: RecordedRequest): void;
  /** How many requests of a route took effect, in all or on one task. */
  effects(route: RouteName, taskId?: string): number;
  clear(): void;
}

export function createRecorder(): Recorder {
  const requests: RecordedRequest[] = [];
  const counts = new Map<string, number>();
  let ordinal = 0;
  const count = (key: string): void => {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };

  return {
    requests,
    add(request) {
      ordinal += 1;
      const recorded = { ...request, ordinal };
      requests.push(recorded);
      if (requests.length > kept) requests.splice(0, requests.length - kept);
      return recorded;
    },
    effect(request) {
      if (request.effect || request.route === null) return;
      request.effect = true;
      count(request.route);
      if (request.taskId !== '') count(`${request.route} ${request.taskId}`);
    },
    effects: (route, taskId) => counts.get(taskId === undefined ? route : `${route} ${taskId}`) ?? 0,
    clear() {
      requests.length = 0;
      counts.clear();
    },
  };
}
