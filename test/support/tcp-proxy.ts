import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A network between a client and a server that a test can disturb. */
export interface TcpProxy {
  port: number;
  /** How many connections were accepted so far. */
  accepted(): number;
  /** From now on nothing gets through, in either direction; what is connected stays so, and new connections are accepted. */
  freeze(): void;
  /** What was held back gets through, and everything after it. */
  thaw(): void;
  /** Cuts all connections; new ones get through. */
  drop(): void;
  /** Every piece of data takes that much longer, ms. */
  delay(ms: number): void;
  /** Cuts all connections and refuses new ones. */
  close(): Promise<void>;
}

export async function startTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  let frozen: Promise<void> | null = null;
  let release: () => void = () => undefined;
  let delayMs = 0;
  let count = 0;
  const sockets = new Set<Socket>();

  const track = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  };
  const pump = async (from: Socket, to: Socket): Promise<void> => {
    try {
      for await (const data of from) {
        if (delayMs > 0) await sleep(delayMs);
        await frozen;
        to.write(data);
      }
    } catch {
      // Cut while reading.
    }
    await frozen;
    to.end();
  };

  const server: Server = createServer({ allowHalfOpen: true }, async (client) => {
    count += 1;
    track(client);
    await frozen;
    const upstream = connect({ ...target, allowHalfOpen: true });
    track(upstream);
    void pump(client, upstream);
    void pump(upstream, client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');

  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const thaw = (): void => {
    frozen = null;
    release();
  };
  return {
    port: address.port,
    accepted: () => count,
    freeze() {
      frozen ??= new Promise((resolve) => {
        release = resolve;
      });
    },
    thaw,
    drop,
    delay(ms) {
      delayMs = ms;
    },
    async close() {
      thaw();
      drop();
      server.close();
      await once(server, 'close');
    },
  };
}
