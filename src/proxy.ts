/** The proxies of the environment: addresses (http or https, perhaps with credentials), null for none. */
export interface Proxies {
  /** For targets over http and ws. */
  http: string | null;
  /** For targets over https and wss. */
  https: string | null;
  /** What goes direct: hosts with their subdomains, each with an optional port, separated by commas; `*` for all. */
  none: string;
}

/**
 * The proxy for a target, null when it is reached directly. As in Go's net/http, this machine itself is never reached
 * through a proxy: the stand-ins run here, and a proxy elsewhere could not reach them.
 */
export function proxyFor(target: string | URL, proxies: Proxies): URL | null {
  const url = new URL(target);
  const secure = url.protocol === 'https:' || url.protocol === 'wss:';
  const address = secure ? proxies.https : proxies.http;
  if (address === null || isLoopback(url.hostname)) return null;
  const port = url.port || (secure ? '443' : '80');
  return exceptions(proxies.none).some((exception) => covers(exception, url.hostname, port)) ? null : new URL(address);
}

/** A proxy as it may be shown: without its credentials. */
export const proxyName = (proxy: URL): string => `${proxy.protocol}//${proxy.host}`;

interface Credentials {
  username: string;
  password: string;
}

/** What a proxy asks for, null when its address has none. */
export function proxyCredentials(proxy: URL): Credentials | null {
  if (proxy.username === '') return null;
  return { username: decodeURIComponent(proxy.username), password: decodeURIComponent(proxy.password) };
}

/** `host:port` alone means http, as everywhere. */
export const withScheme = (address: string): string =>
  /^[a-z][a-z\d+.-]*:\/\//i.test(address) ? address : `http://${address}`;

/** Whether a text is the address of a proxy that can be used. */
export function isProxyAddress(text: string): boolean {
  try {
    const url = new URL(text);
    proxyCredentials(url);
    return /^https?:$/.test(url.protocol) && url.hostname !== '';
  } catch {
    return false;
  }
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);

interface Exception {
  host: string;
  /** '' for every port. */
  port: string;
}

function exceptions(list: string): Exception[] {
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [, host = entry, port = ''] = /^(.*[^:]):(\d+)$/.exec(entry) ?? [];
      return { host: host.replace(/^\*?\./, '').toLowerCase(), port };
    });
}

function covers({ host, port }: Exception, target: string, targetPort: string): boolean {
  if (port !== '' && port !== targetPort) return false;
  return host === '*' || target === host || target.endsWith(`.${host}`);
}
