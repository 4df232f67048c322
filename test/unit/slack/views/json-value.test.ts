import { describe, expect, test } from '@jest/globals';
import { readJson, writeJson } from '../../../../src/slack/views/json-value.ts';

/** As Slack hands back texts of an app, in places that it does not document. */
const sentBack = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

describe('a value that goes through Slack', () => {
  test.each(['R&D', '<b>', '&amp;', '＆＜＞', '＆&', '\\uff06', '"\\"', '春 😀\n', `${'&'.repeat(100)}`])(
    '%j comes back',
    (name) => {
      const value = { name, deep: [writeJson({ name })] };
      const written = writeJson(value);
      expect(written).not.toMatch(/[&<>]/);
      expect(readJson(sentBack(written))).toEqual(value);
    },
  );

  test('takes no more room for the three signs', () => {
    expect(writeJson('&<>'.repeat(100))).toHaveLength(302);
  });
});
