import { describe, expect, test } from '@jest/globals';
import { checkMessage } from '../../../sandbox/slack/validation/messages.ts';
import { checkView } from '../../../sandbox/slack/validation/views.ts';
import { en } from '../../../src/i18n/en.ts';
import { zhCN } from '../../../src/i18n/zh-CN.ts';
import { everyView, type Rendered } from '../../support/every-view.ts';
import { faultsOf } from '../../support/slack-limits.ts';
import { parts, wordsOf } from '../../support/view-text.ts';

const body = (rendered: Rendered) => ('view' in rendered ? rendered.view : rendered.message);

function refusalOf(rendered: Rendered): unknown {
  return 'view' in rendered ? checkView(rendered.view, 'modal') : checkMessage(rendered.message);
}

const names = {
  plain: 'Line A',
  'one character': '线',
  empty: '',
  blank: ' \n ',
  'very long': `${'尊享线路'.repeat(2000)}`,
  'very long words': 'supercalifragilistic '.repeat(400),
  'all markup': '<!channel> *bold* _it_ ~gone~ `code` & <@U1> '.repeat(100),
  'family emoji': '👩‍👩‍👧‍👦'.repeat(500),
};
const languages = { en, 'zh-CN': zhCN };

describe.each(Object.entries(languages))('%s', (_, t) => {
  test.each(Object.entries(names))('with %s names Slack takes every view', (_, name) => {
    for (const rendered of everyView(t, { name, options: 3 })) {
      expect({ what: rendered.what, faults: faultsOf(body(rendered)), refusal: refusalOf(rendered) }).toEqual({
        what: rendered.what,
        faults: [],
        refusal: null,
      });
    }
  });

  test.each([0, 1, 99, 100, 101, 10_000])('with %d options Slack takes every view', (options) => {
    const name = options > 1000 ? 'Line' : '尊享线路'.repeat(100);
    for (const rendered of everyView(t, { name, options })) {
      expect({ what: rendered.what, faults: faultsOf(body(rendered)), refusal: refusalOf(rendered) }).toEqual({
        what: rendered.what,
        faults: [],
        refusal: null,
      });
    }
  });

  test('no view shows a whole phone number, not even out of a name', () => {
    const name = '南京-13800138000-0571-88885008';
    for (const rendered of everyView(t, { name, options: 3 })) {
      // The form and the deletion show the one name that must be typed or edited as it is.
      const exempt = /^delete false$/.test(rendered.what);
      const words = wordsOf(body(rendered)).join('\n').replaceAll('138 0013 8000', '');
      expect([rendered.what, exempt || !/13800138000|88885008/.test(words)]).toEqual([rendered.what, true]);
    }
  });

  test('no name can mention anybody or make a link', () => {
    const name = '<!channel> <@U123> <https://evil.example|x> &';
    for (const rendered of everyView(t, { name, options: 2 })) {
      const markup = JSON.stringify(body(rendered), (key, value) =>
        value?.type === 'plain_text' || ['initial_value', 'accessibility_label', 'value'].includes(key) ? null : value,
      );
      expect([rendered.what, /<!channel|<@U123|<https/.test(markup)]).toEqual([rendered.what, false]);
      const opened = parts(body(rendered), 'mrkdwn').flatMap((part) => String(part.text).match(/<[^>]*>?/g) ?? []);
      expect([rendered.what, opened.filter((token) => !/^<(!date\^|@U|#C)[^<]*>$/.test(token))]).toEqual([
        rendered.what,
        [],
      ]);
    }
  });
});

test('in Chinese no view holds a Latin word but names, ids and command words', () => {
  const allowed = new Set([
    'CSV',
    'TXT',
    'TTS',
    'MB',
    'UTF',
    'Slack',
    'Dialdeck',
    'HTTP',
    'E',
    'x',
    'Li',
    'Lei',
    'Han',
    'Meimei',
  ]);
  for (const rendered of everyView(zhCN, { name: '春季续费', options: 12 })) {
    const text = wordsOf(body(rendered))
      .join('\n')
      .replaceAll(/`[^`]*`/g, '')
      .replaceAll(/<[!@#][^>]*>/g, '');
    const words = (text.match(/[A-Za-z]+/g) ?? []).filter((word) => !allowed.has(word));
    expect([rendered.what, words]).toEqual([rendered.what, []]);
  }
});

test('in English no view holds Chinese', () => {
  for (const rendered of everyView(en, { name: 'Spring renewal', options: 12 })) {
    const text = wordsOf(body(rendered))
      .join('\n')
      .replaceAll(/`[^`]*`/g, '');
    expect([rendered.what, text.match(/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]+/gu) ?? []]).toEqual([
      rendered.what,
      [],
    ]);
  }
});
