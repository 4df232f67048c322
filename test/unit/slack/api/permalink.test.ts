import { expect, test } from '@jest/globals';
import { permalinkOf } from '../../../../src/slack/api/permalink.ts';

const workspace = 'https://acme.slack.com/';

test.each([
  ['C0SALES', '1700000000.000100', 'https://acme.slack.com/archives/C0SALES/p1700000000000100'],
  ['U0ALICE', 'D0ALICE/1700000000.000100', 'https://acme.slack.com/archives/D0ALICE/p1700000000000100'],
  // Of a person's message that an earlier release remembered, the conversation is not known.
  ['U0ALICE', '1700000000.000100', null],
  ['U0ALICE', 'U0ALICE/1700000000.000100', null],
  ['C0SALES', 'nonsense', null],
  ['C0SALES', '../../evil', null],
  ['C0SALES|x>', '1700000000.000100', null],
])('%s %s', (address, message, link) => {
  expect(permalinkOf(workspace, address, message)).toBe(link);
});
