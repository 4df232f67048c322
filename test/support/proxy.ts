import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Server as NetServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';

const files = 'test/fixtures/tls';
/** The certificate of `slack.test` and `dialer.test`; a process that shall trust it takes it as NODE_EXTRA_CA_CERTS. */
export const testCertificate = `${files}/cert.pem`;
export const testKey = `${files}/key.pem`;

const portOf = (server: NetServer | Server): number => (server.address() as AddressInfo).port;

/** Keeps every socket, so that closing does not wait for those that are kept open. */
function closing(server: NetServer): () => Promise<void> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((done) => server.close(done));
  };
}

function pipe(one: Duplex, other: Duplex): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
    from.pipe(to);
  }
}

/** TLS in front of a server on this machine, with the certificate of the tests. */
export async function startTls(url: string): Promise<{ port: number; close(): Promise<void> }> {
  const key = readFileSync(testKey);
  const cert = readFileSync(testCertificate);
  const server = createTlsServer({ key, cert }, (socket) =>
    pipe(socket, connect(Number(new URL(url).port), '127.0.0.1')),
  );
  server.on('tlsClientError', () => {});
  const close = closing(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { port: portOf(server), close };
}

export interface TestProxy {
  url: string;
  /** `host:port` of every tunnel asked for, in order. */
  tunnels: string[];
  /** Addresses of the requests that were forwarded without a tunnel. */
  forwarded: string[];
  close(): Promise<void>;
}

/**
 * An HTTP proxy with CONNECT that asks for credentials. It knows the given hosts (`host:port` → port on this machine)
 * and no other, as the names of `.test` exist nowhere else.
 */
export async function startProxy(
  hosts: Record<string, number>,
  credentials: { username: string; password: string },
): Promise<TestProxy> {
  const tunnels: string[] = [];
  const forwarded: string[] = [];
  const expected = `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;

  const server = createServer((incoming: IncomingMessage, response: ServerResponse) => {
    const target = new URL(incoming.url ?? '/', 'http://no-host');
    forwarded.push(target.href);
    const port = hosts[`${target.hostname}:${target.port || '80'}`];
    if (incoming.headers['proxy-authorization'] !== expected) return void response.writeHead(407).end();
    if (port === undefined) return void response.writeHead(502).end();
    const { 'proxy-authorization': _, ...headers } = incoming.headers;
    const outgoing = request(
      { host: '127.0.0.1', port, method: incoming.method, path: target.pathname + target.search, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    outgoing.on('error', () => response.destroy());
    incoming.pipe(outgoing);
  });
  server.on('connect', (incoming: IncomingMessage, socket: Duplex) => {
    const authority = incoming.url ?? '';
    tunnels.push(authority);
    const port = hosts[authority];
    const status = incoming.headers['proxy-authorization'] !== expected ? 407 : port === undefined ? 502 : 200;
    socket.on('error', () => socket.destroy());
    socket.write(`HTTP/1.1 ${status} ${status === 200 ? 'Connection established' : 'Refused'}\r\n\r\n`);
    if (status === 200 && port !== undefined) pipe(socket, connect(port, '127.0.0.1'));
    else socket.end();
  });
  const close = closing(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { username, password } = credentials;
  return {
    url: `http://${encodeURIComponent(username)}:${encodeURIComponent(password)}@127.0.0.1:${portOf(server)}`,
    tunnels,
    forwarded,
    close,
  };
}
