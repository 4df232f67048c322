import { type Act, type Actor, type Reading, runnerAfter } from '../model/reading.ts';

/** A change through Dialdeck as it is noted; `count`: how many numbers an import added, null or absent where unknown. */
export type NewAct = Actor & { count?: number | null };

/** So many acts are remembered of a task. */
const maxActs = 3;

/** The reading with one more act. An act that is noted twice, because the first attempt was not known to succeed, is one. */
export function withAct(reading: Reading, { count = null, ...actor }: NewAct): Reading {
  const act: Act = { ...actor, count };
  const last = reading.acts.at(-1);
  const noted = last !== undefined && isSame(last, act);
  const earlier = noted ? reading.acts.slice(0, -1) : reading.acts;
  return {
    ...reading,
    actor,
    acts: [...earlier, act].slice(-maxActs),
    runBy: runnerAfter(reading.runBy, actor),
  };
}

const isSame = (a: Act, b: Act): boolean => a.person === b.person && a.action === b.action && a.at === b.at;
