import { withScheme } from '../proxy.ts';
import { passwordsIn } from './addresses.ts';
import { type Environment, fileSettings, valueIn } from './environment.ts';
import { secrecyOf } from './settings.ts';

/** Every value in the environment that must never be printed. */
export function secretsIn(environment: Environment): string[] {
  const names = fileSettings.filter((name) => secrecyOf(name) === 'value');
  // With the quotation marks that were given around it, and without.
  const whole = names.flatMap((name) => [environment[name], valueIn(environment, name)]);
  const proxies = ['HTTPS_PROXY', 'HTTP_PROXY'].flatMap((name) => [environment[name], environment[name.toLowerCase()]]);
  // `user:password@host:port` is no address without the scheme that a proxy may leave out.
  const bare = proxies.flatMap((proxy) => (proxy === undefined || proxy.includes('://') ? [] : [withScheme(proxy)]));
  // An address that is refused for its password must not be printed either.
  const passwords = [...Object.values(environment), ...bare].flatMap((value) => passwordsIn(value));
  return [...new Set([...whole, ...passwords].flatMap((secret) => secret?.trim() || []))];
}
