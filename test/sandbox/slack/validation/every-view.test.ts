import { describe, expect, test } from '@jest/globals';
import { checkMessage } from '../../../../sandbox/slack/validation/messages.ts';
import { checkView } from '../../../../sandbox/slack/validation/views.ts';
import { en } from '../../../../src/i18n/en.ts';
import { zhCN } from '../../../../src/i18n/zh-CN.ts';
import { everyView } from '../../../support/every-view.ts';

/** Blocks that docs.slack.dev allows in messages or modals only. */
const notOnHome = new Set(['markdown', 'alert', 'context_actions', 'task_card', 'plan', 'file']);

const cases: { names: string; name: string; counts: number[] }[] = [
  { names: 'short', name: '线', counts: [0, 1, 100, 10_000] },
  { names: 'the longest', name: '尊享线路'.repeat(2_000), counts: [0, 1, 100] },
  { names: 'the longest words of', name: 'supercalifragilistic '.repeat(400), counts: [100] },
];

/** Views that hold nothing but what Home may show as well. */
function fitsHome(blocks: unknown[]): boolean {
  return blocks.every((block) => {
    const { type, element } = block as { type: string; element?: { type: string } };
    return !notOnHome.has(type) && element?.type !== 'file_input';
  });
}

describe.each(Object.entries({ en, 'zh-CN': zhCN }))('no view of the product is refused in %s', (_language, t) => {
  test.each(cases)('with $names names and $counts options', ({ name, counts }) => {
    const seen = { modal: 0, message: 0, home: 0 };
    for (const options of counts) {
      for (const rendered of everyView(t, { name, options })) {
        const about = [rendered.what, options];
        if ('view' in rendered) {
          seen.modal += 1;
          expect([...about, checkView(rendered.view, 'modal')]).toEqual([...about, null]);
        } else {
          seen.message += 1;
          expect([...about, checkMessage(rendered.message)]).toEqual([...about, null]);
        }
        const { blocks } = 'view' in rendered ? rendered.view : rendered.message;
        if (!fitsHome(blocks)) continue;
        seen.home += 1;
        expect([...about, checkView({ type: 'home', blocks }, 'home')]).toEqual([...about, null]);
      }
    }
    expect(Math.min(seen.modal, seen.message, seen.home)).toBeGreaterThan(25);
  });
});
