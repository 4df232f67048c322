import { describe, expect, test } from '@jest/globals';
import { typedText } from '../../../../src/slack/bolt/typed.ts';
import { readTarget } from '../../../../src/slack/bolt/typed-target.ts';
import { growthOf, superlinear } from '../../../support/cpu-time.ts';

test.each([
  ['Spring to <#C123|sales>', 'Spring', 'C123'],
  ['Spring <#C123>', 'Spring', 'C123'],
  ['Spring in <#G123|>', 'Spring', 'G123'],
  ['春季 到 <#C123|销售>', '春季', 'C123'],
  ['Go to market TO <#C123|x>  ', 'Go to market', 'C123'],
  ['Mikado <#C123|x>', 'Mikado', 'C123'],
  ['A &amp; B to <#C123|x>', 'A & B', 'C123'],
  ['to <#C123|x>', '', 'C123'],
  ['<#C123|x>', '', 'C123'],
])('%s: a channel that Slack wrote', (raw, ref, id) => {
  expect(readTarget(raw)).toEqual({ ref, mention: { kind: 'channel', id } });
});

test.each([
  ['Spring to #nope', 'Spring', '#nope'],
  ['Spring to &lt;#C123|x&gt;', 'Spring', '<#C123|x>'],
  ['Spring to &amp;lt;#C123&amp;gt;', null, null],
  ['Spring to <@U123|bob>', 'Spring', '<@U123|bob>'],
  ['春季 到 #没有', '春季', '#没有'],
  ['Spring to <#U123|x>', 'Spring', '<#U123|x>'],
])('%s: what looks like a channel and is none', (raw, ref, typed) => {
  if (ref === null) expect(readTarget(raw).mention.kind).not.toBe('channel');
  else expect(readTarget(raw)).toEqual({ ref, mention: { kind: 'mistake', typed } });
});

test.each(['Spring', 'Spring #3', 'Wave #nope', 'Call <#C123|x> again', '“to”', 'A &lt;b&gt;'])(
  '%s: the name of a task and no place',
  (raw) => {
    expect(readTarget(raw)).toEqual({ ref: typedText(raw), mention: { kind: 'none' } });
  },
);

test.each([
  ['all to me', 'all'],
  ['Spring to me', 'Spring'],
  ['mine for me', 'mine'],
  ['all TO MYSELF', 'all'],
  ['全部 给我', '全部'],
  ['我的 到我', '我的'],
  ['春季 发给我', '春季'],
  ['to me', ''],
])('%s: the direct messages of the person', (raw, ref) => {
  expect(readTarget(raw)).toEqual({ ref, mention: { kind: 'me' } });
});

test.each(['Welcome', 'Call me', 'Tome', 'Give it to mel'])('%s: no place', (raw) => {
  expect(readTarget(raw)).toEqual({ ref: raw, mention: { kind: 'none' } });
});

describe('long input', () => {
  test.each([' ', 'to ', '<#', '<#C1|', '#', ' to #', '&lt;#'])('of %j is read in steps, not in squares', (part) => {
    // Four thousand characters is the most that Slack lets through.
    expect(growthOf((size) => `${part.repeat(size)}x`, 64_000, readTarget)).toBeLessThan(superlinear);
  });
});
