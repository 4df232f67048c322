import { useId, useRef } from 'react';
import type { Json } from '../../protocol.ts';
import { PlainText, TextObject } from '../blocks/PlainText.tsx';
import { useDirectory } from '../state/context.ts';
import { useFocusTrap } from './focus-trap.ts';

/** A confirm dialog of Block Kit. Esc is "no". */
export function ConfirmDialog({ dialog, onAnswer }: { dialog: Json; onAnswer: (agreed: boolean) => void }) {
  const { words } = useDirectory();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  useFocusTrap(box);
  return (
    <div className="shade shade-over">
      <div
        ref={box}
        className="dialog dialog-small"
        role="alertdialog"
        aria-modal="true"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-text`}
        tabIndex={-1}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          onAnswer(false);
        }}
      >
        <header className="dialog-head">
          <h2 id={`${id}-title`}>
            <PlainText value={dialog.title} />
          </h2>
        </header>
        <div className="dialog-body" id={`${id}-text`}>
          <TextObject value={dialog.text} />
        </div>
        <footer className="dialog-foot">
          <button type="button" className="button" onClick={() => onAnswer(false)}>
            {dialog.deny === undefined ? words.confirmNo : <PlainText value={dialog.deny} />}
          </button>
          <button
            type="button"
            data-autofocus
            className={dialog.style === 'danger' ? 'button button-danger-solid' : 'button button-primary'}
            onClick={() => onAnswer(true)}
          >
            {dialog.confirm === undefined ? words.confirmYes : <PlainText value={dialog.confirm} />}
          </button>
        </footer>
      </div>
    </div>
  );
}
