import { draftOf, sameDefinition } from '../model/fields.ts';
import type { OpenAction, Showing } from '../model/open-action.ts';
import type { Task } from '../model/task.ts';
import { isFull } from '../watch/doubt.ts';

/**
 * So many good polls in a row must show the same of an action: a single list may be an old page.
 * @internal Exported for tests.
 */
export const agreeingPolls = 2;

/**
 * After so many good polls that did not agree, the person is notified that it cannot be established.
 * @internal Exported for tests.
 */
export const maxPolls = 10;

/** How long after its request an action may still take effect, ms: until then, such a change is not someone else's. */
export const lateMs = 15 * 60_000;

/**
 * What one list shows of an action on an existing task; null when it shows nothing, because the task is missing from a
 * list that is incomplete.
 */
export function showingOf(
  { kind, draft }: Pick<OpenAction, 'kind' | 'draft'>,
  task: Task | null,
  complete: boolean,
): Showing | null {
  if (task === null) return complete ? (kind === 'delete' ? 'done' : 'gone') : null;
  return hasEffect(kind, draft, task) ? 'done' : 'not_done';
}

function hasEffect(kind: OpenAction['kind'], draft: OpenAction['draft'], task: Task): boolean {
  switch (kind) {
    case 'start':
      // Nothing is started that has nothing left to dial: it ran through meanwhile.
      return task.started || isFull(task.progress);
    case 'pause':
      return !task.started;
    case 'save':
      return draft !== null && sameDefinition(draftOf(task), draft);
    case 'create':
      return true;
    case 'delete':
      return false;
  }
}

/** The action after one more good poll: settled, or still unknown. */
export function afterPoll(action: OpenAction, showing: Showing | null): OpenAction {
  const polls = action.polls + 1;
  const same = showing === null || showing === action.showing;
  const agreeing = same ? action.agreeing + (showing === null ? 0 : 1) : 1;
  // A task that was not there before and now is cannot come from an old page.
  const needed = action.kind === 'create' && showing === 'done' ? 1 : agreeingPolls;
  const agreed = showing !== null && agreeing >= needed ? showing : null;
  const verdict = agreed ?? (polls >= maxPolls ? 'unsettled' : null);
  return {
    ...action,
    polls,
    agreeing,
    showing: showing ?? action.showing,
    verdict,
    interrupted: action.interrupted || action.state === 'working',
    state: verdict === null ? 'unknown' : 'settled',
  };
}
