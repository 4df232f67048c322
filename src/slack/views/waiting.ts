import type { ModalView } from '@slack/types';
import type { Catalogue } from '../../i18n/en.ts';
import { actionIds } from '../ids.ts';
import { fitView } from './limits.ts';
import { actions, button, context, plain, present, section } from './parts.ts';
import { warning } from './state.ts';

export type WaitingKind =
  | 'form'
  | 'edit'
  | 'import'
  | 'creating'
  | 'saving'
  | 'deleting'
  | 'reading_numbers'
  | 'sending_numbers'
  | 'pausing_import'
  | 'checking'
  | 'starting'
  | 'pausing'
  | 'quiet_hours'
  | 'saving_hours'
  | 'notices'
  | 'saving_notices'
  | 'watch'
  | 'watching'
  | 'lines'
  | 'moving'
  | 'schedule'
  | 'checking_schedule'
  | 'saving_schedule'
  | 'selecting'
  | 'pausing_selected';

const titleOf: Record<WaitingKind, keyof Catalogue['titles']> = {
  form: 'create',
  edit: 'edit',
  import: 'import',
  creating: 'create',
  saving: 'edit',
  deleting: 'delete',
  reading_numbers: 'import',
  sending_numbers: 'progress',
  pausing_import: 'progress',
  checking: 'unknown',
  starting: 'start',
  pausing: 'delete',
  quiet_hours: 'quiet_hours',
  saving_hours: 'quiet_hours',
  notices: 'notices',
  saving_notices: 'notices',
  watch: 'watch',
  watching: 'watch',
  lines: 'move',
  moving: 'move',
  schedule: 'schedule',
  checking_schedule: 'schedule',
  saving_schedule: 'schedule',
  selecting: 'select',
  pausing_selected: 'select',
};

/** Work that continues without the window: closing it stops nothing. */
const lasting: readonly WaitingKind[] = [
  'creating',
  'saving',
  'deleting',
  'sending_numbers',
  'pausing_import',
  'starting',
  'pausing',
  'saving_hours',
  'saving_notices',
  'moving',
  'saving_schedule',
  'pausing_selected',
];

export interface Loading {
  kind: WaitingKind;
  privateMetadata: string;
}

/** Says what is in progress until the real view replaces it. */
export function loadingView({ kind, privateMetadata }: Loading, t: Catalogue): ModalView {
  return fitView({
    type: 'modal',
    title: plain(t.titles[titleOf[kind]]),
    close: plain(t.buttons.close),
    private_metadata: privateMetadata,
    blocks: [section(`⏳ ${t.waiting[kind]}`), context(lasting.includes(kind) ? t.waiting.keepOpen : t.waiting.moment)],
  });
}

export interface Problem {
  title: string;
  /** mrkdwn, already escaped (see `errorSentence`). */
  text: string;
  /** Value of the button that opens the form again; null where a retry makes no sense. */
  retry: string | null;
  privateMetadata: string;
}

/** An error that cannot be fixed in a form. */
export function problemView({ title, text, retry, privateMetadata }: Problem, t: Catalogue): ModalView {
  return fitView({
    type: 'modal',
    title: plain(title),
    close: plain(t.buttons.close),
    private_metadata: privateMetadata,
    blocks: present([
      section(`${warning} ${text}`),
      retry === null
        ? null
        : actions('retry', [button(actionIds.retryForm, t.buttons.retry, retry, { style: 'primary' })]),
    ]),
  });
}
