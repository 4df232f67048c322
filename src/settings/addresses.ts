/** What an address gives away. Text that is no address gives nothing away here; the rules of the settings refuse it. */

/** Whether it names a user or a password. */
export function holdsCredentials(address: string | undefined): boolean {
  const url = parse(address);
  return url !== null && (url.username !== '' || url.password !== '');
}

/** Whether what is sent there crosses a network unencrypted: plain http to another machine. */
export function isUnencrypted(address: string | undefined): boolean {
  const url = parse(address);
  return url?.protocol === 'http:' && !/^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname);
}

/** The password it holds, as written and with its escapes resolved; empty without one. Also of an address that is wrong. */
export function passwordsIn(address: string | undefined): string[] {
  // Of `https://host/?at=a:b@c` nothing is one.
  const [, written = ''] = /^[^:/?#]*:([\s\S]*)$/.exec(userInfoOf(address ?? '')) ?? [];
  const parsed = parse(address)?.password ?? '';
  return [
    ...new Set([written, parsed].flatMap((password) => (password === '' ? [] : [password, unescaped(password)]))),
  ];
}

/** The user name and password as written, whatever signs they contain: all between the scheme and the last @. */
export function userInfoOf(address: string): string {
  const begin = address.indexOf('://');
  const end = address.lastIndexOf('@');
  return begin < 0 || end < begin ? '' : address.slice(begin + 3, end).trim();
}

/**
 * The sign of a user name or password that ends the host of the address early, so that it leads to another host or
 * nowhere; null when there is none.
 */
export function cutOffBy(address: string): string | null {
  const rest = address.slice(address.indexOf('://') + 3);
  const end = rest.search(/[/?#]/);
  if (end < 0) return null;
  const [host, tail] = [rest.slice(0, end), rest.slice(end)];
  // A parameter may contain an @, but neither a path nor a fragment of ours does.
  const path = tail.split('?', 1)[0] ?? '';
  return (host.includes('@') ? path : tail).includes('@') ? tail.charAt(0) : null;
}

/** For the operator. @param sign what `cutOffBy` found */
export function cutOffWords(sign: string): string {
  return `has ${sign} in its user name or password, where it ends the host: write it as ${encodedSign(sign)}`;
}

export const encodedSign = (sign: string): string => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;

function parse(address: string | undefined): URL | null {
  const text = address?.trim() ?? '';
  return URL.canParse(text) ? new URL(text) : null;
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
