import { expect, test } from '@jest/globals';
import { liveADay } from '../support/day.ts';

const hours = 24;

test('a day of twelve tasks takes twenty messages at most', async () => {
  const { told, acts } = await liveADay({ everyMs: 200_000, hours });
  const posted = told.filter(({ kind }) => kind === 'posted');
  const said = (text: RegExp) => posted.filter((each) => text.test(each.text)).map(({ place }) => place);
  // Everything on the agenda took place, and what matters of it was posted.
  expect(acts).toHaveLength(7);
  expect(said(/Calling tasks/)).toHaveLength(1);
  expect(said(/has finished/).length).toBeGreaterThanOrEqual(8);
  expect(said(/双十一会员回访.*was paused outside Dialdeck/)).toEqual(['#outbound-calls']);
  expect(told.filter(({ text }) => /Spring renewal reminder.*nothing moves on its line/.test(text)).length).toBe(1);
  // And nothing else.
  expect(posted.length).toBeLessThanOrEqual(20);
}, 180_000);
