import type { OpenView } from '../../protocol.ts';
import { formOfView, type PageState } from '../state/model.ts';
import { Modal } from './Modal.tsx';

/** The open views of this person: the top one is shown, those below keep what was entered. */
export function ModalStack({ views, state }: { views: OpenView[]; state: PageState }) {
  const top = views.at(-1);
  if (!top) return null;
  return (
    <div className="shade">
      <Modal
        key={top.id}
        open={top}
        depth={views.length}
        edits={state.edits[formOfView(top.id)]}
        faults={state.faults[top.id]}
        submitting={top.status === 'submitting' || state.submitting[top.id] === true}
      />
    </div>
  );
}
