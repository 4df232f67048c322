import { type Act, type Actor, type Reading, runnerAfter } from '../model/reading.ts';
import type { ImportTally } from '../model/record-entry.ts';

/**
 * A change through Dialdeck as it is noted; `count`: how many numbers an import added, null or absent where unknown.
 * `ofStop`: one of many by an emergency stop or its end, which is announced as a whole and leaves to everybody the tasks
 * that they run. `announced`: by a schedule. `list`: what became of the list of an import.
 */
export type NewAct = Actor & {
  count?: number | null;
  ofStop?: boolean;
  announced?: boolean;
  list?: ImportTally;
};

/** So many acts are remembered of a task. */
export const maxActs = 3;

/** The reading with one more act. An act that is noted twice, because the first attempt was not known to succeed, is one. */
export function withAct(
  reading: Reading,
  { count = null, ofStop = false, announced: _said, list: _recorded, ...actor }: NewAct,
): Reading {
  const act: Act = { ...actor, count };
  const earlier = isNoted(reading, act) ? reading.acts.slice(0, -1) : reading.acts;
  return {
    ...reading,
    actor,
    acts: [...earlier, act].slice(-maxActs),
    runBy: ofStop ? reading.runBy : runnerAfter(reading.runBy, actor),
  };
}

/** Whether the act is the last one noted of the reading. */
export function isNoted({ acts }: Pick<Reading, 'acts'>, act: NewAct): boolean {
  const last = acts.at(-1);
  return last !== undefined && isSame(last, act);
}

const isSame = (a: Actor, b: Actor): boolean => a.person === b.person && a.action === b.action && a.at === b.at;
