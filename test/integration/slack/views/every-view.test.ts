import { describe, expect, test } from '@jest/globals';
import { en } from '../../../../src/i18n/en.ts';
import { zhCN } from '../../../../src/i18n/zh-CN.ts';
import { everySizedView, everyView, hardNames, menuSizes } from '../../../support/every-view.ts';
import { forbiddenCharacters, forbiddenIn, forbiddenRanges } from '../../../support/hostile-text.ts';
import { body, expectFaultless, refusalsOf } from '../../../support/view-faults.ts';

describe.each(Object.entries({ en, 'zh-CN': zhCN }))('%s', (_, t) => {
  test.each(Object.entries(hardNames))('with %s names Slack takes every view', (_, name) => {
    expectFaultless(everyView(t, name), refusalsOf);
  });

  test.each(menuSizes)('with $options options Slack takes every menu and list', (wording) => {
    expectFaultless(everySizedView(t, wording), refusalsOf);
  });
});

/** Every string of it, for any reader. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

describe('characters that steer, turn or hide', () => {
  // A name of each kind, short enough that a cut leaves it, and one of all kinds that is cut.
  const kinds = Object.keys(forbiddenRanges).map((kind) => [kind, forbiddenCharacters(kind)] as const);
  const names = [
    ...kinds.map(([kind, characters]) => [kind, `a${characters.slice(0, 20).join('b')}c`] as const),
    ['all of them', `a${kinds.flatMap(([, characters]) => characters.slice(-200)).join('b')}c`] as const,
  ];
  test.each(names)('%s leave by no view', (_, name) => {
    expect(forbiddenIn(name).length).toBeGreaterThan(0);
    expectFaultless(everyView(en, name), (rendered) => forbiddenIn(stringsIn(body(rendered)).join('\n')));
  });
});
