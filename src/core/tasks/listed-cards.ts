import type { CardData } from '../model/card.ts';
import type { Reading } from '../model/reading.ts';
import { cardOf } from '../watch/card.ts';
import { derivedOnce } from './derived.ts';
import { inListOrder } from './filter.ts';

/** The card of a reading as lists and Homes show it, made once: what a view draws of it can then be kept as well. */
export const listedCard = derivedOnce((reading: Reading): CardData => cardOf(reading, null));

/**
 * The cards of all tasks that exist, in the order of every list. Neither a reading nor the board's array of them ever changes, and thousands are
 * asked for with every command.
 */
export const listedCards = derivedOnce((readings: readonly Reading[]): readonly CardData[] =>
  inListOrder(readings.filter((reading) => reading.state !== 'gone').map(listedCard)),
);
