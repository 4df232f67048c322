import { type Dispatch, useCallback, useMemo, useRef, useState } from 'react';
import type { Json, PersonAction, PersonActions } from '../../protocol.ts';
import { perform, unreachable, upload } from './client.ts';
import type { Actions } from './context.ts';
import type { PageAction } from './model.ts';

/** How long the page's own notes stay, in milliseconds. */
const noteMs = 6_000;

/** Actions whose failure the workspace itself reports: by a private note, a toast, or in the modal. */
const reportedByWorkspace = new Set<PersonAction>([
  'action',
  'shortcut',
  'submit',
  'command',
  'message',
  'suggest',
  'read',
  'home',
]);
/** Refusals of those actions that nobody else reports. */
const reportedByPage = new Set([
  unreachable,
  'not_in_channel',
  'is_archived',
  'channel_not_found',
  'message_not_found',
]);

let nextNote = 1;

/** What the components of the page may do on behalf of `me`. */
export function usePageActions(dispatch: Dispatch<PageAction>, me: string, confirm: Actions['confirm']): Actions {
  return useMemo(() => {
    const note = (code: string): void => {
      const id = nextNote++;
      dispatch({ type: 'note', id, code });
      setTimeout(() => dispatch({ type: 'drop_note', id }), noteMs);
    };
    return {
      dispatch,
      confirm,
      note,
      upload: (file: File) => upload(me, file),
      async perform<A extends PersonAction>(action: A, body: Omit<PersonActions[A], 'as'>) {
        const answer = await perform(action, { as: me, ...body } as unknown as PersonActions[A]);
        const silent = action === 'read' || action === 'suggest';
        if (!answer.ok && !silent && (!reportedByWorkspace.has(action) || reportedByPage.has(answer.error)))
          note(answer.error);
        return answer;
      },
    };
  }, [dispatch, me, confirm]);
}

interface Confirm {
  dialog: Json | null;
  ask: Actions['confirm'];
  answer: (agreed: boolean) => void;
}

/** One confirm dialog at a time; asking again while one is open declines that one. */
export function useConfirm(): Confirm {
  const [dialog, setDialog] = useState<Json | null>(null);
  const waiting = useRef<((agreed: boolean) => void) | null>(null);
  const answer = useCallback((agreed: boolean) => {
    waiting.current?.(agreed);
    waiting.current = null;
    setDialog(null);
  }, []);
  const ask = useCallback((asked: Json | undefined): Promise<boolean> => {
    if (!asked) return Promise.resolve(true);
    waiting.current?.(false);
    setDialog(asked);
    return new Promise((resolve) => {
      waiting.current = resolve;
    });
  }, []);
  return { dialog, ask, answer };
}
