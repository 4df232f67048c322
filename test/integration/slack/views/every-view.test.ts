import { describe, test } from '@jest/globals';
import { en } from '../../../../src/i18n/en.ts';
import { zhCN } from '../../../../src/i18n/zh-CN.ts';
import { everySizedView, everyView, hardNames, menuSizes } from '../../../support/every-view.ts';
import { expectFaultless, refusalsOf } from '../../../support/view-faults.ts';

describe.each(Object.entries({ en, 'zh-CN': zhCN }))('%s', (_, t) => {
  test.each(Object.entries(hardNames))('with %s names Slack takes every view', (_, name) => {
    expectFaultless(everyView(t, name), refusalsOf);
  });

  test.each(menuSizes)('with $options options Slack takes every menu and list', (wording) => {
    expectFaultless(everySizedView(t, wording), refusalsOf);
  });
});
