import type { ChannelRef, MessageRef } from '../model/address.ts';
import type { BoardMessage, ChannelBoard } from '../model/channel-board.ts';
import type { Reading } from '../model/reading.ts';
import type { Messenger } from '../ports.ts';
import type { Audience } from '../subscriptions/audience.ts';
import type { Board } from '../watch/board.ts';
import { channelBoardHash, channelBoardOf, type Troubles } from '../watch/channel-board.ts';
import { type BoardPlan, boardPlans, isOnBoard } from './board-plan.ts';
import {
  createLiveEdits,
  type Live,
  type LiveEditDeps,
  type LiveKind,
  type LiveMessage,
  newLive,
} from './live-edit.ts';
import type { BoardMessages } from './ports.ts';

/** The boards of channels: which are out of date, and their edits. */
export interface Boards {
  /** Adopts what is stored now: who watches what, and which messages show boards. */
  adopt(audience: Audience, messages: readonly BoardMessage[]): void;
  /** Puts in the queue what is out of date, in all channels or in one. */
  offer(channel?: ChannelRef): void;
  /** The channels that want a board posted. */
  missing(): ChannelRef[];
  /** Whether a board that waits to be posted is still wanted. */
  wants(channel: ChannelRef): boolean;
  /** A board was posted; `ref` is null when it is not known which message it is. */
  posted(channel: ChannelRef, ref: MessageRef | null, hash: string | null): Promise<void>;
  /** A board could not be posted, and not because of its channel: another attempt is made much later. */
  unfit(channel: ChannelRef): void;
  broken(channel: ChannelRef, reason: string): void;
  /** The message that shows the board of a channel; null when it has none. */
  messageOf(channel: ChannelRef): MessageRef | null;
  /** What the board of a channel shows now; null while the platform was never read. */
  shown(channel: ChannelRef): ChannelBoard | null;
}

interface BoardsDeps extends LiveEditDeps {
  store: Pick<BoardMessages, 'boardMessageOf' | 'setBoardMessage' | 'removeBoardMessage'>;
  messenger: Pick<Messenger, 'updateBoard' | 'closeBoard'>;
  board: Board;
  /** Since when the platform is out of reach, if boards are to say so. */
  staleSince(): number | null;
  /** What is wrong with tasks now. The same map until that changes. */
  troubles(): Troubles;
  /** Ends everything that a channel watches because it can no longer be posted to, and notifies the owners. */
  breakBoard(channel: ChannelRef, reason: string): Promise<void>;
}

interface LiveBoard extends LiveMessage {
  plan: BoardPlan;
}
/** A board is made of all readings: whether one of them concerns it shows when it is drawn. */
interface Source {
  plan: BoardPlan;
  readings: readonly Reading[];
  staleSince: number | null;
  troubles: Troubles;
}

/** Of a board that its channel no longer wants: once it shows this, it is forgotten. */
const closedHash = 'closed';

export function createBoards(deps: BoardsDeps): Boards {
  const { store, messenger, clock, board, limits, queue, busy, staleSince } = deps;
  let boards = new Map<ChannelRef, Live<LiveBoard, Source>>();

  const liveOf = (plan: BoardPlan, message: BoardMessage | null): LiveBoard => {
    const { channel, brokenBy } = plan;
    return { id: `board:${channel}`, channel, ref: message?.ref ?? null, hash: message?.hash ?? null, brokenBy, plan };
  };

  const sourceOf = (plan: BoardPlan): Source => ({
    plan,
    readings: board.all(),
    staleSince: staleSince(),
    troubles: deps.troubles(),
  });

  const drawn = ({ plan, readings, staleSince, troubles }: Source): ChannelBoard | null =>
    board.readAt === null && readings.length === 0
      ? null
      : channelBoardOf(
          readings.filter((reading) => isOnBoard(reading, plan)),
          staleSince,
          troubles,
        );

  const kind: LiveKind<LiveBoard, Source> = {
    name: 'board',
    async stored({ channel, plan }) {
      const message = await store.boardMessageOf(channel);
      return message === null ? null : liveOf(plan, message);
    },
    store: ({ channel, plan }, change) =>
      plan.isClosing && (change.hash === closedHash || change.ref === null)
        ? store.removeBoardMessage(channel)
        : store.setBoardMessage(channel, change),
    draw({ channel, plan }) {
      const source = sourceOf(plan);
      if (plan.isClosing) return { source, hash: closedHash, update: (ref) => messenger.closeBoard(channel, ref) };
      const shown = drawn(source);
      if (shown === null) return null;
      return { source, hash: channelBoardHash(shown), update: (ref) => messenger.updateBoard(channel, ref, shown) };
    },
    broken: ({ channel }, reason) => deps.breakBoard(channel, reason),
  };

  /** Whether there may be something new to show, as far as that is known without drawing the board. */
  const offerOne = (live: Live<LiveBoard, Source>): void => {
    const { message, offered } = live;
    if (message.ref === null || message.brokenBy !== null || busy(message.channel)) return;
    const source = sourceOf(message.plan);
    if (offered?.plan === source.plan && offered.readings === source.readings) {
      if (offered.staleSince === source.staleSince && offered.troubles === source.troubles) return;
    }
    live.offered = source;
    // It is the only sign of all the tasks of its channel.
    queue.put({ id: message.id, urgent: true, notBefore: live.notBefore, prepare: () => prepare(live) });
  };
  const { prepare } = createLiveEdits(deps, kind, offerOne);

  const isWanted = ({ message: { ref, brokenBy, plan } }: Live<LiveBoard, Source>): boolean =>
    ref === null && brokenBy === null && !plan.isClosing && !plan.isEmpty;

  return {
    adopt(audience, messages) {
      const known = boards;
      boards = new Map();
      const stored = new Map(messages.map((message) => [message.channel, message]));
      for (const plan of boardPlans(audience, stored)) {
        const message = liveOf(plan, stored.get(plan.channel) ?? null);
        const live = known.get(plan.channel) ?? newLive(message);
        // What is stored may be of another bot, and what the channel watches may have changed.
        live.offered = null;
        live.message = message;
        boards.set(plan.channel, live);
      }
    },
    offer(channel) {
      const one = channel === undefined ? null : boards.get(channel);
      for (const live of one === null ? boards.values() : one === undefined ? [] : [one]) offerOne(live);
    },
    missing() {
      const now = clock.elapsed();
      return [...boards.values()].flatMap((live) =>
        isWanted(live) && live.postFrom <= now && drawn(sourceOf(live.message.plan)) !== null
          ? [live.message.channel]
          : [],
      );
    },
    wants(channel) {
      const live = boards.get(channel);
      return live !== undefined && isWanted(live);
    },
    async posted(channel, ref, hash) {
      const live = boards.get(channel);
      if (live !== undefined) {
        live.message = { ...live.message, ref, hash };
        live.offered = null;
        live.notBefore = clock.elapsed() + limits.editEveryMs;
        if (ref === null) live.postFrom = clock.elapsed() + limits.newCardEveryMs;
      }
      await store.setBoardMessage(channel, { ref, hash });
    },
    unfit(channel) {
      const live = boards.get(channel);
      if (live !== undefined) live.postFrom = clock.elapsed() + limits.newCardEveryMs;
    },
    broken(channel, brokenBy) {
      const live = boards.get(channel);
      if (live === undefined) return;
      live.message = { ...live.message, brokenBy, plan: { ...live.message.plan, brokenBy } };
    },
    messageOf(channel) {
      const message = boards.get(channel)?.message;
      return message === undefined || message.plan.isClosing ? null : message.ref;
    },
    shown(channel) {
      const live = boards.get(channel);
      return live === undefined ? null : drawn(sourceOf(live.message.plan));
    },
  };
}
