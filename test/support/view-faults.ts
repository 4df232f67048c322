import { expect } from '@jest/globals';
import { checkMessage } from '../../sandbox/slack/validation/messages.ts';
import { checkView } from '../../sandbox/slack/validation/views.ts';
import type { Rendered } from './every-view.ts';
import { faultsOf } from './slack-limits.ts';

export const body = (rendered: Rendered) => ('view' in rendered ? rendered.view : rendered.message);

/** Expects that none has faults; those of all are compared at once, an assertion for each costs more than its view. */
export function expectFaultless(rendered: readonly Rendered[], faults: (one: Rendered) => readonly unknown[]): void {
  expect(rendered.length).toBeGreaterThan(10);
  expect(rendered.map((one) => [one.what, ...faults(one)]).filter(({ length }) => length > 1)).toEqual([]);
}

/** What Slack would refuse about a view or message, by its documented limits and by the stand-in's rules. */
export function refusalsOf(one: Rendered): unknown[] {
  const refusal = 'view' in one ? checkView(one.view, one.view.type) : checkMessage(one.message);
  return refusal === null ? faultsOf(body(one)) : [...faultsOf(body(one)), refusal];
}
