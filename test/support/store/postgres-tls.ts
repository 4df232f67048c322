import { readFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { testCertificate, testKey } from '../proxy.ts';

/** A PostgreSQL server with TLS: one without it, behind what answers the request for TLS as a server does. */
export interface PostgresTls {
  port: number;
  /** Connections that were encrypted, and those that were refused because they were not to be. */
  seen: { encrypted: number; plain: number };
  close(): Promise<void>;
}

/** The first message of a client that wants TLS (PostgreSQL's documentation, Message Formats, SSLRequest). */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

export async function startPostgresTls(target: { host: string; port: number }): Promise<PostgresTls> {
  const secrets = { key: readFileSync(testKey), cert: readFileSync(testCertificate) };
  const seen = { encrypted: 0, plain: 0 };
  const sockets = new Set<Socket>();
  const track = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    track(client);
    client.once('data', (first: Buffer) => {
      if (!first.equals(sslRequest)) {
        seen.plain += 1;
        client.destroy();
        return;
      }
      client.pause();
      client.write('S');
      const secured = new TLSSocket(client, { isServer: true, ...secrets });
      track(secured);
      secured.once('secure', () => {
        seen.encrypted += 1;
        const upstream = connect(target);
        track(upstream);
        secured.pipe(upstream).pipe(secured);
      });
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    seen,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
