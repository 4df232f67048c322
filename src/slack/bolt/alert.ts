import type { ViewOutput } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import { section } from '../views/parts.ts';
import { warning } from '../views/state.ts';

/** A view as Slack gave it back, with an alert on top. `text` is mrkdwn. */
export function withAlert(view: ViewOutput, text: string): ModalView {
  const { callback_id, title, submit, close, private_metadata, notify_on_close } = view;
  const alert: KnownBlock = { ...section(`${warning} ${text}`), block_id: 'alert' };
  return {
    type: 'modal',
    callback_id,
    title,
    ...(submit && { submit }),
    ...(close && { close }),
    private_metadata,
    notify_on_close,
    blocks: [alert, ...view.blocks.filter((block) => block.block_id !== 'alert')],
  };
}
