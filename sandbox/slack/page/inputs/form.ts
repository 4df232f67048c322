import { createContext, useCallback, useContext, useMemo } from 'react';
import { asJson } from '../../json.ts';
import type { Container, ElementState, Json, StateValues } from '../../protocol.ts';
import { useActions } from '../state/context.ts';
import { valuesOf } from '../state/elements.ts';

/** The message, view or Home that an element is in. */
export interface Form {
  container: Container;
  values: StateValues;
  /** Error messages by block id. */
  errors: { [blockId: string]: string };
  /** Stores what a person entered, without notifying the app. */
  change: (blockId: string, actionId: string, state: ElementState) => void;
  /** Uses an element: shows its confirm dialog, stores its state, notifies the app. False when the person declined. */
  operate: (blockId: string, actionId: string, element: Json, value: ElementState) => Promise<boolean>;
  /** Options of an external select; null when they cannot be loaded. */
  suggest: (blockId: string, actionId: string, query: string) => Promise<Json | null>;
}

export const FormContext = createContext<Form | null>(null);

export function useForm(): Form {
  const form = useContext(FormContext);
  if (!form) throw new Error('useForm outside of a form');
  return form;
}

const noErrors = {};

/** The form over some blocks. `edits` are the person's unsubmitted entries, kept in the page's state under `key`. */
export function useFormOver(
  key: string,
  container: Container,
  blocks: Json[],
  edits: StateValues | undefined,
  errors: { [blockId: string]: string } = noErrors,
): Form {
  const { dispatch, perform, confirm } = useActions();
  const values = useMemo(() => valuesOf(blocks, edits), [blocks, edits]);
  // A container is plain data: two with the same content are the same place.
  const place = JSON.stringify(container);
  const change = useCallback(
    (blockId: string, actionId: string, state: ElementState) =>
      dispatch({ type: 'edit', form: key, blockId, actionId, state }),
    [dispatch, key],
  );
  return useMemo(() => {
    const where = JSON.parse(place) as Container;
    return {
      container: where,
      values,
      errors,
      change,
      operate: async (blockId, actionId, element, value) => {
        const dialog = element.confirm === undefined ? undefined : asJson(element.confirm);
        if (!(await confirm(dialog))) return false;
        const held = values[blockId]?.[actionId] !== undefined;
        if (held) change(blockId, actionId, value);
        const after = held ? { ...values, [blockId]: { ...values[blockId], [actionId]: value } } : values;
        await perform('action', { container: where, blockId, actionId, value, values: after });
        return true;
      },
      suggest: async (blockId, actionId, query) => {
        const answer = await perform('suggest', { container: where, blockId, actionId, query });
        return answer.ok ? answer.body : null;
      },
    };
  }, [place, values, errors, change, confirm, perform]);
}
