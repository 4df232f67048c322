import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { en } from '../../../../src/i18n/en.ts';
import { zhCN } from '../../../../src/i18n/zh-CN.ts';
import { everyView } from '../../../support/every-view.ts';
import { body, expectFaultless, refusalsOf } from '../../../support/view-faults.ts';
import { parts, wordsOf } from '../../../support/view-text.ts';

/** They fit what a view has drawn into Slack's limits, and draw nothing. */
const fitting = ['fitView', 'fitHome', 'fitMessage'];

test('every exported view and message is among them', async () => {
  const folder = new URL('../../../../src/slack/views/', import.meta.url);
  const drawn = new Set(everyView(en, 'Line A').map(({ by }) => by));
  const exported: [string, unknown][] = [];
  for (const file of readdirSync(folder)) exported.push(...Object.entries(await import(new URL(file, folder).href)));
  const views = exported.filter(([name]) => /(View|Message)$/.test(name) && !fitting.includes(name));
  expect(views.length).toBeGreaterThan(30);
  expect(views.filter(([, view]) => !drawn.has(view)).map(([name]) => name)).toEqual([]);
});

describe.each(Object.entries({ en, 'zh-CN': zhCN }))('%s', (_, t) => {
  test('Slack takes every view', () => {
    expectFaultless(everyView(t, 'Spring renewal'), refusalsOf);
  });

  test('no view shows a whole phone number, not even out of a name', () => {
    const name = '南京-13800138000-0571-88885008';
    expectFaultless(everyView(t, name), (rendered) => {
      // The form and the deletion show the one name that must be typed or edited as it is.
      if (/^delete false$/.test(rendered.what)) return [];
      const words = wordsOf(body(rendered)).join('\n').replaceAll('138 0013 8000', '');
      return words.match(/13800138000|88885008/g) ?? [];
    });
  });

  /** A message of our own, behind words of our own. */
  const ownLink = /<https:\/\/acme\.slack\.com\/archives\/[A-Z0-9]+\/p\d+\|[\p{L} ]+>/gu;

  test('no name can mention anybody or make a link', () => {
    const name = '<!channel> <@U123> <https://evil.example|x> &';
    expectFaultless(everyView(t, name), (rendered) => {
      const markup = JSON.stringify(body(rendered), (key, value) =>
        ['plain_text', 'raw_text', 'link'].includes(value?.type) ||
        ['initial_value', 'accessibility_label', 'value'].includes(key)
          ? null
          : value,
      );
      const opened = parts(body(rendered), 'mrkdwn').flatMap((part) => String(part.text).match(/<[^>]*>?/g) ?? []);
      return [
        ...(markup.replaceAll(ownLink, '').match(/<!channel|<@U123|<https/g) ?? []),
        ...opened.filter((token) => !/^<(!date\^|@U|#C)[^<]*>$/.test(token) && token.replace(ownLink, '') !== ''),
      ];
    });
  });
});

test('no name becomes an emoji', () => {
  expectFaultless(everyView(zhCN, ':fire: :skull::skin-tone-2: a:100:b'), (rendered) => {
    const drawn = parts(body(rendered), 'plain_text').filter(({ emoji }) => emoji !== false);
    const markup = parts(body(rendered), 'mrkdwn').map((part) => String(part.text));
    const cells = parts(body(rendered), 'raw_text', 'link').map((part) => String(part.text));
    const texts = [...markup, ...cells, ...('message' in rendered ? [rendered.message.text] : [])];
    const found = texts.flatMap((text) => text.replaceAll(/<[^>]*>/g, '').match(/:[\p{L}\p{N}_+'-]+:/gu) ?? []);
    return [...drawn, ...found];
  });
});

test('in Chinese no view holds a Latin word but names, ids and command words', () => {
  const allowed = new Set([
    'CSV',
    'XLSX',
    'XLS',
    'XLSB',
    'ODS',
    'XML',
    'PDF',
    'JSON',
    'vCard',
    'Excel',
    'OpenDocument',
    'Numbers',
    'Apple',
    'GB',
    'GBK',
    'Big',
    'Shift',
    'JIS',
    'LE',
    'BE',
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
  expectFaultless(everyView(zhCN, '春季续费'), (rendered) => {
    const text = wordsOf(body(rendered))
      .join('\n')
      .replaceAll(/`[^`]*`/g, '')
      .replaceAll(/<[!@#][^>]*>/g, '')
      .replaceAll(/<https:[^|>]*\|/g, '');
    return (text.match(/[A-Za-z]+/g) ?? []).filter((word) => !allowed.has(word));
  });
});

test('in Chinese no blank follows a punctuation mark, but in front of a mention', () => {
  expectFaultless(everyView(zhCN, '任务'), (rendered) =>
    wordsOf(body(rendered)).flatMap((text) => text.match(/[^。！？；，：]*[。！？；，：] (?!<@)\S*/g) ?? []),
  );
});

test('in English no view holds Chinese', () => {
  expectFaultless(everyView(en, 'Spring renewal'), (rendered) => {
    const text = wordsOf(body(rendered))
      .join('\n')
      .replaceAll(/`[^`]*`/g, '');
    return text.match(/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]+/gu) ?? [];
  });
});
