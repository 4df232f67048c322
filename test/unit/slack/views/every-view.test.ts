import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { checkMessage } from '../../../../sandbox/slack/validation/messages.ts';
import { checkView } from '../../../../sandbox/slack/validation/views.ts';
import { en } from '../../../../src/i18n/en.ts';
import { zhCN } from '../../../../src/i18n/zh-CN.ts';
import { everySizedView, everyView, hardNames, menuSizes, type Rendered } from '../../../support/every-view.ts';
import { forbiddenCharacters, forbiddenIn, forbiddenRanges } from '../../../support/hostile-text.ts';
import { faultsOf } from '../../../support/slack-limits.ts';
import { parts, wordsOf } from '../../../support/view-text.ts';

const body = (rendered: Rendered) => ('view' in rendered ? rendered.view : rendered.message);

/** They fit what a view has drawn into Slack's limits, and draw nothing. */
const fitting = ['fitView', 'fitMessage'];

test('every exported view and message is among them', async () => {
  const folder = new URL('../../../../src/slack/views/', import.meta.url);
  const drawn = new Set(everyView(en, 'Line A').map(({ by }) => by));
  const exported: [string, unknown][] = [];
  for (const file of readdirSync(folder)) exported.push(...Object.entries(await import(new URL(file, folder).href)));
  const views = exported.filter(([name]) => /(View|Message)$/.test(name) && !fitting.includes(name));
  expect(views.length).toBeGreaterThan(30);
  expect(views.filter(([, view]) => !drawn.has(view)).map(([name]) => name)).toEqual([]);
});

function expectTaken(rendered: readonly Rendered[]): void {
  expect(rendered.length).toBeGreaterThan(10);
  for (const one of rendered) {
    const refusal = 'view' in one ? checkView(one.view, 'modal') : checkMessage(one.message);
    expect([one.what, faultsOf(body(one)), refusal]).toEqual([one.what, [], null]);
  }
}

describe.each(Object.entries({ en, 'zh-CN': zhCN }))('%s', (_, t) => {
  test.each(Object.entries(hardNames))('with %s names Slack takes every view', (_, name) => {
    expectTaken(everyView(t, name));
  });

  test.each(menuSizes)('with $options options Slack takes every menu and list', (wording) => {
    expectTaken(everySizedView(t, wording));
  });

  test('no view shows a whole phone number, not even out of a name', () => {
    const name = '南京-13800138000-0571-88885008';
    for (const rendered of everyView(t, name)) {
      // The form and the deletion show the one name that must be typed or edited as it is.
      const exempt = /^delete false$/.test(rendered.what);
      const words = wordsOf(body(rendered)).join('\n').replaceAll('138 0013 8000', '');
      expect([rendered.what, exempt || !/13800138000|88885008/.test(words)]).toEqual([rendered.what, true]);
    }
  });

  test('no name can mention anybody or make a link', () => {
    const name = '<!channel> <@U123> <https://evil.example|x> &';
    for (const rendered of everyView(t, name)) {
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

/** Every string of it, whoever reads it. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

describe('characters that steer, turn or hide', () => {
  // Two names of each kind: one beginning with its characters, where a cut leaves them, and one holding all of them.
  const names = Object.keys(forbiddenRanges).flatMap((kind) => {
    const characters = forbiddenCharacters(kind);
    return [characters.slice(0, 20), characters].map((some) => [kind, `a${some.join('b')}c`] as const);
  });
  test.each(names)('%s leave by no view', (_, name) => {
    expect(forbiddenIn(name).length).toBeGreaterThan(0);
    for (const rendered of everyView(en, name)) {
      expect([rendered.what, stringsIn(body(rendered)).flatMap(forbiddenIn)]).toEqual([rendered.what, []]);
    }
  });
});

test('no name becomes an emoji', () => {
  for (const rendered of everyView(zhCN, ':fire: :skull::skin-tone-2: a:100:b')) {
    for (const part of parts(body(rendered), 'plain_text'))
      expect([rendered.what, part.emoji]).toEqual([rendered.what, false]);
    const markup = parts(body(rendered), 'mrkdwn').map((part) => String(part.text));
    const texts = 'message' in rendered ? [...markup, rendered.message.text] : markup;
    const found = texts.flatMap((text) => text.replaceAll(/<[^>]*>/g, '').match(/:[\p{L}\p{N}_+'-]+:/gu) ?? []);
    expect([rendered.what, found]).toEqual([rendered.what, []]);
  }
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
    'Asia',
    'Shanghai',
  ]);
  for (const rendered of everyView(zhCN, '春季续费')) {
    const text = wordsOf(body(rendered))
      .join('\n')
      .replaceAll(/`[^`]*`/g, '')
      .replaceAll(/<[!@#][^>]*>/g, '');
    const words = (text.match(/[A-Za-z]+/g) ?? []).filter((word) => !allowed.has(word));
    expect([rendered.what, words]).toEqual([rendered.what, []]);
  }
});

test('in English no view holds Chinese', () => {
  for (const rendered of everyView(en, 'Spring renewal')) {
    const text = wordsOf(body(rendered))
      .join('\n')
      .replaceAll(/`[^`]*`/g, '');
    expect([rendered.what, text.match(/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]+/gu) ?? []]).toEqual([
      rendered.what,
      [],
    ]);
  }
});
