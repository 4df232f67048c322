import type { ServerResponse } from 'node:http';
import { createPlatform, entity, json, type Received } from '../../test/support/dialer/platform.ts';
import { type Body, runningTask, type Said } from './platform-words.ts';

/**
 * The calling platform of a trial, in a process of its own: an account with some tasks, one of which is running, until
 * it is told to answer every reading of the list with a bad body. It takes starts and stops in any case.
 */

const [taskCount = 0] = process.argv.slice(2).map(Number);
const say = (said: Said): void => void process.send?.(said);

let body: Body = 'tasks';
let listed = 0;
let started = 1;

const others = Array.from({ length: taskCount }, (_, index) =>
  JSON.stringify(entity(`task-${index}`, { name: `Campaign ${index}` })),
);
const running = (): string => JSON.stringify(entity(runningTask.id, { name: runningTask.name, start: started }));
const commas = Buffer.from(`["${'","'.repeat(10_000_000 / 3)}"]`);
const quotes = Buffer.from(`{"data":["${'\\"'.repeat(500_000)}"]}`);

const perPage = 50;
/** One task of a page that never was before; its id is put in where this is. */
const placeholder = 'id-of-the-task';
const oneOfMany = JSON.stringify(entity(placeholder, { name: 'Campaign' }));

function endlessPage(page: number): string {
  const tasks = Array.from({ length: perPage }, (_, index) =>
    oneOfMany.replace(placeholder, `task-${page}-${index}`),
  ).join(',');
  return `{"data":[${tasks}],"meta":{"current_page":${page},"last_page":${page + 1}}}`;
}

function listIn(page: number): string | Buffer {
  switch (body) {
    case 'tasks':
      return `{"data":[${[running(), ...others].join(',')}]}`;
    case 'commas':
      return commas;
    case 'quotes':
      return quotes;
    case 'endless':
      return endlessPage(page);
  }
}

function answerList({ query }: Received, response: ServerResponse): void {
  listed += 1;
  say({ listed });
  response.writeHead(200, { 'content-type': 'application/json' }).end(listIn(Number(query.get('page') ?? 1)));
}

const platform = await createPlatform((request, response) => {
  const [, verb, id = ''] = /^\/v1\/task\/(start|stop)\/([^/]+)$/.exec(request.path) ?? [];
  if (request.path === '/v1/task') return answerList(request, response);
  if (verb === undefined) return json(response, {}, 404);
  if (verb === 'stop') say({ stopped: decodeURIComponent(id) });
  started = verb === 'start' ? 1 : 0;
  json(response, running());
});
process.on('message', (wanted: Body) => {
  body = wanted;
});
// The parent process is gone.
process.on('disconnect', () => process.exit(0));
say({ ready: platform.url });
