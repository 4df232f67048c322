import type { KnownBlock, ModalView } from '@slack/types';
import type { Catalogue } from '../../i18n/en.ts';
import { fitView } from './limits.ts';
import { plain } from './parts.ts';

/** The blocks of a message in a modal: for content that is shown in either place. */
export function messageView({ title, blocks }: { title: string; blocks: KnownBlock[] }, t: Catalogue): ModalView {
  return fitView({ type: 'modal', title: plain(title), close: plain(t.buttons.close), blocks });
}
