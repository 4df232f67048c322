import { describe, expect, test } from '@jest/globals';
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

// As messages and modals they are tried with the views themselves, in both languages and with every name.
describe('no view of the product is refused as Home', () => {
  test.each(['very long'] as const)('with %s names', (kind) => {
    expectAllTaken(everyView(zhCN, hardNames[kind]), 25);
  });

  test.each(menuSizes.filter(({ options }) => [0, 100].includes(options)))('with $options options', (wording) => {
    expectAllTaken(everySizedView(zhCN, wording), 3);
  });
});

function expectAllTaken(views: readonly Rendered[], atLeast: number): void {
  const homes = views
    .map((rendered) => ({ what: rendered.what, ...('view' in rendered ? rendered.view : rendered.message) }))
    .filter(({ blocks }) => fitsHome(blocks));
  expect(homes.length).toBeGreaterThanOrEqual(atLeast);
  const refused = homes.map(({ what, blocks }) => [what, checkView({ type: 'home', blocks }, 'home')]);
  expect(refused.filter(([, refusal]) => refusal !== null)).toEqual([]);
}
