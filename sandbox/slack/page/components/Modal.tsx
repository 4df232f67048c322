import { type KeyboardEvent, useEffect, useId, useMemo, useRef } from 'react';
import { type FieldFault, faultSentence, faultsOf } from '../../form-rules.ts';
import { asObjects, plainText } from '../../json.ts';
import type { OpenView, StateValues } from '../../protocol.ts';
import { Blocks } from '../blocks/Blocks.tsx';
import { Boundary } from '../blocks/Boundary.tsx';
import { PlainText } from '../blocks/PlainText.tsx';
import { FormContext, useFormOver } from '../inputs/form.ts';
import { useActions, useDirectory } from '../state/context.ts';
import { formOfView } from '../state/model.ts';
import type { Words } from '../words/en.ts';
import { focusFirst, useFocusTrap } from './focus-trap.ts';
import { BackIcon, CrossIcon } from './icons.tsx';

interface Props {
  open: OpenView;
  /** How many views are on the stack, this one included. */
  depth: number;
  edits: StateValues | undefined;
  faults: { [blockId: string]: FieldFault } | undefined;
  submitting: boolean;
}

export function Modal({ open, depth, edits, faults, submitting }: Props) {
  const { words } = useDirectory();
  const { dispatch, perform } = useActions();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  useFocusTrap(box);
  const { view } = open;
  const blocks = useMemo(() => asObjects(view.blocks), [view.blocks]);
  const errors = useMemo(() => ({ ...open.errors, ...worded(faults, words) }), [open.errors, faults, words]);
  const form = useFormOver(formOfView(open.id), { type: 'view', viewId: open.id }, blocks, edits, errors);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a waiting view has no field; the view that replaces it has
  useEffect(() => {
    const nowhere = document.activeElement === box.current || document.activeElement === document.body;
    if (box.current && nowhere) focusFirst(box.current);
  }, [blocks]);
  const body = useRef<HTMLDivElement>(null);
  const title = plainText(view.title);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a view that is replaced by another one is read from its top
  useEffect(() => {
    if (body.current) body.current.scrollTop = 0;
  }, [title]);
  const wrong = Object.keys(errors).sort().join(' ');
  useEffect(() => {
    if (wrong === '') return;
    const field = box.current?.querySelector<HTMLElement>('[aria-invalid=true], .input-block-wrong button');
    field?.focus();
    field?.closest('.block')?.scrollIntoView({ block: 'nearest' });
  }, [wrong]);

  const close = (all: boolean): void => void perform('close', { viewId: open.id, ...(all ? { all } : {}) });
  const submit = async (): Promise<void> => {
    if (submitting || view.submit === undefined) return;
    const found = faultsOf(blocks, form.values);
    dispatch({ type: 'faults', viewId: open.id, faults: found });
    if (Object.keys(found).length > 0) return;
    dispatch({ type: 'submitting', viewId: open.id, on: true });
    await perform('submit', { viewId: open.id, values: form.values });
    dispatch({ type: 'submitting', viewId: open.id, on: false });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented) {
      event.preventDefault();
      close(false);
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void submit();
    }
  };
  return (
    <div
      ref={box}
      className="dialog"
      role="dialog"
      aria-modal="true"
      aria-labelledby={`${id}-title`}
      data-view={open.id}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <header className="dialog-head">
        {depth > 1 && (
          <button type="button" className="icon-button" aria-label={words.back} onClick={() => close(false)}>
            <BackIcon />
          </button>
        )}
        <h2 id={`${id}-title`}>
          <PlainText value={view.title} />
        </h2>
        <button type="button" className="icon-button" aria-label={words.closeDialog} onClick={() => close(true)}>
          <CrossIcon />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <div ref={body} className="dialog-body" tabIndex={0}>
        {open.status === 'failed' && (
          <p className="alert alert-error" role="alert">
            {words.trouble}
          </p>
        )}
        <FormContext value={form}>
          <Boundary retryOn={blocks} instead={<p className="quiet-note">{words.brokenBlock}</p>}>
            <Blocks blocks={blocks} />
          </Boundary>
        </FormContext>
      </div>
      <footer className="dialog-foot">
        {view.submit !== undefined && <span className="dialog-tip only-wide">{words.pressToSubmit}</span>}
        <button type="button" className="button" onClick={() => close(false)}>
          {view.close === undefined ? words.cancel : <PlainText value={view.close} />}
        </button>
        {view.submit !== undefined && (
          <button
            type="button"
            className="button button-primary"
            disabled={submitting}
            aria-busy={submitting}
            onClick={() => void submit()}
          >
            {submitting && <span className="spinner" aria-hidden="true" />}
            <PlainText value={view.submit} />
            {submitting && <span className="visually-hidden">{words.submitting}</span>}
          </button>
        )}
      </footer>
    </div>
  );
}

function worded(faults: Props['faults'], words: Words): { [blockId: string]: string } {
  const sentences = Object.entries(faults ?? {}).map(([blockId, fault]) => [blockId, faultSentence(words, fault)]);
  return Object.fromEntries(sentences);
}
