import type { Toast } from '../../protocol.ts';
import { useActions, useDirectory } from '../state/context.ts';
import type { Note } from '../state/model.ts';
import { CrossIcon, WarningIcon } from './icons.tsx';

/** Short notices: those of the workspace, and the page's own. */
export function Toasts({ toasts, notes }: { toasts: Toast[]; notes: Note[] }) {
  const { words } = useDirectory();
  const { perform, dispatch } = useActions();
  const sentence = (code: string): string => {
    const known = words.refused[code as keyof typeof words.refused];
    return typeof known === 'string' ? known : words.refused.other(code);
  };
  return (
    <section className="toasts" aria-label={words.notices}>
      {toasts.slice(-4).map((toast) => (
        <Notice
          key={toast.id}
          level={toast.level}
          text={toast.text}
          onDismiss={() => void perform('dismiss', { id: toast.id })}
        />
      ))}
      {notes.map((note) => (
        <Notice
          key={note.id}
          level="warning"
          text={sentence(note.code)}
          onDismiss={() => dispatch({ type: 'drop_note', id: note.id })}
        />
      ))}
    </section>
  );
}

function Notice({ level, text, onDismiss }: { level: Toast['level']; text: string; onDismiss: () => void }) {
  const { words } = useDirectory();
  return (
    <div className={`toast toast-${level}`} role={level === 'error' ? 'alert' : 'status'}>
      {level !== 'info' && <WarningIcon />}
      <span>{text}</span>
      <button type="button" className="icon-button" aria-label={words.dismiss} onClick={onDismiss}>
        <CrossIcon />
      </button>
    </div>
  );
}
