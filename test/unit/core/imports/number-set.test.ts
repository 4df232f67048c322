import { expect, test } from '@jest/globals';
import { NumberSet } from '../../../../src/core/imports/number-set.ts';

test.each([0, 100, 30_000])(
  'knows what was added, as a Set does, whether %i or more numbers were expected',
  (expected) => {
    const numbers = [1, 2 ** 32, 2 ** 32 + 1, 2 ** 53 - 1];
    for (let index = 0; index < 20_000; index += 1)
      numbers.push(8_613_000_000_000 + ((index * 7_919) % 9_000), index + 3);
    const [ours, theirs] = [new NumberSet(expected), new Set<number>()];
    const added = numbers.map((number) => ours.add(number));
    expect(added).toEqual(numbers.map((number) => theirs.size < theirs.add(number).size));
  },
);
