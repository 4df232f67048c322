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

/** The password it holds, as written and with its escapes resolved; empty without one. */
export function passwordsIn(address: string | undefined): string[] {
  const password = parse(address)?.password ?? '';
  return password === '' ? [] : [password, unescaped(password)];
}

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
