import { get } from 'node:http';

/** Being served on this machine: why it cannot be, and asking what is. */

interface At {
  /** As in HOST; undefined for the usual one. */
  host: string | undefined;
  port: number;
}

/** Why nothing can be served there, for the operator; null when what was thrown says nothing of it. */
export function listenTrouble(thrown: unknown, { port }: Pick<At, 'port'>): { seen: string; fix: string } | null {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown && 'syscall' in thrown)) return null;
  switch (thrown.code) {
    case 'EADDRINUSE':
      return { seen: `port ${port} is in use`, fix: 'Stop the other process, or set PORT to another port.' };
    case 'EACCES':
      return { seen: `port ${port} may not be used by this user`, fix: 'Set PORT to a port above 1023.' };
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
      return { seen: 'HOST is no address of this machine', fix: `Set HOST to one of its addresses, ${usual}.` };
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return thrown.syscall === 'getaddrinfo'
        ? { seen: 'HOST is a name that is not known', fix: `Set HOST to an address of this machine, ${usual}.` }
        : null;
    default:
      return null;
  }
}

const usual = 'or leave it unset';

/** No response of Dialdeck's own to `/healthz` and `/readyz` is longer. */
const maxBytes = 4_096;

/**
 * Asks what serves on this machine, never through a proxy, and on any port. null: nothing responds in time.
 * @returns the status, and the beginning of the body
 */
export function askHere(at: At, path: string, withinMs: number): Promise<{ status: number; text: string } | null> {
  const { host, port } = reachable(at);
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(withinMs);
    const asking = get({ host, port, path, agent: false, signal }, (response) => {
      const parts: Buffer[] = [];
      const answer = () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8').slice(0, maxBytes) });
      response.on('data', (part: Buffer) => {
        parts.push(part);
        if (Buffer.concat(parts).length < maxBytes) return;
        answer();
        asking.destroy();
      });
      response.on('end', answer);
      response.on('error', () => resolve(null));
    });
    asking.on('error', () => resolve(null));
  });
}

/** Where a bot with these settings responds: one that listens on every address listens on the local one. */
export function reachable({ host, port }: At): { host: string; port: number } {
  const every = { '0.0.0.0': '127.0.0.1', '::': '::1' } as const;
  const isEvery = (one: string | undefined): one is keyof typeof every => one !== undefined && one in every;
  return { host: isEvery(host) ? every[host] : (host ?? '127.0.0.1'), port };
}
