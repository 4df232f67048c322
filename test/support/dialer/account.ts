import type { ServerResponse } from 'node:http';
import { type Answering, entity, json, type Received } from './platform.ts';

export type Route = 'create' | 'update' | 'list' | 'destroy' | 'start' | 'stop' | 'import';

/** What goes wrong on a route: whether the request takes effect, and what is answered (undefined: as usual). */
export interface Trouble {
  effect: boolean;
  answer?: (response: ServerResponse, request: Received) => void;
  /** How many requests it meets; all when absent. */
  times?: number;
}

/** The smallest account that really does what it is asked. */
export function createAccount(ids: string[] = []) {
  const tasks = new Map<string, Record<string, unknown>>(ids.map((id) => [id, entity(id)]));
  const troubles = new Map<Route, Trouble>();
  const effects: string[] = [];
  let made = 0;

  function routeOf({ method, path }: Received): [Route, string] | null {
    const [, kind, id = ''] = /^\/v1\/task(?:\/([^/]+)(?:\/([^/]+))?)?$/.exec(path) ?? [];
    if (path === '/v1/task') return [method === 'POST' ? 'create' : 'list', ''];
    if (method === 'PUT' && kind) return ['update', decodeURIComponent(kind)];
    if (kind === 'import_task_customer') return ['import', decodeURIComponent(id)];
    if (kind === 'start' || kind === 'stop' || kind === 'destroy') return [kind, decodeURIComponent(id)];
    return null;
  }

  function carryOut(route: Route, id: string, request: Received): unknown {
    const task = tasks.get(id);
    const now = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
    if (route !== 'list') effects.push(route);
    switch (route) {
      case 'create': {
        made += 1;
        const uuid = `made-${made}`;
        tasks.set(uuid, {
          ...entity(uuid),
          customer_service_id: null,
          remark: null,
          ...JSON.parse(request.body),
          create_datetime: now,
        });
        return tasks.get(uuid);
      }
      case 'update':
        tasks.set(id, {
          ...task,
          remark: null,
          customer_service_id: null,
          ...JSON.parse(request.body),
          alter_datetime: now,
        });
        return tasks.get(id);
      case 'start':
      case 'stop':
        tasks.set(id, { ...task, start: route === 'start' ? 1 : 0 });
        return { code: 200, status: 'success', message: 'ok' };
      case 'destroy':
        tasks.delete(id);
        return '';
      case 'import': {
        const body = JSON.parse(request.body) as Record<string, unknown[]>;
        const bar = task?.progress_bar as { total: number } | null;
        if (bar === null) return { message: 'ok' };
        const grown = bar.total + (body.customer_info_list?.length ?? 0);
        tasks.set(id, { ...task, progress_bar: { ...bar, total: grown } });
        return { message: 'ok' };
      }
      default:
        return { data: [...tasks.values()] };
    }
  }

  const answering: Answering = (request, response) => {
    const [route, id] = routeOf(request) ?? [];
    if (!route) return json(response, { message: 'no route' }, 404);
    const trouble = troubles.get(route);
    if (trouble?.times !== undefined) {
      trouble.times -= 1;
      if (trouble.times < 0) troubles.delete(route);
    }
    const met = troubles.get(route);
    if (!met && id && !tasks.has(id)) return json(response, { message: 'not found' }, 404);
    const usual = met && !met.effect ? { message: 'ok' } : carryOut(route, id ?? '', request);
    if (met?.answer) met.answer(response, request);
    else json(response, usual);
  };

  return { tasks, troubles, effects, answering };
}
