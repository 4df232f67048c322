import type { ModalView } from '@slack/types';
import type { Catalogue } from '../../i18n/en.ts';
import { loadingView, type WaitingKind } from '../views/waiting.ts';
import type { Interaction } from './interaction.ts';
import { type PrivateData, writePrivateData } from './private-data.ts';

/** What a submission answers within three seconds, and what is done afterwards. */
export interface Reply {
  /** Errors at fields (`block_id` → sentence), or the view that says that work is in progress. */
  ack: { response_action: 'errors'; errors: Record<string, string> } | { response_action: 'update'; view: ModalView };
  after?: (interaction: Interaction) => Promise<void>;
}

/** The view that says that work is in progress. It carries the form's data, so that what follows knows where it began. */
export function workingView(kind: WaitingKind, data: PrivateData, t: Catalogue): ModalView {
  return loadingView({ kind, privateMetadata: writePrivateData(data) }, t);
}

/** Says that work is in progress, and does it. */
export function working(view: ModalView, after: (interaction: Interaction) => Promise<void>): Reply {
  return { ack: { response_action: 'update', view }, after };
}

/** What is wrong, at the fields where it is. */
export function errorsAt(errors: Record<string, string>): Reply {
  return { ack: { response_action: 'errors', errors } };
}
