import { describe, expect, test } from '@jest/globals';
import { typedText, unwrapLinks } from '../../../../src/slack/bolt/typed.ts';
import { growthOf, superlinear } from '../../../support/cpu-time.ts';

describe('typed text', () => {
  test.each([
    ['show <http://a.example|a.example>', 'show a.example'],
    ['show <https://a.example/x?a=1&amp;b=2>', 'show https://a.example/x?a=1&b=2'],
    ['new <mailto:li@a.example|li@a.example> again', 'new li@a.example again'],
    ['new <mailto:li@a.example>', 'new li@a.example'],
    ['new <tel:13800138000|138-0013-8000>', 'new 138-0013-8000'],
    ['watch 1 to <#C0SALES|sales>', 'watch 1 to <#C0SALES|sales>'],
    ['for <@U0ALICE|alice>', 'for <@U0ALICE|alice>'],
    // What a person typed comes as entities and is no mark-up, whatever it looks like.
    ['show &lt;http://a.example|b&gt;', 'show <http://a.example|b>'],
    ['show R&amp;D &lt;b&gt; &amp;lt;', 'show R&D <b> &lt;'],
    [' show\u00a0\u202e1\u0000 ', 'show\u00a01'],
    ['show \u200b*\u200bVIP\u200b*\u200b', 'show *VIP*'],
  ])('%j is %j', (text, typed) => {
    expect(typedText(text)).toBe(typed);
  });

  test.each([
    ['<', (n: number) => '<'.repeat(n)],
    ['<http:', (n: number) => '<http:x'.repeat(n)],
    ['<http:…|', (n: number) => `<http:${'x'.repeat(n)}|`],
    ['&', (n: number) => '&amp;'.repeat(n)],
  ])('%s many times: it takes no longer than they are more', (_, inputOf) => {
    expect(growthOf(inputOf, 40_000, unwrapLinks)).toBeLessThan(superlinear);
    expect(growthOf(inputOf, 40_000, typedText)).toBeLessThan(superlinear);
  });
});
