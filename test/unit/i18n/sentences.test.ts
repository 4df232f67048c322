import { describe, expect, test } from '@jest/globals';
import { AppError, errorCodes } from '../../../src/core/errors.ts';
import { fieldNames } from '../../../src/core/model/fields.ts';
import type { Problem } from '../../../src/core/tasks/checked.ts';
import { en } from '../../../src/i18n/en.ts';
import { errorSentence, issueSentence } from '../../../src/i18n/sentences.ts';
import { catalogueOf, localeOf } from '../../../src/i18n/translator.ts';
import { zhCN } from '../../../src/i18n/zh-CN.ts';

describe('errorSentence', () => {
  test.each(errorCodes)('%s has a sentence of its own in both languages', (code) => {
    const error = new AppError(code, 'for the log only');
    for (const t of [en, zhCN]) {
      const sentence = errorSentence(t, error);
      expect(sentence.length).toBeGreaterThan(10);
      expect(sentence).not.toContain('for the log only');
      const others = errorCodes
        .filter((other) => other !== code)
        .map((other) => errorSentence(t, new AppError(other, '')));
      expect(others).not.toContain(sentence);
    }
  });

  test('the words of the platform are quoted verbatim, never translated, escaped and masked', () => {
    const details = { platformMessage: '号码 13800138000 已存在 <!channel> & 其他' };
    const sentence = errorSentence(en, new AppError('platform_rejected', '', { details }));
    expect(sentence).toBe(
      'The calling platform refused the request. It says: “号码 138****8000 已存在 &lt;!channel&gt; &amp; 其他”.',
    );
  });

  test('refusals by field are listed, each sentence once', () => {
    const details = { platformMessage: '参数错误', fields: { name: ['名称重复'], remark: ['参数错误'] } };
    expect(errorSentence(zhCN, new AppError('platform_rejected', '', { details }))).toBe(
      '外呼平台拒绝了这次操作。平台提示：“参数错误 名称重复”。',
    );
  });

  test('an endless message of the platform is cut', () => {
    const details = { platformMessage: '错'.repeat(5000) };
    expect(errorSentence(en, new AppError('platform_rejected', '', { details })).length).toBeLessThan(500);
  });

  test('a rate limit says how long to wait', () => {
    const limited = (retryAfterMs: number) => new AppError('platform_rate_limited', '', { details: { retryAfterMs } });
    expect(errorSentence(en, limited(30_000))).toContain('Try again in 30 s.');
    expect(errorSentence(zhCN, limited(120_000))).toContain('请在 2 分钟后重试。');
    expect(errorSentence(en, limited(0))).toContain('Try again in 1 s.');
  });

  test('a lost connection says whether the request may have taken effect', () => {
    const lost = (maybeSent: boolean) => new AppError('platform_timeout', '', { details: { maybeSent } });
    expect(errorSentence(en, lost(true))).toContain('may have taken effect');
    expect(errorSentence(en, lost(false))).toContain('Nothing was changed');
  });

  test("Slack's code is shown as code", () => {
    const error = new AppError('chat_failed', '', { details: { chatError: 'not_in_channel' } });
    expect(errorSentence(zhCN, error)).toContain('`not_in_channel`');
  });
});

describe('issueSentence', () => {
  const problems: Record<Problem['code'], Problem> = {
    required: { code: 'required' },
    too_long: { code: 'too_long', max: 4 },
    not_a_whole_number: { code: 'not_a_whole_number' },
    out_of_range: { code: 'out_of_range', min: 1, max: 4 },
    over_line: { code: 'over_line', max: 4 },
    not_available: { code: 'not_available' },
  };
  test.each(fieldNames)('%s: every code says something, with its figures', (field) => {
    for (const t of [en, zhCN]) {
      for (const problem of Object.values(problems)) {
        const sentence = issueSentence(t, { field, ...problem });
        expect(sentence).toMatch(/\S[.。]$/);
        expect(sentence).not.toMatch(/undefined|NaN/);
        if ('max' in problem) expect(sentence).toContain('4');
        if ('min' in problem) expect(sentence).toContain('1');
      }
    }
  });

  test('the limit of the line is named', () => {
    const issue = { field: 'concurrency', code: 'over_line', max: 4 } as const;
    expect(issueSentence(en, issue)).toContain('max 4');
    expect(issueSentence(zhCN, issue)).toContain('最多 4 路');
  });
});

describe('localeOf', () => {
  test.each([
    ['zh-CN', 'zh-CN'],
    ['zh', 'zh-CN'],
    ['zh-Hans', 'zh-CN'],
    ['zh_TW', 'zh-CN'],
    ['ZH-cn', 'zh-CN'],
    ['en', 'en'],
    ['en-US', 'en'],
    ['en-GB', 'en'],
  ] as const)('%s is read as %s', (slack, locale) => {
    expect(localeOf(slack, locale === 'en' ? 'zh-CN' : 'en')).toBe(locale);
  });

  test.each(['de-DE', '', 'english', undefined])('%s takes the fallback', (slack) => {
    expect(localeOf(slack, 'zh-CN')).toBe('zh-CN');
    expect(localeOf(slack, 'en')).toBe('en');
  });

  test('each locale has its catalogue', () => {
    expect(catalogueOf('en')).toBe(en);
    expect(catalogueOf('zh-CN')).toBe(zhCN);
  });
});
