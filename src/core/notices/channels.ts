import type { ChannelRef } from '../model/address.ts';
import type { OutboxItem } from '../model/outbox.ts';
import type { Clock } from '../ports.ts';
import type { EditQueue } from './edit-queue.ts';
import { createLane, type Lane } from './lane.ts';
import type { Reach } from './reach.ts';
import type { Sender } from './sender.ts';

export interface ChannelsDeps {
  clock: Clock;
  reach: Reach;
  queue: EditQueue;
  senderFor(channel: ChannelRef): Sender;
  /** A channel has nothing to post now: its cards may be edited. */
  posted(channel: ChannelRef): void;
  failed(thrown: unknown, channel: ChannelRef): void;
  /** Aborted when the bot stops. */
  signal: AbortSignal;
}

/** The lanes of all channels, side by side: none waits for another. */
export interface Channels {
  /** What is to be posted, by channel; those that are missing have nothing. Begins with it. */
  give(items: ReadonlyMap<ChannelRef, readonly OutboxItem[]>): void;
  run(channel: ChannelRef): void;
  /** Whether the edits of a channel must wait: for its posts, unless they take long, or because it is to be left alone. */
  isBusy(channel: ChannelRef): boolean;
  /** Resolves when no post is under way. */
  settled(): Promise<void>;
  /** The chat platform answers again: everything goes on at once. */
  resume(): void;
  /** Lets one lane after the other try, until one has made a call. */
  probe(): Promise<void>;
}

interface Channel {
  sender: Sender;
  lane: Lane;
  /** The pass under way, and whether another is to follow it. */
  running: { since: number; again: boolean; done: Promise<void> } | null;
  wake: { at: number; cancel: AbortController } | null;
}

/** Notices are posted before cards are edited, but a long series of them does not stop the cards of its channel. */
const postsFirstMs = 15_000;

export function createChannels(deps: ChannelsDeps): Channels {
  const { clock, reach, queue, senderFor, signal } = deps;
  let channels = new Map<ChannelRef, Channel>();
  /** Who probed last in an outage goes last next time. */
  let probed: ChannelRef | null = null;

  const channelOf = (name: ChannelRef): Channel => {
    const known = channels.get(name);
    if (known !== undefined) return known;
    const sender = senderFor(name);
    const lane = createLane({ clock, sender, queue, reach, signal });
    const made: Channel = { sender, lane, running: null, wake: null };
    channels.set(name, made);
    return made;
  };

  const pass = async (name: ChannelRef, channel: Channel, turn: { again: boolean }): Promise<void> => {
    let next: number | null = null;
    try {
      do {
        turn.again = false;
        next = await channel.lane.pass();
      } while (turn.again && !signal.aborted);
    } catch (thrown) {
      deps.failed(thrown, name);
    } finally {
      channel.running = null;
    }
    if (next !== null) wakeAt(name, channel, next);
    deps.posted(name);
  };

  const run = (name: ChannelRef): Promise<void> => {
    const channel = channelOf(name);
    if (channel.running !== null) {
      channel.running.again = true;
      return channel.running.done;
    }
    const turn = { since: clock.elapsed(), again: false, done: Promise.resolve() };
    channel.running = turn;
    turn.done = pass(name, channel, turn);
    return turn.done;
  };

  /** Passes over a channel again at that time (by `Clock.elapsed`), or earlier if an earlier time is known. */
  const wakeAt = (name: ChannelRef, channel: Channel, at: number): void => {
    if (signal.aborted || (channel.wake !== null && channel.wake.at <= at)) return;
    channel.wake?.cancel.abort();
    const mine = { at, cancel: new AbortController() };
    channel.wake = mine;
    void clock.sleep(Math.max(0, at - clock.elapsed()), mine.cancel.signal).then(() => {
      if (channel.wake !== mine) return;
      channel.wake = null;
      if (!signal.aborted) void run(name);
    });
  };
  const endWakes = (): void => {
    for (const { wake } of channels.values()) wake?.cancel.abort();
  };
  signal.addEventListener('abort', endWakes, { once: true });

  const isIdle = ({ running, lane, sender }: Channel): boolean =>
    running === null && lane.isEmpty && sender.quietUntil() <= clock.elapsed();

  return {
    give(items) {
      // Those with nothing to do are forgotten.
      channels = new Map([...channels].filter(([name, channel]) => items.has(name) || !isIdle(channel)));
      for (const [name, { lane }] of channels) lane.give(items.get(name) ?? []);
      for (const [name, stored] of items) {
        channelOf(name).lane.give(stored);
        void run(name);
      }
    },
    run: (name) => void run(name),
    isBusy(name) {
      const channel = channels.get(name);
      if (channel === undefined) return false;
      const { running, sender } = channel;
      const now = clock.elapsed();
      return sender.quietUntil() > now || (running !== null && now - running.since < postsFirstMs);
    },
    async settled() {
      const running = () => [...channels.values()].flatMap(({ running }) => (running === null ? [] : [running.done]));
      for (let under = running(); under.length > 0; under = running()) await Promise.all(under);
    },
    resume() {
      for (const name of channels.keys()) void run(name);
    },
    async probe() {
      const names = [...channels.keys()];
      const from = probed === null ? 0 : names.indexOf(probed) + 1;
      for (const name of [...names.slice(from), ...names.slice(0, from)]) {
        const before = reach.calls;
        await run(name);
        if (reach.calls === before) continue;
        probed = name;
        return;
      }
    },
  };
}
