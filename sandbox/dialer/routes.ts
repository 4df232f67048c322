/** The routes of the task API, and the optional progress endpoint. */
export const routeNames = [
  'init',
  'create',
  'update',
  'list',
  'destroy',
  'start',
  'stop',
  'import',
  'progress',
] as const;
export type RouteName = (typeof routeNames)[number];

interface Route {
  name: RouteName;
  method: 'GET' | 'POST' | 'PUT';
  /** As printed; `{id}` stands for one path segment. */
  path: string;
  /** Changes something, whatever its method. */
  mutates: boolean;
}

export const routes: readonly Route[] = [
  { name: 'init', method: 'GET', path: '/v1/task/create', mutates: false },
  { name: 'create', method: 'POST', path: '/v1/task', mutates: true },
  { name: 'update', method: 'PUT', path: '/v1/task/{id}', mutates: true },
  { name: 'list', method: 'GET', path: '/v1/task', mutates: false },
  { name: 'destroy', method: 'GET', path: '/v1/task/destroy/{id}', mutates: true },
  { name: 'start', method: 'GET', path: '/v1/task/start/{id}', mutates: true },
  { name: 'stop', method: 'GET', path: '/v1/task/stop/{id}', mutates: true },
  { name: 'import', method: 'POST', path: '/v1/task/import_task_customer/{id}', mutates: true },
  { name: 'progress', method: 'GET', path: '/v1/task/progress/{id}', mutates: false },
];

export type Match =
  | { kind: 'route'; route: Route; taskId: string; head: boolean }
  | { kind: 'wrong method'; allow: string }
  | { kind: 'nothing' };

/** Finds the route of a request. HEAD is served by the GET route, as web frameworks tend to do. */
export function matchRoute(method: string, path: string, withProgress: boolean): Match {
  const candidates = routes.flatMap((route) => {
    const taskId = idIn(route.path, path);
    return taskId === null || (route.name === 'progress' && !withProgress) ? [] : [{ route, taskId }];
  });
  const head = method === 'HEAD';
  const found = candidates.find(({ route }) => route.method === (head ? 'GET' : method));
  if (found !== undefined) return { kind: 'route', ...found, head };
  if (candidates.length === 0) return { kind: 'nothing' };
  return { kind: 'wrong method', allow: [...new Set(candidates.map(({ route }) => route.method))].join(', ') };
}

/** The `{id}` of a path that fits the pattern ('' when the pattern has none), null when it does not fit. */
function idIn(pattern: string, path: string): string | null {
  const prefix = pattern.replace('{id}', '');
  if (prefix === pattern) return path === pattern ? '' : null;
  const rest = path.startsWith(prefix) ? path.slice(prefix.length) : '';
  if (rest === '' || rest.includes('/')) return null;
  try {
    return decodeURIComponent(rest);
  } catch {
    return null;
  }
}
