import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { entity } from '../test/support/dialer/platform.ts';

/**
 * A platform that does not page, for bench/poll.ts: `argv[2]` tasks, every second one on. `change` moves the figures of
 * one in a hundred.
 */
const count = Number(process.argv[2]);
const sample = entity('task');
const dialed = Array.from({ length: count }, () => 400);

function bodyNow(): Buffer {
  const data = dialed.map((progress, index) => ({
    ...sample,
    uuid: `task-${index}`,
    name: `Wave ${index} 春季回访`,
    start: index % 2,
    progress_bar: { total: 1_000, progress, percent: Math.floor(progress / 10) },
  }));
  return Buffer.from(JSON.stringify({ data }));
}

let body = bodyNow();
const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(body);
});
process.on('message', () => {
  for (let index = 50; index < count; index += 100) dialed[index] = (dialed[index] ?? 0) + 1;
  body = bodyNow();
  process.send?.('changed');
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
