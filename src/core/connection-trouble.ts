/** Why no connection came about, by the codes of Node's network, TLS and HTTP parts. */

/** @internal Exported for tests. */
export const connectionTroubles = [
  'refused',
  'unknown_host',
  'no_route',
  'cut_off',
  'timed_out',
  /** By a CA that this machine does not trust, or by itself. */
  'certificate_untrusted',
  'certificate_expired',
  'certificate_early',
  /** It is for another host. */
  'certificate_name',
  'certificate_refused',
  /** What answers there does not speak TLS, or no version of it that both know. */
  'no_tls',
  'proxy_unreachable',
  /** 407: it asks for another user name or password. */
  'proxy_login',
  /** It does not lead there. */
  'proxy_refused',
] as const;
export type ConnectionTrouble = (typeof connectionTroubles)[number];

/** For the operator, after a colon. */
export const connectionWords: Readonly<Record<ConnectionTrouble, string>> = {
  refused: 'nothing is listening at that address',
  unknown_host: 'the host is not known to the name server',
  no_route: 'no network leads to the host',
  cut_off: 'the connection was cut off',
  timed_out: 'no answer came in time',
  certificate_untrusted: 'its certificate is from a CA that this machine does not trust',
  certificate_expired: 'its certificate has expired, or the clock of this machine is wrong',
  certificate_early: 'its certificate is not valid yet, or the clock of this machine is wrong',
  certificate_name: 'its certificate is for another host',
  certificate_refused: 'its certificate cannot be verified',
  no_tls: 'what answers there does not speak TLS as this machine does',
  proxy_unreachable: 'the proxy cannot be reached',
  proxy_login: 'the proxy refuses the user name or password',
  proxy_refused: 'the proxy refuses to lead there',
};

const byCode: Readonly<Record<string, ConnectionTrouble>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'unknown_host',
  EHOSTUNREACH: 'no_route',
  ENETUNREACH: 'no_route',
  EADDRNOTAVAIL: 'no_route',
  ENETDOWN: 'no_route',
  ECONNRESET: 'cut_off',
  ECONNABORTED: 'cut_off',
  EPIPE: 'cut_off',
  UND_ERR_SOCKET: 'cut_off',
  ETIMEDOUT: 'timed_out',
  UND_ERR_CONNECT_TIMEOUT: 'timed_out',
  UND_ERR_HEADERS_TIMEOUT: 'timed_out',
  UND_ERR_BODY_TIMEOUT: 'timed_out',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate_untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate_untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate_untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate_untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate_untrusted',
  CERT_UNTRUSTED: 'certificate_untrusted',
  CERT_HAS_EXPIRED: 'certificate_expired',
  CERT_NOT_YET_VALID: 'certificate_early',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate_name',
  HOSTNAME_MISMATCH: 'certificate_name',
  EPROTO: 'no_tls',
  ERR_TLS_HANDSHAKE_TIMEOUT: 'timed_out',
  ERR_PROXY_UNREACHABLE: 'proxy_unreachable',
  ERR_PROXY_LOGIN: 'proxy_login',
  ERR_PROXY_REFUSED: 'proxy_refused',
};

/** What one code means; null for codes of other kinds. */
export function connectionTroubleOf(code: string): ConnectionTrouble | null {
  const known = Object.hasOwn(byCode, code) ? byCode[code] : undefined;
  if (known !== undefined) return known;
  if (code.startsWith('EAI_')) return 'unknown_host';
  // Node has a code for each thing that OpenSSL objects to.
  if (/^(?:CERT|CRL|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|UNABLE_TO_)/.test(code)) return 'certificate_refused';
  return /^ERR_(?:SSL|TLS)_/.test(code) ? 'no_tls' : null;
}

/** Failures lie within failures: of a client around a transport, of several addresses of one host. */
const maxDepth = 6;

/** The trouble behind a failure, and its code; null where none is known. */
export function connectionTroubleIn(thrown: unknown): { trouble: ConnectionTrouble; code: string } | null {
  let inner: unknown = thrown;
  for (let depth = 0; depth < maxDepth && typeof inner === 'object' && inner !== null; depth += 1) {
    const { code, cause, original, errors }: Failure = inner;
    const trouble = typeof code === 'string' ? connectionTroubleOf(code) : null;
    if (trouble !== null) return { trouble, code: String(code) };
    inner = cause ?? original ?? (Array.isArray(errors) ? errors[0] : null);
  }
  return null;
}

interface Failure {
  code?: unknown;
  cause?: unknown;
  original?: unknown;
  errors?: unknown;
}
