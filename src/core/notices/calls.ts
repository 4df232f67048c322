import type { ChannelRef, MessageRef } from '../model/address.ts';
import type { OutboxItem } from '../model/outbox.ts';
import type { Watch } from '../model/watch.ts';
import type { Messenger } from '../ports.ts';
import { cardHash } from '../watch/card.ts';
import { channelBoardHash } from '../watch/channel-board.ts';
import type { AlertCalls } from './alert-calls.ts';
import type { Boards } from './boards.ts';
import type { Cards } from './cards.ts';
import { postingOf, type Sent } from './posting.ts';

type Call = () => Promise<Sent>;

interface CallDeps {
  messenger: Pick<
    Messenger,
    'postCard' | 'closeCard' | 'postBoard' | 'postNotice' | 'postStop' | 'postDigest' | 'updateNotice'
  >;
  cards: Pick<Cards, 'shown'>;
  boards: Pick<Boards, 'shown'>;
  alerts: Pick<AlertCalls, 'post' | 'edit'>;
}

/** The calls that the items of one channel make. They throw `AppError`. */
export function createCalls({ messenger, cards, boards, alerts }: CallDeps, channel: ChannelRef) {
  return {
    /**
     * The call that posts an item; null when nothing is known yet that it could show. `above`: the message under which
     * the changes of its task belong.
     */
    post({ body, key }: OutboxItem, watch: Watch | null, above: MessageRef | null): Call | null {
      switch (body.type) {
        case 'card': {
          const card = watch === null ? null : cards.shown(watch);
          if (card === null) return null;
          return async () => ({ ref: await messenger.postCard(channel, card, key), hash: cardHash(card) });
        }
        case 'board': {
          const board = boards.shown(channel);
          if (board === null) return null;
          return async () => ({ ref: await messenger.postBoard(channel, board, key), hash: channelBoardHash(board) });
        }
        case 'alert':
          return () => alerts.post(body, key);
        case 'stop':
          return async () => ({ ref: await messenger.postStop(channel, body.said, key), hash: null });
        case 'digest':
          return async () => ({ ref: await messenger.postDigest(channel, body.digest, key), hash: null });
        case 'closed':
          throw new Error('not a post');
        default:
          return async () => ({ ref: await messenger.postNotice(channel, postingOf(body, above), key), hash: null });
      }
    },

    /** The call by which an item edits a message. `above`: as above. */
    edit({ body }: OutboxItem, message: MessageRef, above: MessageRef | null): Call {
      if (body.type === 'alert') return () => alerts.edit(body, message);
      if (body.type === 'closed') {
        return async () => {
          await messenger.closeCard(channel, message, body.card);
          return { ref: message, hash: null };
        };
      }
      if (body.type !== 'correction') throw new Error('not an edit');
      return async () => {
        await messenger.updateNotice(channel, message, { notice: body.notice, live: above });
        return { ref: message, hash: null };
      };
    },
  };
}
