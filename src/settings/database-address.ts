import { cutOffBy, cutOffWords, encodedSign, userInfoOf } from './addresses.ts';

/** The address of a PostgreSQL database: what is wrong with it, in words that never repeat it. */

/** What `sslmode` may be. pg verifies certificate and name with each of them but the first and the last. */
const sslModes = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'] as const;

/** Written so that no mask takes it for an address with a password. */
const form = 'postgres://host:port/database, with user:password@ before the host';

/** Why it cannot be used; null when it can. */
export function databaseAddressFault(address: string): string | null {
  if (!/^postgres(?:ql)?:\/\//.test(address)) return `must start with postgres://: its form is ${form}`;
  const cut = cutOffBy(address) ?? (address.includes('#') ? '#' : null);
  if (cut !== null) return cutOffWords(cut);
  if (!URL.canParse(address)) {
    return `must have the form ${form}; special characters in the password are percent-encoded (@ is %40, # is %23, / is %2F, ? is %3F, % is %25), and in .env a value with # needs quotation marks`;
  }
  if (!isDecodable(address))
    return 'has a % in its user name, password or database that encodes nothing: write it as %25';
  const mode = new URL(address).searchParams.get('sslmode');
  if (mode === null || sslModes.some((one) => one === mode)) return null;
  return `has an sslmode that does not exist: use verify-full, or one of ${sslModes.join(', ')}`;
}

/** What works here but not with every other program, such as `pg_dump`; null when there is nothing. */
export function databaseAddressHint(address: string): string | null {
  // Behind the host an @ is part of a parameter.
  const userInfo = userInfoOf(/^[^:]*:\/\/[^/?#]*/.exec(address)?.[0] ?? '');
  const sign = userInfo.includes('@') ? '@' : /%(?![\da-fA-F]{2})/.test(userInfo) ? '%' : null;
  if (sign === null) return isCutOff(address) ? commentHint : null;
  return `has ${sign} in its user name or password, which other programs (pg_dump, psql) read differently: write it as ${encodedSign(sign)}`;
}

/** Without a user and a database, as what `.env` leaves of one whose password contains #. */
function isCutOff(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url !== null && url.username === '' && url.pathname.length < 2 && url.search === '';
}

const commentHint =
  'names neither a user nor a database; in .env, what follows a # is a comment unless the value is in quotation marks';

/** The files that its parameters name: certificates and a key. */
export function filesInDatabaseAddress(address: string): { parameter: string; path: string }[] {
  const { searchParams } = new URL(address);
  return ['sslrootcert', 'sslcert', 'sslkey'].flatMap((parameter) => {
    const path = searchParams.get(parameter);
    return path === null || path === '' ? [] : [{ parameter, path }];
  });
}

/**
 * The same with the meaning of `sslmode` fixed: pg takes `prefer`, `require` and `verify-ca` for `verify-full`, says so
 * on stderr, and announces to change it.
 */
export function withFixedSslMode(address: string): string {
  const url = new URL(address);
  const mode = url.searchParams.get('sslmode') ?? '';
  if (!['prefer', 'require', 'verify-ca'].includes(mode) || url.searchParams.has('uselibpqcompat')) return address;
  return address.replace(`sslmode=${mode}`, 'sslmode=verify-full');
}

/** Whether what is sent crosses a network unencrypted. A name without a dot is of this machine, or of a network of containers. */
export function isUnencryptedDatabase(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { hostname, searchParams } = new URL(address);
  const host = searchParams.get('host') ?? hostname;
  const isNear = !/[.:]/.test(host) || host.startsWith('/') || /^(?:127(?:\.\d+){3}|\[?::1\]?)$/.test(host);
  if (isNear) return false;
  const given = ['ssl', 'sslmode', 'sslrootcert', 'sslcert', 'sslnegotiation'].some((name) => searchParams.has(name));
  return !given || searchParams.get('sslmode') === 'disable' || searchParams.get('ssl') === 'false';
}

function isDecodable(address: string): boolean {
  const { username, password, pathname } = new URL(address);
  try {
    // What is no escape at all stays as it is.
    for (const part of [username, password, pathname])
      decodeURIComponent(part.replaceAll(/%(?![\da-fA-F]{2})/g, '%25'));
    return true;
  } catch {
    return false;
  }
}
