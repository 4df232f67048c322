import type { ModalView } from '@slack/types';
import type { Interaction } from './interaction.ts';

/** What a submission answers within three seconds, and what is done afterwards. */
export interface Reply {
  /** Errors at fields (`block_id` → sentence), or the view that shows that work is going on. */
  ack: { response_action: 'errors'; errors: Record<string, string> } | { response_action: 'update'; view: ModalView };
  after?: (interaction: Interaction) => Promise<void>;
}
