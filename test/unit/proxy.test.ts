import { describe, expect, test } from '@jest/globals';
import { proxyCredentials, proxyFor, proxyName } from '../../src/proxy.ts';

const proxies = { http: 'http://plain:3128', https: 'http://user:p%40ss@secure:3129', none: '' };
const through = (target: string, none = ''): string | null => proxyFor(target, { ...proxies, none })?.host ?? null;

describe('which proxy', () => {
  test.each([
    ['https://slack.com/api/', 'secure:3129'],
    ['wss://wss-primary.slack.com/link', 'secure:3129'],
    ['http://calls.example.com', 'plain:3128'],
    ['ws://slack.test/link', 'plain:3128'],
    ['http://127.0.0.1:4000', null],
    ['http://[::1]:4000', null],
    ['https://localhost:1', null],
    ['https://dialer.localhost', null],
    ['https://127.0.0.1.example.com', 'secure:3129'],
  ])('%s → %s', (target, host) => expect(through(target)).toBe(host));

  test('none where the environment names none for that protocol', () => {
    expect(proxyFor('https://slack.com', { http: 'http://plain:3128', https: null, none: '' })).toBeNull();
    expect(proxyFor('http://a.example', { http: null, https: 'http://secure:1', none: '' })).toBeNull();
  });
});

describe('exceptions', () => {
  test.each([
    ['calls.example.com', true],
    ['example.com', true],
    ['.example.com', true],
    ['*.example.com', true],
    ['CALLS.example.com', true],
    ['other, calls.example.com', true],
    ['other calls.example.com', true],
    ['*', true],
    ['calls.example.com:443', true],
    ['calls.example.com:80', false],
    ['ample.com', false],
    ['com.example', false],
    [',', false],
  ])('%s', (none, direct) => expect(through('https://calls.example.com', none)).toBe(direct ? null : 'secure:3129'));
});

test('credentials are unescaped for the proxy, and never in its name', () => {
  const proxy = new URL(proxies.https);
  expect(proxyCredentials(proxy)).toEqual({ username: 'user', password: 'p@ss' });
  expect(proxyCredentials(new URL('http://secure:1'))).toBeNull();
  expect(proxyName(proxy)).toBe('http://secure:3129');
});
