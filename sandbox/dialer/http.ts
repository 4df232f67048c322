import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Reply } from './replies.ts';

const bodyLimit = 32 * 1024 * 1024;

/** The whole body; null when it is longer than 32 MiB. */
export async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= bodyLimit) chunks.push(chunk);
  }
  return size > bodyLimit ? null : Buffer.concat(chunks);
}

/** Writes an answer; on HEAD only its headers. With `truncate`, a well-formed answer whose JSON stops in the middle. */
export function writeReply(response: ServerResponse, reply: Reply, how: { head: boolean; truncate?: boolean }): void {
  // The other side may have given up meanwhile.
  if (response.destroyed || response.headersSent) return;
  const text = reply.html ?? (reply.body === undefined ? '' : JSON.stringify(reply.body));
  const bytes = Buffer.from(how.truncate === true ? text.slice(0, Math.floor(text.length / 2)) : text);
  const type = reply.html === undefined ? 'application/json' : 'text/html; charset=UTF-8';
  response.writeHead(reply.status, {
    ...(bytes.length === 0 ? {} : { 'content-type': type }),
    'content-length': String(bytes.length),
    'cache-control': 'no-cache, private',
    ...reply.headers,
  });
  response.end(how.head ? undefined : bytes);
}
