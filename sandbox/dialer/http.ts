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

export interface Writing {
  /** Headers only. */
  head: boolean;
  /** Half of the body: as a well-formed response, or with the full length announced and the connection cut. */
  half?: 'short' | 'cut';
}

/** Writes a response, unless the client has gone or already has one. */
export function writeReply(response: ServerResponse, reply: Reply, { head, half }: Writing): void {
  if (response.destroyed || response.headersSent) return;
  const text = reply.html ?? (reply.body === undefined ? '' : JSON.stringify(reply.body));
  const whole = Buffer.from(text);
  const bytes = half === undefined ? whole : whole.subarray(0, Math.floor(whole.length / 2));
  const type = reply.html === undefined ? 'application/json' : 'text/html; charset=UTF-8';
  response.writeHead(reply.status, {
    ...(bytes.length === 0 ? {} : { 'content-type': type }),
    'content-length': String(half === 'cut' ? whole.length : bytes.length),
    'cache-control': 'no-cache, private',
    ...reply.headers,
  });
  if (half === 'cut') response.write(bytes, () => response.destroy());
  else response.end(head ? undefined : bytes);
}
