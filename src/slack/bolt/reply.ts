import type { ModalView } from '@slack/types';
import type { Catalogue } from '../../i18n/en.ts';
import { loadingView, type WaitingKind } from '../views/waiting.ts';
import type { Interaction } from './interaction.ts';
import { type PrivateData, writePrivateData } from './private-data.ts';

/** The response to a submission within three seconds, and the work that follows. */
export interface Reply {
  /** Errors at fields (`block_id` → sentence), or the view that shows work in progress. */
  ack: { response_action: 'errors'; errors: Record<string, string> } | { response_action: 'update'; view: ModalView };
  after?: (interaction: Interaction) => Promise<void>;
}

/** The view that shows work in progress. It carries the form's data, so that later steps know where it began. */
export function workingView(kind: WaitingKind, data: PrivateData, t: Catalogue): ModalView {
  return loadingView({ kind, privateMetadata: writePrivateData(data) }, t);
}

/** Shows work in progress, and does the work. */
export function working(view: ModalView, after: (interaction: Interaction) => Promise<void>): Reply {
  return { ack: { response_action: 'update', view }, after };
}

/** The errors, at their fields. */
export function errorsAt(errors: Record<string, string>): Reply {
  return { ack: { response_action: 'errors', errors } };
}
