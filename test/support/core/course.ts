import type { Notice } from '../../../src/core/model/notice.ts';
import type { Actor, Reading } from '../../../src/core/model/reading.ts';
import type { Task } from '../../../src/core/model/task.ts';
import { cardOf } from '../../../src/core/watch/card.ts';
import { noticesOf } from '../../../src/core/watch/diff.ts';
import { goneReading, nextReading } from '../../../src/core/watch/infer.ts';
import type { Circumstances } from '../../../src/core/watch/look.ts';
import { noticeKey } from '../../../src/core/watch/ports.ts';
import { readingAfter } from '../../../src/core/watch/record-action.ts';
import { issued, t0 } from './looks.ts';

/** One poll in the course of a task: what the list shows of it (null: nothing). */
export interface CoursePoll {
  at: number;
  task: Task | null;
  circumstances?: Circumstances;
  /** An own action, recorded just before this poll together with the task as it was read back. */
  own?: { action: Actor['action']; task: Task };
}

/** What a channel that watches the task is shown. */
export interface Shown {
  /** `at state evidence` of every poll at which one of the two changed. */
  steps: { at: number; state: string; evidence: string }[];
  /** The messages beside the card, oldest first; each with what it said first and what replaced that. */
  messages: Notice[][];
  reading: Reading;
}

const channel = 'C1';
/** Absent, or back, in so many polls in a row: see watch-once.ts. */
const contradictions = 2;

/** Everything that polls of one task lead to, saved one after the other as the store does. */
export function createFollower() {
  let before: Reading | null = null;
  let revision = 0;
  let contradicted = 0;
  const messages = new Map<string, Notice[]>();
  const steps: Shown['steps'] = [];

  const save = (reading: Reading, announced: boolean): void => {
    revision += 1;
    const saved = issued(reading, revision);
    for (const { notice, once, corrects } of announced ? noticesOf(before, reading) : []) {
      const key = noticeKey({ once, kind: notice.kind, channel }, saved);
      const of = corrects === null || before === null ? key : noticeKey({ ...corrects, channel }, before);
      const posted = messages.get(of);
      if (posted !== undefined && of !== key) posted.push(notice);
      else if (of === key || notice.kind === 'finished') {
        if (messages.has(key)) throw new Error(`${key} was announced twice`);
        messages.set(key, [notice]);
      }
    }
    before = saved;
    const { state, evidence } = cardOf(saved, null);
    const since = 'since' in evidence ? ` ${clockOf(evidence.since)}` : '';
    const until = 'until' in evidence ? ` ${clockOf(evidence.until)}` : '';
    const ends = 'endsAt' in evidence ? ` ${clockOf(evidence.endsAt)}` : '';
    const step = { at: reading.takenAt, state, evidence: `${evidence.kind}${since}${until}${ends}` };
    const last = steps.at(-1);
    if (last === undefined || last.state !== step.state || last.evidence !== step.evidence) steps.push(step);
  };

  return {
    poll({ at, task, circumstances = {}, own }: CoursePoll): Reading | null {
      if (own !== undefined) {
        const actor = { person: 'U1', action: own.action, at: at - 1_000 };
        save(
          readingAfter(before, own.task, actor, () => circumstances),
          false,
        );
      }
      const known: Reading | null = before;
      const absent = task === null;
      if (known !== null && absent !== (known.state === 'gone')) {
        contradicted += 1;
        if (contradicted < contradictions) return before;
      }
      contradicted = 0;
      if (task !== null) save(nextReading(known, task, at, circumstances), true);
      else if (known !== null && known.state !== 'gone') save(goneReading(known, at), true);
      return before;
    },
    shown(): Shown {
      if (before === null) throw new Error('no poll');
      return { steps, messages: [...messages.values()], reading: before };
    },
  };
}

/** `h:mm:ss` since the beginning of the course. */
export function clockOf(at: number): string {
  const seconds = Math.round((at - t0) / 1000);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** `0:01:20 dialing moved`. */
export function stepText({ at, state, evidence }: Shown['steps'][number]): string {
  return `${clockOf(at)} ${state} ${evidence}`;
}

/** What a message said, and what replaced that: `finished 60 in 0:02:00 (30 per minute)`. */
export function messageText(history: readonly Notice[]): string {
  return history
    .map(({ kind, total, durationMs, ratePerMinute, firstSeen }) => {
      if (kind !== 'finished') return kind;
      const dialed = firstSeen === null ? total : `${firstSeen.dialed} of ${total} since ${clockOf(firstSeen.at)}`;
      const rate = ratePerMinute === null ? '' : ` (${ratePerMinute} per minute)`;
      return `finished ${dialed} in ${clockOf(t0 + (durationMs ?? 0))}${rate}`;
    })
    .join(' → ');
}
