import { expect, test } from '@jest/globals';
import { buildPage } from '../../../../../sandbox/slack/page/build.ts';

test('the page is one document that loads nothing, and is built once', async () => {
  const html = await buildPage();
  expect(buildPage()).toBe(buildPage());
  expect(html).toMatch(/^<!doctype html>/);
  expect(html).not.toMatch(/<script[^>]+src=|<link[^>]+href="https?:|@import|url\(https?:/);
  expect(html).toContain("connect-src 'self'");
  expect(html.match(/<\/script>/g)).toHaveLength(1);
  expect(html).not.toContain('<!-- ');
});
