import { draftOf, sameDefinition } from '../model/fields.ts';
import type { NoticeKind } from '../model/notice.ts';
import { actorActionOf, type OpenAction, type OpenActionKind } from '../model/open-action.ts';
import type { Reading } from '../model/reading.ts';
import { type NewAct, withAct } from './acts.ts';

/** The notice that a change made by such an action would otherwise cause. */
const noticeOf = {
  create: null,
  start: 'started',
  pause: 'paused',
  save: 'changed',
  delete: 'gone',
} as const satisfies Record<OpenActionKind, NoticeKind | null>;

/**
 * Which of these open actions of a task explain what happened to it between two readings: what someone here asked for,
 * with an outcome that was lost, is not someone else's change.
 */
export function causesOf<A extends OpenAction>(actions: readonly A[], before: Reading | null, after: Reading): A[] {
  return before === null ? [] : actions.filter((action) => explains(action, before, after));
}

/** The reading as those actions made it, what was done, and the notices that are no news then. */
export function attributed(
  after: Reading,
  causes: readonly OpenAction[],
): { reading: Reading; known: Set<NoticeKind>; acts: NewAct[] } {
  const known = new Set(causes.flatMap(({ kind }) => noticeOf[kind] ?? []));
  const acts = causes.map(({ person, kind, sentAt }) => ({ person, action: actorActionOf[kind], at: sentAt }));
  return { reading: acts.reduce(withAct, after), known, acts };
}

function explains({ kind, draft }: OpenAction, before: Reading, after: Reading): boolean {
  const gone = after.state === 'gone';
  switch (kind) {
    case 'create':
      return false;
    case 'start':
      return !gone && !before.task.started && after.task.started;
    case 'pause':
      return !gone && before.task.started && !after.task.started;
    case 'save': {
      const [was, is] = [draftOf(before.task), draftOf(after.task)];
      return draft !== null && sameDefinition(is, draft) && !sameDefinition(was, is);
    }
    case 'delete':
      return gone && before.state !== 'gone';
  }
}
