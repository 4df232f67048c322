import { describe, expect, test } from '@jest/globals';
import { checkMessage } from '../../../../../sandbox/slack/validation/messages.ts';
import { checkView } from '../../../../../sandbox/slack/validation/views.ts';
import { zhCN } from '../../../../../src/i18n/zh-CN.ts';
import { everySizedView, everyView, hardNames, menuSizes, type Rendered } from '../../../../support/every-view.ts';

/** Blocks that docs.slack.dev allows in messages or modals only. */
const notOnHome = new Set(['markdown', 'alert', 'context_actions', 'task_card', 'plan', 'file']);

/** Views that hold nothing but what Home may show as well. */
function fitsHome(blocks: unknown[]): boolean {
  return blocks.every((block) => {
    const { type, element } = block as { type: string; element?: { type: string } };
    return !notOnHome.has(type) && element?.type !== 'file_input';
  });
}

// In both languages, and with every name, messages and modals are tried with the views themselves; here it is Home too.
describe('no view of the product is refused', () => {
  test.each(['very long'] as const)('with %s names', (kind) => {
    expectAllTaken(everyView(zhCN, hardNames[kind]), 25);
  });

  test.each(menuSizes.filter(({ options }) => [0, 100].includes(options)))('with $options options', (wording) => {
    expectAllTaken(everySizedView(zhCN, wording), 3);
  });
});

function expectAllTaken(views: readonly Rendered[], atLeast: number): void {
  const seen = { modal: 0, message: 0, home: 0 };
  for (const rendered of views) {
    const { what } = rendered;
    if ('view' in rendered) {
      seen.modal += 1;
      expect([what, checkView(rendered.view, 'modal')]).toEqual([what, null]);
    } else {
      seen.message += 1;
      expect([what, checkMessage(rendered.message)]).toEqual([what, null]);
    }
    const { blocks } = 'view' in rendered ? rendered.view : rendered.message;
    if (!fitsHome(blocks)) continue;
    seen.home += 1;
    expect([what, checkView({ type: 'home', blocks }, 'home')]).toEqual([what, null]);
  }
  expect(Math.min(seen.modal, seen.message, seen.home)).toBeGreaterThanOrEqual(atLeast);
}
