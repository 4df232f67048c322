import { describe, expect, test } from '@jest/globals';
import { holdsCredentials, isUnencrypted, passwordsIn } from '../../../src/settings/addresses.ts';
import { exposedAddresses } from '../../../src/settings/exposure.ts';

describe('an address', () => {
  test.each(['http://a:b@h', 'https://a@h', 'http://:b@h:1/', ' http://a:b@h '])('%s holds credentials', (address) => {
    expect(holdsCredentials(address)).toBe(true);
  });

  test.each(['https://h/a@b', 'https://h?x=a:b@c', '', 'a:b@h', 'no address'])('%j holds none', (address) => {
    expect(holdsCredentials(address)).toBe(false);
    expect(passwordsIn(address)).toEqual([]);
  });

  test.each([
    'http://h',
    'http://10.0.0.1:8080/',
    'HTTP://Calls.Example.com',
    'http://127.example.com',
    'http://[::2]/',
  ])('%s is unencrypted', (address) => {
    expect(isUnencrypted(address)).toBe(true);
  });

  test.each([
    'https://h',
    'http://localhost:3000',
    'http://127.0.0.1:1/api/',
    'http://[::1]:1',
    'http://a.localhost',
    '',
  ])('%j is encrypted, or stays on this machine', (address) => {
    expect(isUnencrypted(address)).toBe(false);
  });
});

test('what an environment exposes is named without its value', () => {
  const exposed = exposedAddresses({
    DIALER_URL: 'http://calls.example.com',
    SLACK_API_URL: 'https://slack.com/api/',
    HTTPS_PROXY: 'http://me:pa55word@proxy:3128',
    http_proxy: 'http://proxy:3128',
  });
  expect(exposed.map(({ what }) => what)).toEqual(['Setting DIALER_URL', 'Proxy in HTTPS_PROXY']);
  expect(JSON.stringify(exposed)).not.toMatch(/pa55|example|3128/);
  expect(exposedAddresses({})).toEqual([]);
});
