import { passwordsIn } from './addresses.ts';
import { withScheme } from './proxy.ts';

/** Every value in the environment that must never be printed. */
export function secretsIn(environment: Readonly<Record<string, string | undefined>>): string[] {
  const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, DIALER_TOKEN, DATABASE_URL } = environment;
  const { NUMBERS_KEY, NUMBERS_KEY_PREVIOUS } = environment;
  const tokens = [SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, DIALER_TOKEN];
  const whole = [...tokens, DATABASE_URL, NUMBERS_KEY, NUMBERS_KEY_PREVIOUS];
  const proxies = ['HTTPS_PROXY', 'HTTP_PROXY'].flatMap((name) => [environment[name], environment[name.toLowerCase()]]);
  // `user:password@host:port` is no address without the scheme that a proxy may leave out.
  const bare = proxies.flatMap((proxy) => (proxy === undefined || proxy.includes('://') ? [] : [withScheme(proxy)]));
  // An address that is refused for its password must not be printed either.
  const passwords = [...Object.values(environment), ...bare].flatMap((value) => passwordsIn(value));
  return [...whole, ...passwords].flatMap((secret) => secret?.trim() || []);
}
