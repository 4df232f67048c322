import { describe, expect, test } from '@jest/globals';
import { en } from '../../../../src/i18n/en.ts';
import { unescapeMarkup } from '../../../../src/i18n/escape.ts';
import { typedText } from '../../../../src/slack/bolt/typed.ts';
import { cut, cutMarkup } from '../../../../src/slack/views/cut.ts';
import { channelLink, code, date, named, person, plainName } from '../../../../src/slack/views/mrkdwn.ts';

/** What Slack would read as formatting: a mark with a word on its inner side and none on its outer. */
const formats = (text: string) =>
  /(?<![\p{L}\p{N}\u200b])([*_~`])(?=[^\s\u200b]).*?(?<=[^\s\u200b])\1(?![\p{L}\p{N}\u200b])/u.test(text);

describe('named', () => {
  test('escapes the three characters of markup, once', () => {
    expect(named('<!channel> & <@U1>')).toBe('&lt;!channel&gt; &amp; &lt;@U1&gt;');
  });

  test.each(['*bold*', '_it_', '~gone~', '`code`', 'a *b* c', '*'])('%j formats nothing', (text) => {
    expect(formats('*bold*')).toBe(true);
    expect(formats(named(text))).toBe(false);
    expect(named(text).replaceAll('\u200b', '')).toBe(text);
  });

  test.each([':fire:', 'a:100:b', ':+1::skin-tone-2:', '09:00:00', '::', 'a:b'])('%j becomes no emoji', (text) => {
    expect(named(text)).not.toMatch(/:[^\s:\u200b]+:/);
    expect(named(text).replaceAll('\u200b', '')).toBe(text);
  });

  test.each(['@here', '@channel', '@everyone', '<!here>', '<!subteam^S1>', '<@U0ALICE>', '&lt;!here&gt;', '<#C1|x>'])(
    '%j mentions nobody',
    (text) => {
      expect(named(text)).not.toMatch(/[<>]/);
      expect(unescapeMarkup(named(text))).toBe(text);
    },
  );

  test('copied out of chat it is typed as the name it was', () => {
    for (const name of ['*VIP* :fire: `x`', 'R&D <b>', '_a_ 09:00:00']) {
      expect(typedText(named(name))).toBe(name);
    }
  });

  test('what shows nothing is shown as nothing', () => {
    for (const text of ['\u3164', '\u200b\u2060', '\u{e0041}', '\u0000']) expect(plainName(text)).toBe('–');
  });

  test('nothing hides a phone number from its mask', () => {
    expect(plainName('138\u200b0013\u200d8000')).toBe('138****8000');
  });

  test('an underscore inside a word stays as it is, so that the name can be copied', () => {
    expect(named('list_2026_v3')).toBe('list_2026_v3');
    expect(named('名单_第一批')).toBe('名单_第一批');
  });

  test('is on one line, without phone numbers, and is never empty', () => {
    expect(named('a\n\n b\tc')).toBe('a b c');
    expect(named('南京-17361984317')).toBe('南京-173****4317');
    expect(plainName(' ')).toBe('–');
  });
});

describe('cut', () => {
  test('leaves what fits and ends in … what does not', () => {
    expect(cut('Line', 4)).toBe('Line');
    expect(cut('Lines', 4)).toBe('Lin…');
    expect(cut('', 4)).toBe('');
  });

  test('never splits what people see as one character', () => {
    const family = '👩‍👩‍👧‍👦';
    expect(cut(family.repeat(3), family.length + 5)).toBe(`${family}…`);
    expect(cut('e\u0301e\u0301e\u0301', 4)).toBe('e\u0301…');
    expect(cut('🇨🇳🇨🇳', 6)).toBe('🇨🇳…');
  });

  test('is never longer than allowed, whatever comes in', () => {
    for (const text of ['x'.repeat(5000), '👩‍👩‍👧‍👦'.repeat(900), '线路'.repeat(900), `a${'\u0301'.repeat(4000)}`]) {
      for (const max of [1, 2, 24, 75, 150, 3000]) expect(cut(text, max).length).toBeLessThanOrEqual(max);
    }
  });

  test('in markup it ends before a token or an entity that would be broken', () => {
    expect(cutMarkup('at <!date^1^{time}|10:00> sharp', 12)).toBe('at…');
    expect(cutMarkup('a &amp; b and more', 6)).toBe('a…');
    expect(cutMarkup('a &amp; b and more', 9)).toBe('a &amp;…');
  });
});

test('a date token carries whole seconds, the format and a fallback', () => {
  expect(date(Date.UTC(2026, 0, 5, 2, 0, 0, 999), '{time}')).toBe('<!date^1767578400^{time}|2026-01-05 02:00 UTC>');
  expect(date(1000, '{time}', 'a>b')).toBe('<!date^1^{time}|a&gt;b>');
});

test('ids and code cannot break out', () => {
  expect(person('U1> <!channel')).toBe('<@U1channel>');
  expect(channelLink('C0SALES', en)).toBe('<#C0SALES>');
  for (const id of ['C1|x', 'D0DIRECT', 'U0ALICE', '']) expect(channelLink(id, en)).toBe('this conversation');
  expect(code('a`b<c')).toBe("`a'b&lt;c`");
});
